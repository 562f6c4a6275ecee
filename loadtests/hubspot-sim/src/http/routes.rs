//! Every route of the API, in one list.

use std::sync::LazyLock;

use super::call::{Call, Outcome};
use super::{
    account, association_batches, association_labels, associations, batches, objects, owners, pipeline_api, properties,
    property_groups, schemas, search, tokens, usage, validations,
};
use crate::http::decode::{Pairs, decode};
use crate::limits::Budget;
use crate::world::World;

/// Who answers.
#[derive(Clone, Copy)]
pub(crate) enum Handler {
    /// With a bearer token.
    Api(fn(&Call<'_>) -> Outcome),
    /// With an app's own credentials in the form: the token endpoints.
    Form(fn(&World, &Pairs) -> tokens::Answer),
}

/// One route.
pub(crate) struct Route {
    pub(crate) method: &'static str,
    pub(crate) template: &'static str,
    pub(crate) budget: Budget,
    pub(crate) handler: Handler,
    segments: Vec<&'static str>,
}

type Row = (&'static str, &'static str, Budget, Handler);

const fn api(method: &'static str, template: &'static str, handler: fn(&Call<'_>) -> Outcome) -> Row {
    (method, template, Budget::Burst, Handler::Api(handler))
}

/// A route outside the ten-second counter: `/crm/associations/...` batches and labels.
const fn links(method: &'static str, template: &'static str, handler: fn(&Call<'_>) -> Outcome) -> Row {
    (method, template, Budget::Associations, Handler::Api(handler))
}

const fn form(template: &'static str, handler: fn(&World, &Pairs) -> tokens::Answer) -> Row {
    ("POST", template, Budget::Free, Handler::Form(handler))
}

/// Literal segments stand before placeholders of the same shape.
#[rustfmt::skip]
const ROWS: &[Row] = &[
    form("/oauth/{v}/token", tokens::token),
    form("/oauth/{v}/token/introspect", tokens::introspect),
    form("/oauth/{v}/token/revoke", tokens::revoke),
    api("DELETE", "/appinstalls/{v}/external-install", account::uninstall),
    api("GET", "/account-info/{v}/details", account::details),

    ("POST", "/crm/objects/{v}/{type}/search", Budget::Search, Handler::Api(search::search)),
    api("POST", "/crm/objects/{v}/{type}/merge", objects::merge),
    api("POST", "/crm/objects/{v}/{type}/gdpr-delete", objects::gdpr_delete),
    api("POST", "/crm/objects/{v}/{type}/batch/create", batches::create),
    api("POST", "/crm/objects/{v}/{type}/batch/read", batches::read),
    api("POST", "/crm/objects/{v}/{type}/batch/update", batches::update),
    api("POST", "/crm/objects/{v}/{type}/batch/upsert", batches::upsert),
    api("POST", "/crm/objects/{v}/{type}/batch/archive", batches::archive),
    api("GET", "/crm/objects/{v}/{type}", objects::list),
    api("POST", "/crm/objects/{v}/{type}", objects::create),
    api("GET", "/crm/objects/{v}/{type}/{id}", objects::read),
    api("PATCH", "/crm/objects/{v}/{type}/{id}", objects::update),
    api("DELETE", "/crm/objects/{v}/{type}/{id}", objects::archive),
    api("PUT", "/crm/objects/{v}/{type}/{id}/associations/default/{to}/{toId}", associations::put_default),
    api("GET", "/crm/objects/{v}/{type}/{id}/associations/{to}", associations::list),
    api("PUT", "/crm/objects/{v}/{type}/{id}/associations/{to}/{toId}", associations::put),
    api("DELETE", "/crm/objects/{v}/{type}/{id}/associations/{to}/{toId}", associations::delete),

    links("POST", "/crm/associations/{v}/{from}/{to}/batch/read", association_batches::read),
    links("POST", "/crm/associations/{v}/{from}/{to}/batch/create", association_batches::create),
    links("POST", "/crm/associations/{v}/{from}/{to}/batch/associate/default", association_batches::create_default),
    links("POST", "/crm/associations/{v}/{from}/{to}/batch/archive", association_batches::archive),
    links("POST", "/crm/associations/{v}/{from}/{to}/batch/labels/archive", association_batches::archive_labels),
    links("GET", "/crm/associations/{v}/{from}/{to}/labels", association_labels::list),
    links("POST", "/crm/associations/{v}/{from}/{to}/labels", association_labels::create),
    links("PUT", "/crm/associations/{v}/{from}/{to}/labels", association_labels::rename),
    links("DELETE", "/crm/associations/{v}/{from}/{to}/labels/{typeId}", association_labels::delete),

    api("GET", "/crm/properties/{v}/{type}", properties::list),
    api("POST", "/crm/properties/{v}/{type}", properties::create),
    api("POST", "/crm/properties/{v}/{type}/batch/read", properties::batch_read),
    api("POST", "/crm/properties/{v}/{type}/batch/create", properties::batch_create),
    api("POST", "/crm/properties/{v}/{type}/batch/archive", properties::batch_archive),
    api("GET", "/crm/properties/{v}/{type}/groups", property_groups::list),
    api("POST", "/crm/properties/{v}/{type}/groups", property_groups::create),
    api("GET", "/crm/properties/{v}/{type}/groups/{group}", property_groups::read),
    api("PATCH", "/crm/properties/{v}/{type}/groups/{group}", property_groups::update),
    api("DELETE", "/crm/properties/{v}/{type}/groups/{group}", property_groups::delete),
    api("GET", "/crm/properties/{v}/{type}/{property}", properties::read),
    api("PATCH", "/crm/properties/{v}/{type}/{property}", properties::update),
    api("DELETE", "/crm/properties/{v}/{type}/{property}", properties::archive),
    api("GET", "/crm/property-validations/{v}/{type}", validations::list),
    api("GET", "/crm/property-validations/{v}/{type}/{property}", validations::read),

    api("GET", "/crm-object-schemas/{v}/schemas", schemas::list),
    api("POST", "/crm-object-schemas/{v}/schemas", schemas::create),
    api("POST", "/crm-object-schemas/{v}/schemas/batch/read", schemas::batch_read),
    api("GET", "/crm-object-schemas/{v}/schemas/{type}", schemas::read),
    api("DELETE", "/crm-object-schemas/{v}/schemas/{type}", schemas::delete),

    api("GET", "/crm/pipelines/{v}/{type}", pipeline_api::list),
    api("POST", "/crm/pipelines/{v}/{type}", pipeline_api::create),
    api("GET", "/crm/pipelines/{v}/{type}/{pipeline}", pipeline_api::read),
    api("DELETE", "/crm/pipelines/{v}/{type}/{pipeline}", pipeline_api::delete),
    api("GET", "/crm/pipelines/{v}/{type}/{pipeline}/stages", pipeline_api::stages),
    api("POST", "/crm/pipelines/{v}/{type}/{pipeline}/stages", pipeline_api::create_stage),
    api("GET", "/crm/pipelines/{v}/{type}/{pipeline}/stages/{stage}", pipeline_api::stage),
    api("DELETE", "/crm/pipelines/{v}/{type}/{pipeline}/stages/{stage}", pipeline_api::delete_stage),

    api("GET", "/crm/owners/{v}", owners::list),
    api("GET", "/crm/owners/{v}/{id}", owners::read),
    api("GET", "/crm/limits/{v}/custom-properties", usage::custom_properties),
    api("GET", "/crm/limits/{v}/records", usage::records),
];

static ROUTES: LazyLock<Vec<Route>> = LazyLock::new(|| {
    let route = |&(method, template, budget, handler): &Row| Route {
        method,
        template,
        budget,
        handler,
        segments: template.split('/').skip(1).collect(),
    };
    ROWS.iter().map(route).collect()
});

/// What a path led to.
pub(crate) enum Matched {
    /// The route, its version as written, and its parameters.
    Route {
        route: &'static Route,
        version: String,
        params: Vec<String>,
    },
    /// The path is there, the method is not.
    WrongMethod,
    Nothing,
}

/// Finds the route of a request. An encoded `/` in a segment does not split it.
pub(crate) fn find(method: &str, path: &str) -> Matched {
    let segments: Vec<&str> = path.split('/').skip(1).collect();
    let mut of_path = ROUTES.iter().filter(|route| route.fits(&segments)).peekable();
    if of_path.peek().is_none() {
        return Matched::Nothing;
    }
    let Some(route) = of_path.find(|route| route.method == method) else { return Matched::WrongMethod };
    let mut values = route.segments.iter().zip(&segments).filter(|(name, _)| name.starts_with('{'));
    let version = values.next().map(|(_, value)| (*value).to_owned()).unwrap_or_default();
    let params = values.map(|(_, value)| decode(value, false)).collect();
    Matched::Route { route, version, params }
}

impl Route {
    fn fits(&self, segments: &[&str]) -> bool {
        self.segments.len() == segments.len()
            && self
                .segments
                .iter()
                .zip(segments)
                .all(|(wanted, held)| wanted == held || (wanted.starts_with('{') && !held.is_empty()))
    }

    /// The object a path names, as it names it.
    pub(crate) fn object<'p>(&self, params: &'p [String]) -> Option<&'p str> {
        let named = self.template.contains("/{v}/{type}") || self.template.contains("/{v}/{from}");
        params.first().filter(|_| named).map(String::as_str)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(method: &str, path: &str, expected: &str) {
        let found = match find(method, path) {
            Matched::Route { route, .. } => route.template,
            Matched::WrongMethod => "405",
            Matched::Nothing => "404",
        };
        assert_eq!(found, expected, "{method} {path}");
    }

    #[test]
    fn literals_win_over_placeholders() {
        check("POST", "/crm/objects/2026-09/calls/batch/create", "/crm/objects/{v}/{type}/batch/create");
        check("GET", "/crm/properties/2026-09/calls/groups", "/crm/properties/{v}/{type}/groups");
        check(
            "PUT",
            "/crm/objects/2026-09/calls/1/associations/default/contacts/2",
            "/crm/objects/{v}/{type}/{id}/associations/default/{to}/{toId}",
        );
        check("GET", "/crm/objects/2026-09/contacts/a%2Fb", "/crm/objects/{v}/{type}/{id}");
    }

    #[test]
    fn what_is_not_there_is_told_apart_from_the_wrong_method() {
        check("PUT", "/crm/objects/2026-09/calls", "405");
        check("GET", "/crm/v3/objects/calls/1/2", "404");
        // The third version's labelled PUT, which the guides still show.
        check("PUT", "/crm/objects/2026-09/calls/1/associations/contacts/2/194", "404");
    }
}
