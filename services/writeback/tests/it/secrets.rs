//! Nothing that was said, and nobody's number, rests on a disk or stands in a log.

use std::{
    fs,
    path::{Path, PathBuf},
};

use domain::{
    connection::{UniqueMode, UniqueModes},
    settings::{Mode, OnNoMatch},
};
use hubspot_sim::{Config, PortalOptions};
use testkit::{Lab, env};
use uuid::Uuid;

use crate::fleet::{Client, call, start};

/// Every file below a folder.
fn files(folder: &Path, into: &mut Vec<PathBuf>) {
    // Files come and go while the services run.
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() { files(&path, into) } else { into.push(path) }
    }
}

fn holds(path: &Path, planted: &[Vec<u8>]) -> bool {
    let Ok(bytes) = fs::read(path) else { return false };
    planted.iter().any(|needle| memchr::memmem::find(&bytes, needle).is_some())
}

#[tokio::test]
async fn neither_logs_nor_metrics_nor_the_services_files_hold_what_was_said() {
    let folders = env::require("WRITEBACK_TEST_SERVICES_DIRS");
    let lab = Lab::start(Config::default()).await.unwrap();
    let unique = UniqueModes { call: UniqueMode::Unique, note: UniqueMode::Unique, contact: UniqueMode::Unique };
    let tenant = lab.tenant(PortalOptions::default(), unique).await.unwrap();
    lab.set(&tenant, Mode::SummaryTranscript, OnNoMatch::Create).await.unwrap();
    let quiet = lab
        .tenant(PortalOptions { required_contact_fields: vec!["company".into()], ..PortalOptions::default() }, unique)
        .await
        .unwrap();
    lab.set(&quiet, Mode::SummaryTranscript, OnNoMatch::Create).await.unwrap();
    let fleet = start(&lab, "all", &[("RUST_LOG", "debug")]).await;
    let client = Client::new(&fleet, &tenant);

    // Unmistakable, and new in each run.
    let sentence = format!("my garden gate is painted {}", Uuid::new_v4().simple());
    let phone = format!("+1415{:07}", 2_000_000 + Uuid::new_v4().as_u128() % 7_000_000);
    let card = luhn(&format!("4539{:011}", Uuid::new_v4().as_u128() % 100_000_000_000));
    let name = format!("Zz{}", Uuid::new_v4().simple());
    let planted: Vec<Vec<u8>> =
        [&sentence, &phone, &phone[1..].to_owned(), &card, &name].map(|text| text.as_bytes().to_vec()).into();
    let mut conversation = call("conv_1", &phone, &format!("Listen, {sentence}, and my card is {card}."));
    conversation["customer"]["name"] = name.clone().into();
    client.report(&conversation).await;
    assert_eq!(client.finished("conv_1").await["outcome"], "exported");
    // The portal of the other account refuses its contact, so a dead letter holds this one.
    let other = Client::new(&fleet, &quiet);
    other.report(&conversation).await;
    let row = other.finished("conv_1").await;
    assert_eq!((&row["outcome"], &row["reason"]), (&"failed".into(), &"required_properties".into()), "{row}");

    let posted = tenant.portal.calls()[0].get("hs_call_body").to_owned();
    assert!(posted.contains(&sentence) && !posted.contains(&card), "it did go through, scrubbed: {posted}");
    for text in [&sentence, &phone, &card, &name] {
        assert!(!fleet.log().contains(text.as_str()), "the log holds {text}");
    }
    let metrics = testkit::http_client()
        .get(format!("{}/metrics", fleet.address("ops").unwrap()))
        .send()
        .await
        .unwrap()
        .text()
        .await
        .unwrap();
    assert!(metrics.contains("writeback_poster_conversations_total"), "{metrics}");
    for text in [&sentence, &phone, &card, &name] {
        assert!(!metrics.contains(text.as_str()), "the metrics hold {text}");
    }
    checkpoint().await;
    let mut all = Vec::new();
    std::env::split_paths(&folders).for_each(|folder| files(&folder, &mut all));
    assert!(all.len() > 100, "the services' files are there: {}", all.len());
    let leaks: Vec<_> = all.iter().filter(|path| holds(path, &planted)).collect();
    assert!(leaks.is_empty(), "{leaks:?}");
}

/// Brings to the disk what PostgreSQL holds in memory.
async fn checkpoint() {
    let status = tokio::process::Command::new("psql")
        .arg(env::require("WRITEBACK_TEST_DATABASE_URL"))
        .args(["-qc", "checkpoint"])
        .status()
        .await;
    assert!(status.unwrap().success());
}

/// The number with its check digit (ISO/IEC 7812-1).
fn luhn(digits: &str) -> String {
    let sum: u32 = digits
        .bytes()
        .rev()
        .enumerate()
        .map(|(i, b)| {
            let digit = u32::from(b - b'0') * if i % 2 == 0 { 2 } else { 1 };
            digit / 10 + digit % 10
        })
        .sum();
    format!("{digits}{}", (10 - sum % 10) % 10)
}
