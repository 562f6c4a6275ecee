//! A browser, as far as the service can tell: cookies, forms, and no redirect that the test does not see.

use std::collections::BTreeMap;

use api::password::Password;
use domain::{AccountId, Email};
use reqwest::{
    Method, StatusCode,
    header::{self, HeaderMap},
    redirect::Policy,
};
use store::users;

use super::World;

/// Cookies and a client. Each is another person's, or another machine's.
pub(crate) struct Browser {
    pub(crate) origin: String,
    pub(crate) cookies: BTreeMap<String, String>,
    http: reqwest::Client,
}

/// What came back.
pub(crate) struct Page {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) text: String,
}

impl Page {
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).map(|value| value.to_str().unwrap())
    }

    /// Where it leads.
    #[track_caller]
    pub(crate) fn location(&self) -> &str {
        assert_eq!(self.status, StatusCode::SEE_OTHER, "{}", self.text);
        self.header("location").unwrap()
    }

    /// The page, which was shown with that status and says that.
    #[track_caller]
    pub(crate) fn says(&self, status: u16, words: &str) {
        assert_eq!(self.status.as_u16(), status, "{}", self.text);
        assert!(self.text.contains(words), "{words:?} is not in {}", self.text);
    }

    /// The token of its forms.
    #[track_caller]
    pub(crate) fn form_token(&self) -> String {
        let (_, rest) = self.text.split_once(r#"name="form_token" value=""#).expect("a form");
        rest.split('"').next().unwrap().to_owned()
    }
}

pub(crate) const EMAIL: &str = "dana@acme.example";
pub(crate) const PASSWORD: &str = "correct horse battery";

impl World {
    /// A browser that was never here.
    pub(crate) fn browser(&self) -> Browser {
        let http = reqwest::Client::builder().no_proxy().redirect(Policy::none()).build().unwrap();
        Browser { origin: format!("http://{}", self.address), cookies: BTreeMap::new(), http }
    }

    /// Lets somebody of an account sign in.
    pub(crate) async fn user(&self, account: AccountId, email: &str) {
        let hash = Password::parse(PASSWORD.into()).unwrap().hash().unwrap();
        users::create(&self.db, account, &Email::parse(email).unwrap(), Some(&hash)).await.unwrap().unwrap();
    }

    /// A browser in which somebody of that account is signed in.
    pub(crate) async fn signed_in(&self, account: AccountId, email: &str) -> Browser {
        self.user(account, email).await;
        let mut browser = self.browser();
        browser.sign_in(email, PASSWORD).await.location();
        browser
    }
}

impl Browser {
    /// Opens a path of ours.
    pub(crate) async fn get(&mut self, path: &str) -> Page {
        self.send(Method::GET, path, &[], None).await
    }

    /// Sends a form, as a page of ours does.
    pub(crate) async fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> Page {
        let origin = self.origin.clone();
        self.send(Method::POST, path, &[("origin", &origin), ("sec-fetch-site", "same-origin")], Some(fields)).await
    }

    /// Opens a page and sends a form of it.
    pub(crate) async fn submit(&mut self, page: &str, action: &str, fields: &[(&str, &str)]) -> Page {
        let token = self.get(page).await.form_token();
        self.post(action, &[&[("form_token", token.as_str())], fields].concat()).await
    }

    pub(crate) async fn sign_in(&mut self, email: &str, password: &str) -> Page {
        self.submit("/sign-in", "/sign-in", &[("email", email), ("password", password)]).await
    }

    /// Sends anything.
    pub(crate) async fn send(
        &mut self,
        method: Method,
        path: &str,
        headers: &[(&str, &str)],
        form: Option<&[(&str, &str)]>,
    ) -> Page {
        let mut request = self.http.request(method, format!("{}{path}", self.origin));
        let cookies: Vec<_> = self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        if !cookies.is_empty() {
            request = request.header(header::COOKIE, cookies.join("; "));
        }
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        if let Some(form) = form {
            request = request.form(form);
        }
        let response = request.send().await.unwrap();
        let (status, headers) = (response.status(), response.headers().clone());
        for cookie in headers.get_all(header::SET_COOKIE) {
            self.keep(cookie.to_str().unwrap());
        }
        Page { status, headers, text: response.text().await.unwrap() }
    }

    fn keep(&mut self, cookie: &str) {
        let (pair, attributes) = cookie.split_once(';').unwrap();
        let (name, value) = pair.split_once('=').unwrap();
        assert!(
            attributes.contains("HttpOnly") && attributes.contains("SameSite=Lax") && attributes.contains("Path=/"),
            "{cookie}"
        );
        if attributes.contains("Max-Age=0") {
            self.cookies.remove(name);
        } else {
            self.cookies.insert(name.to_owned(), value.to_owned());
        }
    }
}
