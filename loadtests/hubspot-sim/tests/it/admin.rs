//! The admin API: the same world, over HTTP.

use serde_json::json;

use crate::world::World;

#[tokio::test]
async fn a_portal_is_made_filled_used_audited_and_removed() {
    let world = World::start().await;
    let body = json!({
        "options": {"name": "Acme", "unique": "refused"},
        "owners": [{"email": "o@b.example", "first_name": "O"}],
        "properties": [{"object": "calls", "name": "writeback_conversation_id"}],
        "records": {"contacts": [{"firstname": "Ann", "phone": "+12025550123"}, {"firstname": "Bob", "phone": "(202) 555-0123"}]},
        "generate_contacts": 3,
    });
    let made = world.post("/_sim/portals", body).await.expect(201);
    let (id, token) = (made.body["id"].as_i64().expect("an id"), made.text("/token").to_owned());
    let call = json!({"properties": {"hs_timestamp": "0", "writeback_conversation_id": "c-1"}});
    for _ in 0..2 {
        let request = world.http.post(format!("{}/crm/objects/2026-09/calls", world.sim.url())).bearer_auth(&token).json(&call);
        assert_eq!(request.send().await.expect("an answer").status(), 201);
    }
    let audit = world.get(&format!("/_sim/audit?portal={id}&property=writeback_conversation_id")).await.expect(200);
    assert_eq!(audit.body["clean"], json!(false));
    assert_eq!(audit.body["duplicate_engagements"][0]["ids"].as_array().map(Vec::len), Some(2));
    assert_eq!(audit.text("/duplicate_contacts/0/value"), "+12025550123");
    assert_eq!(audit.body["unassociated_engagements"][0]["ids"].as_array().map(Vec::len), Some(2));
    assert_eq!(world.get(&format!("/_sim/portals/{id}/records/contacts")).await.expect(200).body["total"], json!(5));
    assert_eq!(world.get(&format!("/_sim/counts?portal={id}")).await.expect(200).body["counts"][0]["count"], json!(2));
    let recorded = world.get(&format!("/_sim/requests?portal={id}&method=post")).await.expect(200);
    assert_eq!(recorded.text("/requests/0/body"), call.to_string());
    world.delete(&format!("/_sim/portals/{id}")).await.expect(204);
    world.get(&format!("/_sim/portals/{id}/records/contacts")).await.expect(404);
}

#[tokio::test]
async fn settings_faults_time_and_tokens_are_changed_while_it_runs() {
    let world = World::start().await;
    let id = world.portal.id();
    world.patch("/_sim/config", json!({"burst_limit": 1, "index_delay_ms": 60_000})).await.expect(204);
    world.patch("/_sim/config", json!({"burst": 1})).await.expect(422);
    world.get("/crm/owners/2026-09").await.expect(200);
    world.get("/crm/owners/2026-09").await.expect(429);
    world.post("/_sim/clock", json!({"advance_ms": 10_000})).await.expect(200);
    world.post("/_sim/faults", json!([{"kind": "status", "status": 502, "times": 1}])).await.expect(201);
    world.get("/crm/owners/2026-09").await.expect(502);
    world.get("/crm/owners/2026-09").await.expect(200);
    world.post("/_sim/faults", json!({"kind": "nonsense"})).await.expect(400);

    let tokens = world.post(&format!("/_sim/portals/{id}/tokens"), json!({})).await.expect(200);
    world.post(&format!("/_sim/portals/{id}/tokens/expire"), json!({})).await.expect(204);
    let request = world.http.get(format!("{}/crm/owners/2026-09", world.sim.url())).bearer_auth(tokens.text("/access_token"));
    assert_eq!(request.send().await.expect("an answer").status(), 401);
    world.post("/_sim/index/flush", json!({})).await.expect(204);
    world.post("/_sim/reset", json!({})).await.expect(204);
    assert_eq!(world.get("/_sim/portals").await.expect(200).body["portals"], json!([]));
}
