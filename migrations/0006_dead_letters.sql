-- Deliveries that were given up, sealed as they travelled, until a person replays or drops them.
create table dead_letters (
  -- UUID version 7: sorts by the time of burial.
  id uuid primary key,
  connection_id uuid not null,
  conversation_id text collate "C" not null,
  event_id uuid not null,
  stage text not null,
  reason text not null,
  -- For a person, without personal data.
  detail text,
  attempts integer not null,
  first_seen timestamptz not null,
  buried_at timestamptz not null default now(),
  -- Set when it was taken for replay; burying it again clears it.
  replayed_at timestamptz,
  sealed bytea not null,
  -- Burying is repeatable: the same delivery has one letter.
  unique (connection_id, conversation_id, event_id, stage)
);
create index dead_letters_newest on dead_letters (connection_id, id);
create index dead_letters_reason on dead_letters (connection_id, reason, id);
