//! A text with what stands for each removed number.

use std::borrow::Cow;

use crate::item::{Class, Item};
use crate::kind::Kind;

/// Borrowed as it came if nothing was removed from it.
pub(crate) fn render<'a>(source: &'a str, items: &[Item]) -> Cow<'a, str> {
    let mut scrubbed = String::new();
    let mut done = 0;
    for item in items {
        let Class::Removed(kind) = item.class() else { continue };
        if kind == Kind::Custom {
            // Nothing here removes those: it stood in the text as it came.
            continue;
        }
        if done == 0 {
            scrubbed.reserve(source.len() + kind.replacement().len());
        }
        scrubbed.push_str(&source[done..item.start]);
        scrubbed.push_str(kind.replacement());
        done = item.end;
    }
    if done == 0 {
        return Cow::Borrowed(source);
    }
    scrubbed.push_str(&source[done..]);
    Cow::Owned(scrubbed)
}
