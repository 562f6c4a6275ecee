//! What we ask of HubSpot: a closed list, so that it can be a label.

use std::fmt;

use domain::budget::Bucket;

macro_rules! calls {
    ($($(#[$doc:meta])* $name:ident = $text:literal, $effect:ident;)+) => {
        /// One kind of request to HubSpot.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum Call { $($(#[$doc])* $name),+ }

        impl Call {
            /// The stable name in metrics, logs and error texts.
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$name => $text),+ }
            }

            /// Whether an answer that got lost leaves a doubt.
            pub fn effect(self) -> Effect {
                match self { $(Self::$name => Effect::$effect),+ }
            }
        }
    };
}

/// Whether a request can leave a doubt behind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Effect {
    /// It only reads, or repeating it has no further effect.
    Repeatable,
    /// Repeating it could double something.
    Creates,
}

calls! {
    /// One record by id.
    Get = "get", Repeatable;
    /// Up to a hundred records by id or by a unique property.
    BatchRead = "batch_read", Repeatable;
    /// A search. Spends from its own budget.
    Search = "search", Repeatable;
    /// One new record.
    Create = "create", Creates;
    /// Up to a hundred new records.
    BatchCreate = "batch_create", Creates;
    /// One record changed. Repeating it sets the same values again.
    Update = "update", Repeatable;
    /// Two records associated. Repeating it has no further effect.
    Associate = "associate", Repeatable;
    /// What a record is associated with.
    Associations = "associations", Repeatable;
    /// One property's definition, or all of an object's.
    Properties = "properties", Repeatable;
    /// A new property or property group. HubSpot refuses a second one of the same name.
    PropertyCreate = "property_create", Repeatable;
    /// The portal's own objects.
    Schemas = "schemas", Repeatable;
    /// The pipelines of an object.
    Pipelines = "pipelines", Repeatable;
    /// The kinds of links from one object to another.
    AssociationTypes = "association_types", Repeatable;
    /// The account's own details.
    Account = "account", Repeatable;
    /// The portal's users who can own records.
    Owners = "owners", Repeatable;
    /// A code or refresh token exchanged for an access token.
    Token = "token", Repeatable;
    /// What a token is good for.
    Introspect = "introspect", Repeatable;
    /// A refresh token made worthless.
    Revoke = "revoke", Repeatable;
    /// Our app taken out of the portal.
    Uninstall = "uninstall", Repeatable;
}

impl Call {
    /// Which of the portal's budgets it spends from; searches have their own (usage guidelines).
    pub fn bucket(self) -> Bucket {
        match self {
            Self::Search => Bucket::Search,
            _ => Bucket::Burst,
        }
    }
}

impl fmt::Display for Call {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
