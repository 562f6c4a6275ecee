-- The ledger: one row a conversation, whose state only moves forward. Ids, times and counts; no text, no phone, no e-mail.
--
-- No foreign key to connections: the check would lock that one row anew for each of thousands of rows a second, and a
-- connection is never deleted while work is under way (disconnecting keeps the row).
create table writebacks (
  connection_id uuid not null,
  -- Byte order, which is the order in which the store locks rows.
  conversation_id text collate "C" not null,
  event_id uuid not null,
  -- domain::ledger::State::code: 0 accepted, 10 redacted, 20 matched, 30 posting; from 100 on finished: 100 exported,
  -- 101 skipped_no_match, 102 withheld, 103 failed.
  state smallint not null,
  agent_id text collate "C",
  channel text,
  direction text,
  -- The mode in force: as accepted, and once exported the mode of the export.
  mode text,
  started_at timestamptz,
  -- When the conversation ended; where the event could not be read, when it was first seen.
  ended_at timestamptz not null,
  accepted_at timestamptz,
  reason text,
  detail text,
  contact_id bigint,
  owner_id bigint,
  matched_by text,
  other_contacts bigint[],
  caller_key bytea,
  engagement_kind text,
  engagement_id bigint,
  redactions jsonb,
  summary_source text,
  attempts integer not null default 0,
  last_error_class text,
  -- How often the first stage took it up: 1 tells a new row from one that was there.
  opened_count integer not null default 1,
  opened_at timestamptz not null default now(),
  -- The latest intent to create the engagement that was committed before the request.
  posting_at timestamptz,
  updated_at timestamptz not null default now(),
  finished_at timestamptz,
  primary key (connection_id, conversation_id),
  check ((finished_at is not null) = (state >= 100)),
  check ((engagement_id is not null) = (state = 100))
);
-- Listing, newest first.
create index writebacks_newest on writebacks (connection_id, ended_at, conversation_id);
-- Listing what needs attention. Exported rows are nearly all of the table and are left out.
create index writebacks_attention on writebacks (connection_id, state, ended_at, conversation_id) where state <> 100;
-- Listing one agent's.
create index writebacks_agent on writebacks (connection_id, agent_id, ended_at, conversation_id);
-- Retention.
create index writebacks_finished on writebacks (finished_at) where finished_at is not null;

-- How many rows stand where. Kept by triggers, so that no statement can forget to count and a dashboard never counts a
-- million rows. Sharded by backend, so that processes that work for one connection rarely wait for each other here.
create table writeback_counts (
  connection_id uuid not null,
  shard smallint not null,
  state smallint not null,
  n bigint not null,
  primary key (connection_id, shard, state)
) with (fillfactor = 50);

-- Once a statement, never once a row; the counters are the last rows that a statement locks, and always in the same order.
create function count_writebacks() returns trigger language plpgsql as $$
begin
  if tg_op = 'INSERT' then
    insert into writeback_counts as c (connection_id, shard, state, n)
    select connection_id, pg_backend_pid() % 16, state, count(*)
      from new_rows group by connection_id, state order by connection_id, state
    on conflict (connection_id, shard, state) do update set n = c.n + excluded.n;
  elsif tg_op = 'UPDATE' then
    insert into writeback_counts as c (connection_id, shard, state, n)
    select connection_id, pg_backend_pid() % 16, state, sum(change)
      from (select connection_id, state, 1 as change from new_rows
            union all select connection_id, state, -1 from old_rows) moved
      group by connection_id, state having sum(change) <> 0 order by connection_id, state
    on conflict (connection_id, shard, state) do update set n = c.n + excluded.n;
  else
    insert into writeback_counts as c (connection_id, shard, state, n)
    select connection_id, pg_backend_pid() % 16, state, -count(*)
      from old_rows group by connection_id, state order by connection_id, state
    on conflict (connection_id, shard, state) do update set n = c.n + excluded.n;
  end if;
  return null;
end
$$;
create trigger writebacks_count_insert after insert on writebacks
  referencing new table as new_rows for each statement execute function count_writebacks();
create trigger writebacks_count_update after update on writebacks
  referencing old table as old_rows new table as new_rows for each statement execute function count_writebacks();
create trigger writebacks_count_delete after delete on writebacks
  referencing old table as old_rows for each statement execute function count_writebacks();
