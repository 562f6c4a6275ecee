//! The console's pages, as a browser sees them.

mod api_keys;
mod conversations;
mod dead_letters;
mod every_route;
mod logging;
mod overview;
mod preview;

use domain::{
    ConnectionId, DeadLetterId,
    dead_letter::DeadLetter,
    event::{ConversationAccepted, StageName, payload},
    ledger::Reason,
};
use serde_json::Value;
use store::ledger::{self, NewWriteback};
use time::OffsetDateTime;

use crate::{
    dead_letters::accepted,
    support::{
        Tenant, World,
        browser::{Browser, EMAIL},
        conversation,
    },
};

/// What somebody may call a thing who wants to run a script on our pages. An id too: it has no blank.
const SCRIPT: &str = "\"'><script>alert(1)</script>";
/// As it has to stand on a page.
const ESCAPED: &str = "&lt;script&gt;alert(1)&lt;/script&gt;";

/// An account that is connected and logs, and somebody of it who is signed in.
struct Bed {
    world: World,
    tenant: Tenant,
    connection: ConnectionId,
    browser: Browser,
}

impl Bed {
    async fn start() -> Self {
        let world = World::start().await;
        let tenant = world.logging_tenant().await;
        let connection = store::connections::of_account(&world.db, tenant.account).await.unwrap().unwrap().id;
        let browser = world.signed_in(tenant.account, EMAIL).await;
        Self { world, tenant, connection, browser }
    }

    /// Somebody of another account, which is connected and logs, too.
    async fn stranger(&self) -> (Tenant, Browser) {
        let tenant = self.world.logging_tenant().await;
        let browser = self.world.signed_in(tenant.account, "eve@evil.example").await;
        (tenant, browser)
    }

    /// A conversation that was taken up, and what its stages would be handed.
    async fn open(&self, body: &Value) -> ConversationAccepted {
        let event = accepted(self.tenant.account, self.connection, body);
        ledger::open(&self.world.db, self.connection, &[NewWriteback::of(&event.origin, &event.conversation)]).await.unwrap();
        event
    }

    /// A conversation that the redactor gave up.
    async fn give_up(&self, id: &str, reason: Reason, detail: Option<&str>) -> DeadLetterId {
        let event = self.open(&conversation(id)).await;
        self.bury(&event, reason, detail).await
    }

    async fn bury(&self, event: &ConversationAccepted, reason: Reason, detail: Option<&str>) -> DeadLetterId {
        let letter = DeadLetter {
            stage: StageName::Redactor,
            connection: self.connection,
            conversation: event.conversation.id.clone(),
            event: event.origin.event,
            reason,
            detail: detail.map(str::to_owned),
            attempts: 8,
            first_seen: OffsetDateTime::now_utc(),
            sealed: payload::seal(&self.world.keys, event).unwrap(),
        };
        store::dead_letters::bury(&self.world.db, &[letter]).await.unwrap()[0].id
    }
}
