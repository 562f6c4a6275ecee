//! Association types: the numbers that say what a link between two records means, one for each direction.

use serde_json::{Value, json};

use super::type_id::TypeId;

/// Whose number it is. The spaces are apart: `USER_DEFINED` 1 is not `HUBSPOT_DEFINED` 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Category {
    HubSpot,
    User,
    Integrator,
    Work,
}

impl Category {
    pub(crate) fn parse(text: &str) -> Option<Self> {
        Some(match text {
            "HUBSPOT_DEFINED" => Self::HubSpot,
            "USER_DEFINED" => Self::User,
            "INTEGRATOR_DEFINED" => Self::Integrator,
            "WORK" => Self::Work,
            _ => return None,
        })
    }

    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::HubSpot => "HUBSPOT_DEFINED",
            Self::User => "USER_DEFINED",
            Self::Integrator => "INTEGRATOR_DEFINED",
            Self::Work => "WORK",
        }
    }
}

/// A category and a number in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Spec {
    pub(crate) category: Category,
    pub(crate) type_id: u32,
}

/// One direction of a kind of link.
#[derive(Clone, Debug)]
pub(crate) struct AssociationType {
    pub(crate) from: TypeId,
    pub(crate) to: TypeId,
    pub(crate) spec: Spec,
    pub(crate) inverse: Spec,
    pub(crate) label: Option<String>,
}

impl AssociationType {
    pub(crate) fn to_json(&self) -> Value {
        json!({"category": self.spec.category.as_str(), "typeId": self.spec.type_id, "label": self.label})
    }
}

/// Unlabelled links that HubSpot defines: from, to, number, number of the way back [associations guide; NODE enums].
const DEFAULTS: &[(TypeId, TypeId, u32, u32)] = &[
    (TypeId::CALL, TypeId::CONTACT, 194, 193),
    (TypeId::CALL, TypeId::COMPANY, 182, 181),
    (TypeId::CALL, TypeId::DEAL, 206, 205),
    (TypeId::CALL, TypeId::TICKET, 220, 219),
    (TypeId::CALL, TypeId::LEAD, 597, 596),
    (TypeId::NOTE, TypeId::CONTACT, 202, 201),
    (TypeId::NOTE, TypeId::COMPANY, 190, 189),
    (TypeId::NOTE, TypeId::DEAL, 214, 213),
    (TypeId::NOTE, TypeId::TICKET, 228, 227),
    (TypeId::NOTE, TypeId::LEAD, 855, 854),
    (TypeId::COMMUNICATION, TypeId::CONTACT, 81, 82),
    (TypeId::COMMUNICATION, TypeId::COMPANY, 87, 88),
    (TypeId::COMMUNICATION, TypeId::DEAL, 85, 86),
    (TypeId::COMMUNICATION, TypeId::TICKET, 83, 84),
    (TypeId::COMMUNICATION, TypeId::LEAD, 603, 602),
    (TypeId::TASK, TypeId::CONTACT, 204, 203),
    (TypeId::TASK, TypeId::COMPANY, 192, 191),
    (TypeId::TASK, TypeId::DEAL, 216, 215),
    (TypeId::TASK, TypeId::TICKET, 230, 229),
    (TypeId::TASK, TypeId::LEAD, 647, 646),
    (TypeId::EMAIL, TypeId::CONTACT, 198, 197),
    (TypeId::EMAIL, TypeId::COMPANY, 186, 185),
    (TypeId::EMAIL, TypeId::DEAL, 210, 209),
    (TypeId::EMAIL, TypeId::TICKET, 224, 223),
    (TypeId::MEETING, TypeId::CONTACT, 200, 199),
    (TypeId::MEETING, TypeId::COMPANY, 188, 187),
    (TypeId::MEETING, TypeId::DEAL, 212, 211),
    (TypeId::MEETING, TypeId::TICKET, 226, 225),
    (TypeId::MEETING, TypeId::LEAD, 601, 600),
    (TypeId::CALL, TypeId::MEETING, 399, 400),
    (TypeId::CONTACT, TypeId::COMPANY, 279, 280),
    (TypeId::CONTACT, TypeId::DEAL, 4, 3),
    (TypeId::CONTACT, TypeId::TICKET, 15, 16),
    (TypeId::DEAL, TypeId::COMPANY, 341, 342),
    (TypeId::TICKET, TypeId::COMPANY, 339, 340),
    (TypeId::DEAL, TypeId::TICKET, 27, 28),
];

/// "Primary" links.
const PRIMARY: &[(TypeId, TypeId, u32, u32)] =
    &[(TypeId::CONTACT, TypeId::COMPANY, 1, 2), (TypeId::DEAL, TypeId::COMPANY, 5, 6), (TypeId::TICKET, TypeId::COMPANY, 26, 25)];

/// Both directions of everything above.
pub(crate) fn standard() -> Vec<AssociationType> {
    let unlabelled = DEFAULTS.iter().map(|row| (row, None));
    let labelled = PRIMARY.iter().map(|row| (row, Some("Primary")));
    unlabelled.chain(labelled).flat_map(|(&(from, to, there, back), label)| both(from, to, there, back, label)).collect()
}

fn both(from: TypeId, to: TypeId, there: u32, back: u32, label: Option<&str>) -> [AssociationType; 2] {
    let (there, back) = (hubspot(there), hubspot(back));
    let label = label.map(str::to_owned);
    [
        AssociationType { from, to, spec: there, inverse: back, label: label.clone() },
        AssociationType { from: to, to: from, spec: back, inverse: there, label },
    ]
}

fn hubspot(type_id: u32) -> Spec {
    Spec { category: Category::HubSpot, type_id }
}
