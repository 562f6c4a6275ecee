//! Object type ids: `0-1`, `2-123456`.

use std::fmt;

/// The number pair that names an object type in every version of the API.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct TypeId(u8, u32);

impl TypeId {
    pub(crate) const CONTACT: Self = Self(0, 1);
    pub(crate) const COMPANY: Self = Self(0, 2);
    pub(crate) const DEAL: Self = Self(0, 3);
    pub(crate) const TICKET: Self = Self(0, 5);
    pub(crate) const COMMUNICATION: Self = Self(0, 18);
    pub(crate) const TASK: Self = Self(0, 27);
    pub(crate) const NOTE: Self = Self(0, 46);
    pub(crate) const MEETING: Self = Self(0, 47);
    pub(crate) const CALL: Self = Self(0, 48);
    pub(crate) const EMAIL: Self = Self(0, 49);
    pub(crate) const LEAD: Self = Self(0, 136);

    pub(crate) const fn standard(number: u32) -> Self {
        Self(0, number)
    }

    pub(crate) const fn custom(number: u32) -> Self {
        Self(2, number)
    }

    pub(crate) fn is_custom(self) -> bool {
        self.0 == 2
    }

    /// Calls, notes, e-mails, meetings, tasks: what every custom object can be associated with from its start.
    pub(crate) const ENGAGEMENTS: [Self; 5] = [Self::CALL, Self::NOTE, Self::EMAIL, Self::MEETING, Self::TASK];

    /// The types whose records are conversations on a timeline.
    pub(crate) const TIMELINE: [Self; 3] = [Self::CALL, Self::NOTE, Self::COMMUNICATION];
}

impl fmt::Display for TypeId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{}", self.0, self.1)
    }
}
