use domain::scope::Scope;

use super::{Bed, ESCAPED, SCRIPT};

const PATH: &str = "/console/api-keys";

#[tokio::test]
async fn a_person_makes_a_key_with_any_scope_sees_its_secret_once_and_revokes_it() {
    let mut bed = Bed::start().await;
    let fields = [("name", " staging "), ("scopes", "events:write"), ("scopes", "keys:write")];
    let page = bed.browser.submit(PATH, PATH, &fields).await;
    page.says(200, "The key staging is made");
    let (_, rest) = page.text.split_once("<code id=\"secret\">").unwrap();
    let secret = rest.split('<').next().unwrap().to_owned();
    let keys = bed.world.get("/api-keys", &secret).await.with(200);
    let key = keys["items"].as_array().unwrap().iter().find(|key| key["name"] == "staging").unwrap().clone();
    assert_eq!(key["scopes"], serde_json::json!(["events:write", "keys:write"]));
    let page = bed.browser.get(PATH).await;
    page.says(200, "staging");
    assert!(!page.text.contains(&secret), "never again");
    let revoke = format!("{PATH}/{}/revoke", key["id"].as_str().unwrap());
    let to = bed.browser.submit(PATH, &revoke, &[]).await.location().to_owned();
    assert_eq!(to, "/console/api-keys?notice=key_revoked");
    bed.browser.get(&to).await.says(200, "The key is revoked");
    assert_eq!(bed.world.get("/api-keys", &secret).await.problem(401), "invalid_api_key");
    bed.browser.submit(PATH, &revoke, &[]).await.says(404, "There is no such thing");
}

#[tokio::test]
async fn a_form_with_a_fault_keeps_what_was_typed_and_says_what_is_wrong_beside_it() {
    let mut bed = Bed::start().await;
    let before = store::api_keys::list(&bed.world.db, bed.tenant.account).await.unwrap().len();
    let page = bed.browser.submit(PATH, PATH, &[("name", "staging")]).await;
    page.says(422, "value=\"staging\"");
    page.says(422, "Must name at least one scope.");
    let page = bed.browser.submit(PATH, PATH, &[("name", "  "), ("scopes", "events:write")]).await;
    page.says(422, "aria-invalid=\"true\" aria-describedby=\"fault-name\"");
    page.says(422, "value=\"events:write\" checked");
    bed.browser.submit(PATH, PATH, &[("name", "x"), ("scopes", "everything")]).await.says(422, "could not be read");
    assert_eq!(store::api_keys::list(&bed.world.db, bed.tenant.account).await.unwrap().len(), before);
}

#[tokio::test]
async fn names_are_never_markup_and_long_lists_go_on() {
    let mut bed = Bed::start().await;
    bed.world.db_key(bed.tenant.account, SCRIPT).await;
    let page = bed.browser.get(PATH).await;
    page.says(200, ESCAPED);
    assert!(!page.text.contains("<script>alert"), "{}", page.text);
    for n in 0..50 {
        bed.world.db_key(bed.tenant.account, &format!("key {n}")).await;
    }
    let page = bed.browser.get(PATH).await;
    let (_, rest) = page.text.split_once("href=\"/console/api-keys?cursor=").expect("a next page");
    let cursor = rest.split('"').next().unwrap();
    let next = bed.browser.get(&format!("{PATH}?cursor={cursor}")).await;
    next.says(200, "key 49");
    next.says(200, "First page");
    assert!(!next.text.contains("key 10<"));
}

impl crate::support::World {
    async fn db_key(&self, account: domain::AccountId, name: &str) {
        store::api_keys::make(&self.db, account, name, &[Scope::EventsWrite]).await.unwrap();
    }
}
