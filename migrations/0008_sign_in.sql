-- People who sign in, and consents that they give in a browser.

-- A browser's session. Its secret is in the browser's cookie only; here rests its SHA-256.
create table sessions (
  hash bytea primary key check (length(hash) = 32),
  user_id uuid not null references users on delete cascade,
  created_at timestamptz not null default now(),
  -- To the minute.
  seen_at timestamptz not null default now(),
  -- The end of it, however busy it is.
  expires_at timestamptz not null
);
create index sessions_user on sessions (user_id, created_at);
create index sessions_expires on sessions (expires_at);

-- Sign-ins that were tried, by the address that they were for, whether anybody has it or not: SHA-256 of it in small letters.
create table sign_in_attempts (
  address_hash bytea primary key check (length(address_hash) = 32),
  attempts integer not null,
  first_at timestamptz not null default now()
);
create index sign_in_attempts_first on sign_in_attempts (first_at);

-- A portal that is to be connected: asked for, then opened in a browser, then consented to, each once.
create table consents (
  -- SHA-256 of what the link holds.
  ticket_hash bytea primary key check (length(ticket_hash) = 32),
  account_id uuid not null references accounts on delete cascade,
  -- Where the pack is to be installed; empty is everywhere.
  agent_ids text[] not null,
  -- Custom objects that access is asked for besides.
  custom_objects text[] not null,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null,
  -- Set when a signed-in browser opens the link. SHA-256 of the OAuth state, and the session that it is bound to.
  state_hash bytea unique,
  session_hash bytea,
  -- PKCE verifier (RFC 7636), sealed.
  verifier bytea,
  -- A state works once.
  used_at timestamptz,
  check ((state_hash is null) = (session_hash is null) and (state_hash is null) = (verifier is null))
);
create index consents_account on consents (account_id, created_at);
create index consents_expires on consents (expires_at);

-- Two accounts that write to one portal would take each other's records for their own.
create unique index connections_portal_live on connections (portal_id) where status <> 'disconnected';
