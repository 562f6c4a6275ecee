-- An account's links to HubSpot portals, and how it wants its conversations logged.

create table connections (
  id uuid primary key,
  account_id uuid not null references accounts on delete cascade,
  portal_id bigint not null check (portal_id > 0),
  status text not null check (status in ('active', 'reauth_required', 'disconnected')),
  -- Sealed for this connection; wiped on disconnect.
  credential bytea,
  -- Counts the credentials: whoever acts on an old one is told apart.
  token_version bigint not null default 1,
  -- When the bearer expires; null for one that does not.
  token_expires_at timestamptz,
  unique_call text not null default 'plain',
  unique_note text not null default 'plain',
  unique_contact text not null default 'plain',
  scopes text[] not null,
  ui_domain text not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  disconnected_at timestamptz,
  check ((status = 'disconnected') = (credential is null)),
  check ((status = 'disconnected') = (disconnected_at is not null)),
  -- A portal that comes back keeps its connection, and so its settings, ledger and links.
  unique (account_id, portal_id)
);
-- At most one live connection an account, whoever tries at the same time.
create unique index connections_one_live on connections (account_id) where status <> 'disconnected';
create index connections_expiring on connections (token_expires_at) where status = 'active' and token_expires_at is not null;

-- No row means off: nothing is exported unless somebody turned it on.
create table writeback_settings (
  connection_id uuid primary key references connections on delete cascade,
  mode text not null default 'off',
  on_no_match text not null default 'skip',
  enabled_at timestamptz,
  updated_at timestamptz,
  check (mode = 'off' or enabled_at is not null)
);
