//! The client and the summariser against an endpoint of our own on loopback.
#![expect(clippy::unwrap_used, reason = "clippy sees tests only in functions marked so, and not what these call")]

mod client;
mod endpoint;
mod summariser;

use writeback_llm::{Speaker, Turn};

/// What every test here talks about.
const CONVERSATION: [Turn<'_>; 3] = [
    Turn { speaker: Speaker::Customer, text: "Hello, my coffee machine has been leaking since Monday." },
    Turn { speaker: Speaker::Agent, text: "May I have your name, please?" },
    Turn { speaker: Speaker::Agent, text: "I have booked a technician for Thursday morning." },
];
