-- Who uses the product: accounts, their agents, people, numbers and API keys.

create table accounts (
  id uuid primary key,
  name text not null,
  -- ISO 3166-1 alpha-2: numbers without country code are taken as of here.
  default_region text not null check (length(default_region) = 2),
  created_at timestamptz not null default now()
);

create table agents (
  account_id uuid not null references accounts on delete cascade,
  -- The platform's own id.
  agent_id text collate "C" not null,
  name text,
  created_at timestamptz not null default now(),
  primary key (account_id, agent_id)
);

-- People who sign in. The hash is opaque to the database.
create table users (
  id uuid primary key,
  account_id uuid not null references accounts on delete cascade,
  email text not null,
  password_hash text not null,
  created_at timestamptz not null default now()
);
create unique index users_email on users (lower(email));
create index users_account on users (account_id);

-- The account's own numbers, never the customer's: in the clear, since they are printed on business cards.
create table own_numbers (
  account_id uuid not null references accounts on delete cascade,
  phone text collate "C" not null check (phone ~ '^\+[1-9][0-9]{7,14}$'),
  created_at timestamptz not null default now(),
  primary key (account_id, phone)
);

-- A key is shown once; only its SHA-256 rests here. A fast hash is right for 160 random bits.
create table api_keys (
  id uuid primary key,
  account_id uuid not null references accounts on delete cascade,
  name text not null,
  prefix text not null,
  hash bytea not null unique check (length(hash) = 32),
  scopes text[] not null,
  created_at timestamptz not null default now(),
  last_used_at timestamptz,
  revoked_at timestamptz
);
create index api_keys_account on api_keys (account_id, id);
