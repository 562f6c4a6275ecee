-- People may sign in through an OpenID Connect provider, with a password or without one.
alter table users
  alter column password_hash drop not null,
  -- Who they are at the provider: set when they first come through it, and from then on nobody else is them, whatever address the
  -- provider gives to whom.
  add column oidc_issuer text,
  add column oidc_subject text,
  add constraint users_oidc_whole check ((oidc_issuer is null) = (oidc_subject is null));
create unique index users_oidc on users (oidc_issuer, oidc_subject) where oidc_subject is not null;
