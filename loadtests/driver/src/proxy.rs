//! The wire between the fleet and a service, which can be slow, or cut.

use std::{io, net::SocketAddr, sync::Arc, time::Duration};

use tokio::{
    io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _},
    net::{TcpListener, TcpStream},
    sync::watch,
    task::AbortHandle,
    time::sleep,
};

/// What is read at once.
const BUFFER: usize = 64 * 1024;

/// How a wire is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Wire {
    Clear,
    /// Everything comes so much later.
    Slow(Duration),
    /// Nothing is connected, and nothing can be.
    Cut,
}

/// Stands between the fleet and one service.
pub(crate) struct Proxy {
    address: SocketAddr,
    wire: Arc<watch::Sender<Wire>>,
    accepting: AbortHandle,
}

impl Proxy {
    /// In front of this host and port.
    pub(crate) async fn before(service: &str) -> io::Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let address = listener.local_addr()?;
        let wire = Arc::new(watch::Sender::new(Wire::Clear));
        let (wires, service) = (Arc::clone(&wire), service.to_owned());
        let accepting = tokio::spawn(async move {
            while let Ok((client, _)) = listener.accept().await {
                tokio::spawn(relay(client, service.clone(), wires.subscribe()));
            }
        });
        Ok(Self { address, wire, accepting: accepting.abort_handle() })
    }

    /// `host:port` of this side.
    pub(crate) fn address(&self) -> String {
        self.address.to_string()
    }

    pub(crate) fn set(&self, wire: Wire) {
        self.wire.send_replace(wire);
    }
}

impl Drop for Proxy {
    fn drop(&mut self) {
        self.accepting.abort();
    }
}

/// An error of either side ends both.
async fn relay(mut client: TcpStream, service: String, mut wire: watch::Receiver<Wire>) -> io::Result<()> {
    if *wire.borrow_and_update() == Wire::Cut {
        return Ok(());
    }
    let mut server = TcpStream::connect(&service).await?;
    client.set_nodelay(true)?;
    server.set_nodelay(true)?;
    let ((from_client, to_client), (from_server, to_server)) = (client.split(), server.split());
    let (up, down) = (wire.clone(), wire.clone());
    tokio::select! {
        result = pump(from_client, to_server, up) => result,
        result = pump(from_server, to_client, down) => result,
        _ = wire.wait_for(|wire| *wire == Wire::Cut) => Ok(()),
    }
}

async fn pump(mut from: impl AsyncRead + Unpin, mut to: impl AsyncWrite + Unpin, wire: watch::Receiver<Wire>) -> io::Result<()> {
    let mut buffer = vec![0; BUFFER];
    loop {
        let count = from.read(&mut buffer).await?;
        if count == 0 {
            return Ok(());
        }
        let now = *wire.borrow();
        if let Wire::Slow(by) = now {
            sleep(by).await;
        }
        to.write_all(&buffer[..count]).await?;
    }
}
