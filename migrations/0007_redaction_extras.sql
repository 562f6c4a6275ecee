-- What an account has removed and kept beyond what the redactor knows: {"patterns": [{"label", "pattern"}], "keepWords": [...]}.
-- Null is nothing. The version counts the changes, so that whoever compiles the patterns sees at a glance whether they are the same.
alter table writeback_settings
  add column redaction jsonb,
  add column redaction_version bigint not null default 0;
