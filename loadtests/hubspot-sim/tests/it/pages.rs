//! Pages for people.

use crate::world::World;

async fn page(world: &World, path: &str) -> String {
    let response = world.http.get(format!("{}{path}", world.sim.url())).send().await.expect("a page");
    assert_eq!(response.status(), 200, "{path}");
    response.text().await.expect("text")
}

#[tokio::test]
async fn a_contact_shows_its_conversations() {
    let world = World::start().await;
    let id = world.portal.id();
    let contact = world.portal.add_contact(&[("firstname", "Ann"), ("lastname", "Lee"), ("phone", "+12025550123")]);
    let call = world.portal.add(
        "calls",
        &[
            ("hs_timestamp", "2026-01-01T10:00:00.000Z"),
            ("hs_call_title", "About <boats>"),
            ("hs_call_direction", "INBOUND"),
            ("hs_call_duration", "65000"),
            ("hs_call_body", "<p>Hello</p><script>alert(1)</script>"),
        ],
    );
    world.portal.associate(("calls", &call), ("contacts", &contact));
    assert!(page(&world, "/_sim/").await.contains("Demo account"));
    assert!(page(&world, &format!("/_sim/portals/{id}")).await.contains("Ann Lee"));
    for path in [
        format!("/_sim/portals/{id}/contacts/{contact}"),
        format!("/contacts/{id}/record/0-1/{contact}"),
        format!("/contacts/{id}/record/0-48/{call}"),
    ] {
        let text = page(&world, &path).await;
        assert!(
            text.contains("About &lt;boats&gt;")
                && text.contains("<p>Hello</p>")
                && text.contains("Inbound")
                && text.contains("1 min 05 s"),
            "{text}"
        );
        assert!(!text.contains("alert(1)"));
    }
    assert_eq!(
        world.http.get(format!("{}/contacts/{id}/record/0-1/7", world.sim.url())).send().await.expect("a page").status(),
        404
    );
}
