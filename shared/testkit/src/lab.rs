//! A database, a vhost and a simulated HubSpot, with an account that is connected to a portal.

use std::sync::Arc;

use domain::{
    AccountId, ConnectionId, PortalId, Region,
    connection::{Credential, UniqueMode, UniqueModes},
    scope::Scope,
    settings::{Mode, OnNoMatch, SettingsChange},
};
use hubspot_sim::{Config, OauthTokens, Portal, PortalOptions, Sim};
use secrecy::{ExposeSecret as _, SecretString};
use store::{
    Db, accounts, api_keys,
    connections::{self, Connected, NewConnection},
    settings,
};
use time::OffsetDateTime;

use crate::{Database, Vhost, database};

/// Everything that a test of the whole fleet needs.
pub struct Lab {
    /// The handle.
    pub db: Db,
    /// The database behind it.
    pub database: Database,
    /// The broker's part.
    pub vhost: Vhost,
    /// HubSpot's place.
    pub sim: Sim,
}

/// An account with its portal.
pub struct Tenant {
    /// The account.
    pub account: AccountId,
    /// Its connection.
    pub connection: ConnectionId,
    /// An API key with every scope.
    pub key: String,
    /// The other side.
    pub portal: Portal,
}

impl Lab {
    /// Makes all of it.
    pub async fn start(config: Config) -> anyhow::Result<Self> {
        crate::install_crypto();
        let (database, vhost) = tokio::try_join!(Database::create(), Vhost::create())?;
        let db = database.connect(Arc::new(database::keys())).await?;
        let sim = Sim::start(config).await?;
        Ok(Self { db, database, vhost, sim })
    }

    /// An account that is connected to a new portal by a static token, in the modes that a probe would find there.
    pub async fn tenant(&self, options: PortalOptions, unique: UniqueModes) -> anyhow::Result<Tenant> {
        let portal = self.sim.portal(options);
        let credential = Credential::Static { access_token: SecretString::from(portal.token()) };
        self.connected(portal, credential, unique).await
    }

    /// The same, connected as a person does it: by tokens that expire and are renewed.
    pub async fn oauth_tenant(&self, options: PortalOptions, unique: UniqueModes) -> anyhow::Result<Tenant> {
        let portal = self.sim.portal(options);
        let credential = granted(&portal);
        self.connected(portal, credential, unique).await
    }

    /// Connects an account anew to its portal, as a person does when the tokens are refused.
    pub async fn reconnect(&self, tenant: &Tenant) -> anyhow::Result<()> {
        connections::connect(&self.db, tenant.account, &new_connection(&tenant.portal, granted(&tenant.portal))).await?;
        Ok(())
    }

    async fn connected(&self, portal: Portal, credential: Credential, unique: UniqueModes) -> anyhow::Result<Tenant> {
        let account = accounts::create(&self.db, "Test", Region::US).await?.id;
        let (_, key) = api_keys::make(&self.db, account, "test", Scope::ALL).await?;
        let connection = match connections::connect(&self.db, account, &new_connection(&portal, credential)).await? {
            Connected::New(connection) => connection.id,
            other => anyhow::bail!("a new account is connected already: {other:?}"),
        };
        for (object, mode, property) in [
            ("calls", unique.call, "writeback_conversation_id"),
            ("notes", unique.note, "writeback_conversation_id"),
            ("contacts", unique.contact, "writeback_caller_key"),
        ] {
            if mode != UniqueMode::Plain {
                portal.add_property(object, property, mode == UniqueMode::Unique);
            }
        }
        connections::set_unique_modes(&self.db, connection, unique).await?;
        Ok(Tenant { account, connection, key: key.expose_secret().to_owned(), portal })
    }

    /// Turns logging on (or off), since the beginning of time: tests' conversations are long over.
    pub async fn set(&self, tenant: &Tenant, mode: Mode, on_no_match: OnNoMatch) -> anyhow::Result<()> {
        let change = SettingsChange { mode, on_no_match: Some(on_no_match), redaction: None };
        settings::set(&self.db, tenant.account, tenant.connection, &change, OffsetDateTime::UNIX_EPOCH).await?;
        Ok(())
    }
}

fn new_connection(portal: &Portal, credential: Credential) -> NewConnection {
    NewConnection {
        portal: PortalId::from_i64(portal.id()).expect("a positive id"),
        credential,
        scopes: Vec::new(),
        ui_domain: "app.hubspot.com".to_owned(),
    }
}

/// What a consent leads to.
fn granted(portal: &Portal) -> Credential {
    let OauthTokens { access_token, refresh_token, expires_in } = portal.oauth_tokens();
    Credential::OAuth {
        access_token: SecretString::from(access_token),
        refresh_token: SecretString::from(refresh_token),
        expires_at: OffsetDateTime::now_utc() + time::Duration::seconds(expires_in),
    }
}
