//! The account itself, and its users who can own records (account information guide, owners guide).

use domain::{OwnerId, PortalId};
use reqwest::Method;
use serde::Deserialize;

use crate::{call::Call, error::Error, portal::Portal, record::Paging, request::Request};

/// Owners of a page; the documented default.
const OWNERS_PAGE: usize = 100;
/// Pages of owners that are read: 5,000 owners.
const OWNERS_PAGES_MAX: usize = 50;

/// The portal's own details.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct AccountInfo {
    /// Its number.
    pub portal_id: PortalId,
    /// `STANDARD`, `DEVELOPER_TEST`, `SANDBOX`, `APP_DEVELOPER`.
    #[serde(default)]
    pub account_type: String,
    /// An IANA zone; daily limits end at its midnight.
    #[serde(default)]
    pub time_zone: String,
    /// Host of its pages, for links.
    #[serde(default)]
    pub ui_domain: String,
}

/// A user who can own records. `Debug` shows no address and no name.
#[derive(Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Owner {
    /// What `hubspot_owner_id` takes; the user id is refused.
    pub id: OwnerId,
    /// The user's address.
    #[serde(default)]
    pub email: Option<String>,
    /// The user's first name.
    #[serde(default)]
    pub first_name: Option<String>,
    /// The user's last name.
    #[serde(default)]
    pub last_name: Option<String>,
    /// Whether the user is gone.
    #[serde(default)]
    pub archived: bool,
}

impl std::fmt::Debug for Owner {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Owner({})", self.id)
    }
}

#[derive(Deserialize)]
struct Owners {
    #[serde(default)]
    results: Vec<Owner>,
    #[serde(default)]
    paging: Option<Paging>,
}

impl Portal {
    /// The portal's own details.
    pub async fn account(&self) -> Result<AccountInfo, Error> {
        self.json(Request::new(Call::Account, Method::GET, self.addresses().account())).await
    }

    /// Everybody who can own records.
    pub async fn owners(&self) -> Result<Vec<Owner>, Error> {
        let (mut owners, mut after) = (Vec::new(), None::<String>);
        for _ in 0..OWNERS_PAGES_MAX {
            let mut request = Request::new(Call::Owners, Method::GET, self.addresses().owners());
            request.url.query_pairs_mut().append_pair("limit", &OWNERS_PAGE.to_string());
            if let Some(after) = &after {
                request.url.query_pairs_mut().append_pair("after", after);
            }
            let page: Owners = self.json(request).await?;
            owners.extend(page.results);
            after = page.paging.and_then(|paging| paging.next?.after);
            if after.is_none() {
                break;
            }
        }
        Ok(owners)
    }

    /// The owner with that address.
    pub async fn owner_by_email(&self, email: &domain::Email) -> Result<Option<Owner>, Error> {
        let mut request = Request::new(Call::Owners, Method::GET, self.addresses().owners());
        request.url.query_pairs_mut().append_pair("email", email.as_str());
        let page: Owners = self.json(request).await?;
        let same = |owner: &Owner| owner.email.as_ref().is_some_and(|own| own.eq_ignore_ascii_case(email.as_str()));
        Ok(page.results.into_iter().find(same))
    }

    /// Takes our app out of the portal; HubSpot tells the customer by mail (app uninstall endpoint).
    pub async fn uninstall(&self) -> Result<(), Error> {
        self.send(Request::new(Call::Uninstall, Method::DELETE, self.addresses().install())).await
    }
}
