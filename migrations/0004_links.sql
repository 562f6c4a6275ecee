-- Which contact a phone or e-mail belongs to, learned from conversations; and, while a contact is being created, who creates it.
-- Keys are keyed hashes (domain::caller::CallerKey). No foreign key, for the reason given at the ledger.
create table contact_links (
  connection_id uuid not null,
  caller_key bytea not null check (length(caller_key) = 32),
  -- Null while the key is only claimed.
  contact_id bigint,
  owner_id bigint,
  learned_by text,
  verified_at timestamptz,
  -- The event that may create the contact, until when, and how often the key was claimed since its last contact: from the second
  -- time on an earlier claimant may have created one.
  claimant uuid,
  claimed_until timestamptz,
  claims integer not null default 0,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (connection_id, caller_key),
  check ((contact_id is null) = (claimant is not null)),
  check ((contact_id is null) = (claimed_until is not null))
);
-- Forgetting a contact that is gone.
create index contact_links_contact on contact_links (connection_id, contact_id) where contact_id is not null;
