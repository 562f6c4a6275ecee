//! A text with what stands for each removed number.

use std::borrow::Cow;

use crate::lexer::Class;
use crate::text::Text;

/// Borrowed as it came if nothing was removed from it.
pub(crate) fn render<'a>(text: &Text<'a>) -> Cow<'a, str> {
    let mut scrubbed = String::new();
    let mut done = 0;
    for item in &text.items {
        let Class::Removed(kind) = item.class else { continue };
        scrubbed.push_str(&text.source[done..item.start]);
        scrubbed.push_str(kind.replacement());
        done = item.end;
    }
    if done == 0 {
        return Cow::Borrowed(text.source);
    }
    scrubbed.push_str(&text.source[done..]);
    Cow::Owned(scrubbed)
}
