//! Where a person finds in HubSpot what is told here.

use std::net::{IpAddr, SocketAddr};

use domain::{ContactId, connection::Connection};

/// A contact's page; 0-1 is HubSpot's type id of contacts.
pub(crate) fn contact(connection: &Connection, contact: ContactId) -> String {
    let Connection { ui_domain, portal, .. } = connection;
    format!("{}://{ui_domain}/contacts/{portal}/record/0-1/{contact}", scheme(ui_domain))
}

/// HubSpot's pages are https. Only a simulator serves its own from this machine, and has no certificate.
fn scheme(host: &str) -> &'static str {
    let address = host.parse::<SocketAddr>().map(|address| address.ip()).or_else(|_| host.parse::<IpAddr>());
    let name = host.rsplit_once(':').map_or(host, |(name, _port)| name);
    if name.eq_ignore_ascii_case("localhost") || address.is_ok_and(|ip| ip.is_loopback()) { "http" } else { "https" }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_this_machines_pages_are_http() {
        for host in ["127.0.0.1:8086", "127.0.0.1", "[::1]:8086", "localhost", "localhost:8086"] {
            assert_eq!(scheme(host), "http", "{host}");
        }
        for host in
            ["app.hubspot.com", "app-eu1.hubspot.com", "127.0.0.1.example.com", "localhost.example.com", "10.0.0.1:80", ""]
        {
            assert_eq!(scheme(host), "https", "{host}");
        }
    }
}
