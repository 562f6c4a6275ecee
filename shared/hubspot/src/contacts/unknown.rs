//! The contact that is created for a caller whom HubSpot does not know.

use domain::{Text, caller::CallerKey, connection::UniqueMode};

use super::NewContact;
use crate::identify::Caller;

impl NewContact {
    /// What the conversations of one caller say of it (each as caller and name), the first one that says anything first; and our
    /// own key where the portal has a place for it.
    pub fn of(conversations: &[(&Caller, Option<&Text>)], key: Option<CallerKey>, mode: UniqueMode) -> Self {
        let named = conversations.iter().map(|(_, name)| names(*name));
        let (first_name, last_name) = named.into_iter().find(|names| *names != (None, None)).unwrap_or_default();
        Self {
            email: conversations.iter().find_map(|(caller, _)| caller.email.clone()),
            phone: conversations.iter().find_map(|(caller, _)| caller.phone.clone()),
            first_name,
            last_name,
            caller_key: key.filter(|_| mode != UniqueMode::Plain),
        }
    }
}

/// A name in two parts: what stands before the last space, and what stands after it. Wrong for some of the world's names, and
/// the only split that a single field allows; a name without a space is a first name.
fn names(name: Option<&Text>) -> (Option<Text>, Option<Text>) {
    let Some(name) = name.map(|name| name.as_str().split_whitespace().collect::<Vec<_>>()) else { return (None, None) };
    // A placeholder of the scrubber is nobody's name.
    if name.iter().any(|word| word.contains(['[', ']'])) {
        return (None, None);
    }
    match &name[..] {
        [] => (None, None),
        [only] => (Some(Text::from(*only)), None),
        [first @ .., last] => (Some(Text::from(first.join(" "))), Some(Text::from(*last))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(name: &str, first: Option<&str>, last: Option<&str>) {
        let (f, l) = names(Some(&Text::from(name)));
        assert_eq!((f.as_ref().map(Text::as_str), l.as_ref().map(Text::as_str)), (first, last), "{name:?}");
    }

    #[test]
    fn a_name_is_split_before_its_last_word() {
        check("Dana Reyes", Some("Dana"), Some("Reyes"));
        check("  Ana  María  Ruiz ", Some("Ana María"), Some("Ruiz"));
        check("Cher", Some("Cher"), None);
        check("", None, None);
        check("[card number removed]", None, None);
        assert_eq!(names(None), (None, None));
    }
}
