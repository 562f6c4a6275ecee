//! Stands between a bus and the broker and says what a real broker says only in need.
//!
//! A memory alarm would block every test on the shared broker; here one connection is told of an alarm that nobody else has.

use std::{io, sync::Arc, time::Duration};

use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::{
        TcpListener, TcpStream,
        tcp::{OwnedReadHalf, OwnedWriteHalf},
    },
    sync::watch,
};

/// Frames of AMQP 0-9-1: type, channel, size, payload (class, method, arguments), end.
const BLOCKED: &[u8] = &[1, 0, 0, 0, 0, 0, 8, 0, 10, 0, 60, 3, b'l', b'o', b'w', 0xCE];
const UNBLOCKED: &[u8] = &[1, 0, 0, 0, 0, 0, 4, 0, 10, 0, 61, 0xCE];
/// Class `basic`, method `ack`: a confirm, when it comes from the broker.
const CONFIRM: &[u8] = &[0, 60, 0, 80];

/// What the proxy does now.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Mood {
    /// Passes everything on.
    Clear,
    /// As a broker short of memory: says so and reads nothing more.
    Alarmed,
    /// Passes everything on but confirms.
    Secretive,
    /// Cuts the connection when a confirm comes.
    Treacherous,
}

pub(crate) struct Proxy {
    pub(crate) port: u16,
    mood: Arc<watch::Sender<Mood>>,
}

impl Proxy {
    pub(crate) async fn to(broker: String) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let mood = Arc::new(watch::Sender::new(Mood::Clear));
        let moods = Arc::clone(&mood);
        tokio::spawn(async move {
            while let Ok((client, _)) = listener.accept().await {
                let (broker, mood) = (TcpStream::connect(&broker).await.unwrap(), moods.subscribe());
                tokio::spawn(relay(client, broker, mood));
            }
        });
        Self { port, mood }
    }

    pub(crate) fn set(&self, mood: Mood) {
        self.mood.send_replace(mood);
    }
}

async fn relay(client: TcpStream, broker: TcpStream, mood: watch::Receiver<Mood>) {
    let ((from_client, to_client), (from_broker, to_broker)) = (client.into_split(), broker.into_split());
    tokio::select! {
        _ = upstream(from_client, to_broker, mood.clone()) => {}
        _ = downstream(from_broker, to_client, mood) => {}
    }
}

async fn upstream(mut from: OwnedReadHalf, mut to: OwnedWriteHalf, mut mood: watch::Receiver<Mood>) -> io::Result<()> {
    let mut buffer = vec![0; 64 * 1024];
    loop {
        drop(mood.wait_for(|mood| *mood != Mood::Alarmed).await);
        tokio::select! {
            biased;
            () = async { drop(mood.wait_for(|mood| *mood == Mood::Alarmed).await) } => {}
            count = from.read(&mut buffer) => match count? {
                0 => return Ok(()),
                count => to.write_all(&buffer[..count]).await?,
            }
        }
    }
}

async fn downstream(mut from: OwnedReadHalf, mut to: OwnedWriteHalf, mut mood: watch::Receiver<Mood>) -> io::Result<()> {
    let mut told = false;
    let mut bytes = Vec::new();
    loop {
        let now = *mood.borrow_and_update();
        let alarmed = now == Mood::Alarmed;
        if alarmed != told {
            to.write_all(if alarmed { BLOCKED } else { UNBLOCKED }).await?;
            told = alarmed;
        }
        while let Some(frame) = first_frame(&mut bytes) {
            match now {
                Mood::Secretive if frame[7..].starts_with(CONFIRM) => {}
                Mood::Treacherous if frame[7..].starts_with(CONFIRM) => return Ok(()),
                _ => to.write_all(&frame).await?,
            }
        }
        tokio::select! {
            _ = mood.changed() => {}
            count = from.read_buf(&mut bytes) => if count? == 0 { return Ok(()) },
            // A real broker goes on with its heartbeats too.
            () = tokio::time::sleep(Duration::from_secs(1)) => {}
        }
    }
}

fn first_frame(bytes: &mut Vec<u8>) -> Option<Vec<u8>> {
    let size = u32::from_be_bytes(bytes.get(3..7)?.try_into().unwrap());
    let end = 8 + usize::try_from(size).unwrap();
    (bytes.len() >= end).then(|| bytes.drain(..end).collect())
}
