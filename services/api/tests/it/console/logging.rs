use super::{Bed, ESCAPED, SCRIPT};
use crate::support::{World, browser::EMAIL};

const PATH: &str = "/console/logging";
const TRY: &str = "/console/logging/try";

#[tokio::test]
async fn who_is_not_connected_is_told_so_and_can_turn_nothing_on() {
    let world = World::start().await;
    let tenant = world.tenant().await;
    let mut browser = world.signed_in(tenant.account, EMAIL).await;
    let page = browser.get(PATH).await;
    page.says(200, "Logging is off: no HubSpot account is connected");
    let fields = [("mode", "summary"), ("on_no_match", "skip")];
    browser.submit(PATH, PATH, &fields).await.says(200, "no HubSpot account is connected");
    assert_eq!(world.get("/integrations/hubspot/writeback", &tenant.key).await.with(200)["mode"], "off");
}

#[tokio::test]
async fn logging_is_turned_off_and_on_and_says_since_when() {
    let mut bed = Bed::start().await;
    let page = bed.browser.get(PATH).await;
    page.says(200, "only conversations that end after that are written");
    page.says(200, "value=\"summary_transcript\" checked");
    let to = bed.browser.submit(PATH, PATH, &[("mode", "off"), ("on_no_match", "create")]).await.location().to_owned();
    let page = bed.browser.get(&to).await;
    page.says(200, "Saved.");
    page.says(200, "value=\"create\" checked");
    page.says(200, "Nothing of a conversation is taken in.");
    bed.browser.submit(PATH, PATH, &[("mode", "summary"), ("on_no_match", "create")]).await.location();
    let settings = bed.settings().await;
    assert_eq!((&settings["mode"], &settings["onNoMatch"]), (&"summary".into(), &"create".into()));
    bed.browser.get(PATH).await.says(200, &settings["enabledAt"].as_str().unwrap()[..19]);
    bed.browser.submit(PATH, PATH, &[("mode", "everything"), ("on_no_match", "skip")]).await.says(422, "could not be read");
    bed.browser.submit(PATH, PATH, &[]).await.says(422, "could not be read");
}

#[tokio::test]
async fn patterns_and_words_are_saved_without_their_empty_rows() {
    let mut bed = Bed::start().await;
    let fields = [
        ("mode", "summary"),
        ("on_no_match", "skip"),
        ("label", ""),
        ("pattern", ""),
        ("label", "order code"),
        ("pattern", "ACME-[0-9]{6}"),
        ("keep", "0800 1234567\r\n\r\nhotline"),
    ];
    bed.browser.submit(PATH, PATH, &fields).await.location();
    let expected = serde_json::json!({"patterns": [{"label": "order code", "pattern": "ACME-[0-9]{6}"}], "keepWords": ["0800 1234567", "hotline"]});
    assert_eq!(bed.settings().await["redaction"], expected);
    let page = bed.browser.get(PATH).await;
    page.says(200, "value=\"ACME-[0-9]{6}\"");
    page.says(200, "0800 1234567\nhotline</textarea>");
}

#[tokio::test]
async fn a_pattern_that_is_refused_stays_in_its_field_with_what_is_wrong_and_nothing_is_saved() {
    let mut bed = Bed::start().await;
    let fields = [
        ("mode", "off"),
        ("on_no_match", "create"),
        ("label", "fine"),
        ("pattern", "FINE-[0-9]+"),
        ("label", ""),
        ("pattern", "(open"),
        ("keep", "hotline\n123"),
        ("sample", "a <b>sample</b>"),
    ];
    for action in [PATH, TRY] {
        let page = bed.browser.submit(PATH, action, &fields).await;
        for words in [
            "value=\"off\" checked",
            "value=\"create\" checked",
            "value=\"(open\"",
            "id=\"fault-redaction.patterns[1].pattern\"",
            "id=\"fault-redaction.patterns[1].label\"",
            "Line 2: ",
            "hotline\n123</textarea>",
            "a &lt;b&gt;sample&lt;/b&gt;</textarea>",
        ] {
            page.says(422, words);
        }
        assert!(!page.text.contains("fault-redaction.patterns[0]"), "the first is fine");
    }
    assert_eq!(bed.settings().await["mode"], "summary_transcript");
}

#[tokio::test]
async fn a_sample_is_tried_with_what_is_typed_and_nothing_is_saved() {
    let mut bed = Bed::start().await;
    let fields = [
        ("mode", "off"),
        ("on_no_match", "skip"),
        ("label", "order code"),
        ("pattern", "ACME-[0-9]{6}"),
        ("sample", "<script>alert(1)</script> card 4242 4242 4242 4242, order ACME-123456"),
    ];
    let page = bed.browser.submit(PATH, TRY, &fields).await;
    page.says(200, "card [card number removed], order [order code removed]");
    page.says(200, "a pattern of your own finds it");
    page.says(200, ESCAPED);
    assert!(!page.text.contains("<script>alert"), "{}", page.text);
    page.says(200, "value=\"off\" checked");
    let settings = bed.settings().await;
    assert_eq!((&settings["mode"], &settings["redaction"]["patterns"]), (&"summary_transcript".into(), &serde_json::json!([])));
    let nothing = bed.browser.submit(PATH, TRY, &[("mode", "off"), ("on_no_match", "skip"), ("sample", " ")]).await;
    nothing.says(422, "aria-describedby=\"fault-\"");
}

#[tokio::test]
async fn labels_patterns_and_words_are_never_markup() {
    let mut bed = Bed::start().await;
    let fields = [
        ("mode", "summary"),
        ("on_no_match", "skip"),
        ("label", SCRIPT),
        ("pattern", SCRIPT),
        ("keep", "</textarea><script>alert(1)</script>"),
    ];
    let page = bed.browser.submit(PATH, PATH, &fields).await;
    assert!(page.text.contains(ESCAPED) && !page.text.contains("<script>alert"), "{}", page.text);
    // Patterns hold anything: saved, and shown.
    let fields = [
        ("mode", "summary"),
        ("on_no_match", "skip"),
        ("label", "tag"),
        ("pattern", SCRIPT),
        ("keep", "</textarea><script>alert</script>"),
    ];
    bed.browser.submit(PATH, PATH, &fields).await.location();
    let page = bed.browser.get(PATH).await;
    assert!(page.text.contains("&lt;script&gt;alert") && !page.text.contains("<script>alert"), "{}", page.text);
}

#[tokio::test]
async fn patterns_that_cannot_be_read_any_more_can_be_entered_anew() {
    let mut bed = Bed::start().await;
    bed.world.database.spoil_redaction().await.unwrap();
    let page = bed.browser.get(PATH).await;
    page.says(200, "cannot be read any more");
    bed.browser.submit(PATH, PATH, &[("mode", "summary"), ("on_no_match", "skip")]).await.location();
    let page = bed.browser.get(PATH).await;
    assert!(!page.text.contains("cannot be read any more"));
}

impl Bed {
    async fn settings(&self) -> serde_json::Value {
        self.world.get("/integrations/hubspot/writeback", &self.tenant.key).await.with(200)
    }
}
