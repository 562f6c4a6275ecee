use crate::{
    CONVERSATION,
    endpoint::{Endpoint, Reply},
};
use writeback_llm::{Limits, Source, Speaker, Summariser, Turn};

const EXTRACTED: &str =
    "Customer: My coffee machine has been leaking since Monday. Agent: I have booked a technician for Thursday morning.";

async fn summarise(summariser: &Summariser) -> (String, Source) {
    let summary = summariser.summarise(&CONVERSATION).await.unwrap();
    (summary.text, summary.source)
}

#[tokio::test]
async fn without_a_model_the_conversation_speaks_for_itself() {
    assert_eq!(summarise(&Summariser::default()).await, (EXTRACTED.to_owned(), Source::Extractive));
}

#[tokio::test]
async fn with_a_model_the_model_speaks() {
    let endpoint = Endpoint::start([Reply::Says("A machine leaks.".into())]).await;
    let summariser = Summariser::new(Some(endpoint.client()), Limits::default());
    assert_eq!(summarise(&summariser).await, ("A machine leaks.".to_owned(), Source::Model));
}

#[tokio::test]
async fn when_the_model_fails_the_conversation_speaks_for_itself() {
    for reply in [Reply::Status(401), Reply::Says(String::new()), Reply::Raw(b"nonsense".to_vec())] {
        let endpoint = Endpoint::start([reply]).await;
        let summariser = Summariser::new(Some(endpoint.client()), Limits::default());
        assert_eq!(summarise(&summariser).await, (EXTRACTED.to_owned(), Source::Extractive));
    }
}

#[tokio::test]
async fn a_model_that_keeps_failing_is_left_alone() {
    let endpoint = Endpoint::start([Reply::Status(401)]).await;
    let summariser = Summariser::new(Some(endpoint.client()), Limits::default());
    for _ in 0..10 {
        assert_eq!(summarise(&summariser).await.1, Source::Extractive);
    }
    assert_eq!(endpoint.asked().len(), 3);
}

#[tokio::test]
async fn a_model_that_says_nothing_to_some_conversations_is_asked_about_the_next() {
    let endpoint = Endpoint::start([Reply::Says(String::new())]).await;
    let summariser = Summariser::new(Some(endpoint.client()), Limits::default());
    for _ in 0..5 {
        summarise(&summariser).await;
    }
    assert_eq!(endpoint.asked().len(), 5);
}

#[tokio::test]
async fn a_conversation_without_words_has_no_summary_and_costs_nothing() {
    let endpoint = Endpoint::start([Reply::Says("An invention.".into())]).await;
    let summariser = Summariser::new(Some(endpoint.client()), Limits::default());
    assert_eq!(summariser.summarise(&[]).await, None);
    assert_eq!(summariser.summarise(&[Turn { speaker: Speaker::Agent, text: " " }]).await, None);
    assert!(endpoint.asked().is_empty());
}

#[tokio::test]
async fn debug_hides_the_summary() {
    let summary = Summariser::default().summarise(&CONVERSATION).await.unwrap();
    assert_eq!(format!("{summary:?}"), "Summary { source: Extractive, .. }");
}
