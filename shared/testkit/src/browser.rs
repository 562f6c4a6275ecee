//! A real Chromium, driven over WebDriver, for tests that use pages as a person does.

use std::{
    io::{BufRead as _, BufReader, Read as _, Write as _},
    net::TcpStream,
    path::PathBuf,
    process::{Child, Command, Stdio},
    time::Duration,
};

use anyhow::{Context as _, bail};
use thirtyfour::{By, ChromiumLikeCapabilities as _, DesiredCapabilities, WebDriver, WebElement};

/// Set by `deploy/test` where the machine has Chromium and its driver.
const WANTED: &str = "WRITEBACK_TEST_BROWSER";
/// A folder that screenshots go to; none are taken unless it is set.
const SCREENSHOTS: &str = "WRITEBACK_TEST_SCREENSHOTS";

/// Longest wait for an element or a page.
const WITHIN: Duration = Duration::from_secs(30);
const LOOK_EVERY: Duration = Duration::from_millis(20);

/// A browser with a profile of its own. Ended when dropped.
pub struct Browser {
    window: Window,
    // After the window, which tells it to end the browser.
    _driver: Driver,
}

impl Browser {
    /// Starts one, or says that there is none on this machine.
    #[expect(clippy::print_stderr, reason = "a test that does nothing has to say so")]
    pub async fn start() -> anyhow::Result<Option<Self>> {
        if std::env::var_os(WANTED).is_none() {
            eprintln!("skipped: {WANTED} is not set (deploy/test sets it where Chromium and chromedriver are installed)");
            return Ok(None);
        }
        crate::install_crypto();
        let driver = Command::new("chromedriver")
            .args(["--port=0", "--log-level=WARNING"])
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn();
        let mut driver = Driver(driver.context("starting chromedriver")?);
        let port = port(&mut driver.0)?;
        let mut browser = Self { window: Window { session: Some(connect(port).await?), port }, _driver: driver };
        browser.resize(1200, 900).await?;
        Ok(Some(browser))
    }

    /// The size of what is seen.
    pub async fn resize(&mut self, width: u32, height: u32) -> anyhow::Result<()> {
        Ok(self.window.set_window_rect(0, 0, width, height).await?)
    }

    /// Opens an address.
    pub async fn open(&self, url: &str) -> anyhow::Result<()> {
        Ok(self.window.goto(url).await?)
    }

    /// Fills a field in.
    pub async fn fill(&self, css: &str, text: &str) -> anyhow::Result<()> {
        let field = self.find(By::Css(css)).await?;
        field.clear().await?;
        Ok(field.send_keys(text).await?)
    }

    /// Presses what is there.
    pub async fn press(&self, css: &str) -> anyhow::Result<()> {
        Ok(self.find(By::Css(css)).await?.click().await?)
    }

    /// Follows a link by its words.
    pub async fn follow(&self, words: &str) -> anyhow::Result<()> {
        Ok(self.find(By::LinkText(words)).await?.click().await?)
    }

    /// Waits until it is there.
    async fn find(&self, by: By) -> anyhow::Result<WebElement> {
        let finding = async {
            loop {
                if let Ok(found) = self.window.find(by.clone()).await {
                    return found;
                }
                tokio::time::sleep(LOOK_EVERY).await;
            }
        };
        let Ok(found) = tokio::time::timeout(WITHIN, finding).await else {
            bail!("{by:?} is not on the page {}:\n{}", self.window.current_url().await?, self.text().await?);
        };
        Ok(found)
    }

    /// Waits until the page says so.
    pub async fn sees(&self, words: &str) -> anyhow::Result<()> {
        let seeing = async {
            loop {
                if self.text().await.is_ok_and(|text| text.contains(words)) {
                    return;
                }
                tokio::time::sleep(LOOK_EVERY).await;
            }
        };
        if tokio::time::timeout(WITHIN, seeing).await.is_err() {
            bail!("{words:?} is not on the page {}:\n{}", self.window.current_url().await?, self.text().await?);
        }
        Ok(())
    }

    /// All that can be read.
    pub async fn text(&self) -> anyhow::Result<String> {
        Ok(self.window.find(By::Css("body")).await?.text().await?)
    }

    /// How far the page is wider than the window.
    pub async fn overflow(&self) -> anyhow::Result<i64> {
        let wider = "return document.documentElement.scrollWidth - document.documentElement.clientWidth";
        Ok(self.window.execute(wider, Vec::new()).await?.json().as_i64().unwrap_or(0))
    }

    /// Takes a picture at both widths, if pictures are wanted, and makes sure that nothing sticks out on a telephone.
    pub async fn look(&mut self, name: &str) -> anyhow::Result<()> {
        self.resize(390, 844).await?;
        let overflow = self.overflow().await?;
        self.picture(&format!("{name}-narrow")).await?;
        self.resize(1200, 900).await?;
        self.picture(name).await?;
        if overflow > 0 {
            bail!("{name} is {overflow} px wider than a telephone");
        }
        Ok(())
    }

    async fn picture(&self, name: &str) -> anyhow::Result<()> {
        let Some(folder) = std::env::var_os(SCREENSHOTS).map(PathBuf::from) else { return Ok(()) };
        let png = self.window.screenshot_as_png().await?;
        Ok(std::fs::write(folder.join(format!("{name}.png")), png)?)
    }
}

/// The window as its driver knows it.
struct Window {
    session: Option<WebDriver>,
    port: u16,
}

impl std::ops::Deref for Window {
    type Target = WebDriver;

    fn deref(&self) -> &WebDriver {
        self.session.as_ref().expect("it is there until it is dropped")
    }
}

impl Drop for Window {
    fn drop(&mut self) {
        let Some(session) = self.session.take() else { return };
        // By a connection of its own: the client's belong to a runtime that is waiting for this very function.
        let id = session.session_id().to_string();
        // Or it would do the same by its own means, and wait for two minutes.
        let _ = session.leak();
        let _ = delete(self.port, &id);
    }
}

/// Ends a session, which ends the browser.
fn delete(port: u16, session: &str) -> std::io::Result<()> {
    let mut stream = TcpStream::connect(("127.0.0.1", port))?;
    stream.set_read_timeout(Some(WITHIN))?;
    write!(stream, "DELETE /session/{session} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: close\r\n\r\n")?;
    stream.read(&mut [0; 64]).map(drop)
}

/// The driver's process.
struct Driver(Child);

impl Drop for Driver {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// The port that the driver took.
fn port(driver: &mut Child) -> anyhow::Result<u16> {
    let out = driver.stdout.take().context("chromedriver has no output")?;
    for line in BufReader::new(out).lines() {
        if let Some((_, rest)) = line?.split_once("started successfully on port ") {
            return Ok(rest.trim_end_matches('.').parse()?);
        }
    }
    bail!("chromedriver did not start")
}

async fn connect(port: u16) -> anyhow::Result<WebDriver> {
    let mut capabilities = DesiredCapabilities::chrome();
    for argument in [
        "--headless=new",
        // Containers have no user namespaces and little shared memory.
        "--no-sandbox",
        "--disable-dev-shm-usage",
        "--disable-gpu",
        // Nothing of ours leads away from this machine.
        "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1",
    ] {
        capabilities.add_arg(argument)?;
    }
    Ok(WebDriver::new(format!("http://127.0.0.1:{port}"), capabilities).await?)
}
