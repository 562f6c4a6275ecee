-- What portals' rate limits leave to spend. Unlogged: losing it in a crash only gives a few requests back, and HubSpot's own
-- answers correct the model. Half-empty pages, so that a hot row is updated in place.
create unlogged table budgets (
  portal_id bigint not null,
  bucket text not null,
  -- GCRA's theoretical arrival time; all times in microseconds since 1970 by the database's clock.
  tat_us bigint not null,
  -- The answer to the latest attempt: 0 when it was granted, else how long to wait.
  wait_us bigint not null,
  asked_at_us bigint not null,
  blocked_until_us bigint not null default 0,
  block_reason text,
  primary key (portal_id, bucket)
) with (fillfactor = 50);

-- What HubSpot last said about a portal's requests of this day, where it says so.
create unlogged table daily_budgets (
  portal_id bigint primary key,
  daily_limit bigint not null,
  remaining bigint not null,
  resets_at_us bigint not null
) with (fillfactor = 50);
