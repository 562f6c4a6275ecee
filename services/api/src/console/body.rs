//! The body of a record as HubSpot would show it. It is ours and escaped where it was made; shown here it is trusted no further than
//! this: the tags that it may have, without attributes, and text. Anything else is shown as the text that it is.

use maud::{Markup, PreEscaped, html};

/// What the composer writes, and HubSpot shows.
const TAGS: [&str; 7] = ["<p>", "</p>", "<br>", "<strong>", "</strong>", "<em>", "</em>"];

pub(super) fn shown(body: &str) -> Markup {
    // Without another `<` there can be no other tag, and none of these can carry anything.
    if body.match_indices('<').all(|(at, _)| TAGS.iter().any(|tag| body[at..].starts_with(tag))) {
        PreEscaped(body.to_owned())
    } else {
        html! { p.said { (body) } }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tags_of_a_body_are_shown_and_no_others() {
        let ours = "<p><strong>Summary</strong><br>a &lt; b &amp; c</p><p><em>[writeback:x] Agent y</em></p>";
        assert_eq!(shown(ours).0, ours);
        for other in [
            "<script>alert(1)</script>",
            "<p onclick=alert(1)>",
            "<P>",
            "<p >",
            "<",
            "<<p>",
            "<br/>",
            "<img src=x>",
            "<!-- x -->",
            "<\u{0}p>",
        ] {
            let shown = shown(&format!("<p>x</p>{other}")).0;
            let text = shown.strip_prefix("<p class=\"said\">").and_then(|rest| rest.strip_suffix("</p>")).unwrap();
            assert!(!text.contains('<'), "{other}: {shown}");
        }
    }
}
