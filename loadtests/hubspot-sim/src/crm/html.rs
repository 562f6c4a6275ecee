//! Sanitising of rich text, as HubSpot does it on write ("rendered as sanitized html").
//!
//! The allowed tags are not documented. This keeps a small set, drops every attribute but a safe `href`, drops script and style
//! with all they hold, and balances what is left, so the stored body often differs from the sent one.

/// Kept tags. `br` has no end tag.
const ALLOWED: [&str; 15] =
    ["p", "br", "strong", "em", "b", "i", "u", "ul", "ol", "li", "a", "span", "div", "blockquote", "code"];

/// Tags that go together with everything inside them.
const SWALLOWED: [&str; 4] = ["script", "style", "iframe", "object"];

/// HTML that is safe to show, made from any text.
pub(crate) fn sanitize(html: &str) -> String {
    let mut out = String::with_capacity(html.len());
    let mut open: Vec<&'static str> = Vec::new();
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        push_text(&mut out, &rest[..at]);
        rest = &rest[at..];
        let Some(tag) = Tag::parse(rest) else {
            out.push_str("&lt;");
            rest = &rest[1..];
            continue;
        };
        rest = &rest[tag.length..];
        if SWALLOWED.contains(&tag.name.as_str()) && !tag.closing {
            rest = skip_element(rest, &tag.name);
        } else {
            push_tag(&mut out, &tag, &mut open);
        }
    }
    push_text(&mut out, rest);
    for name in open.into_iter().rev() {
        end(&mut out, name);
    }
    out
}

/// The first words of a body, without its tags: at least `chars` characters of them, if there are that many.
pub(crate) fn text(html: &str, chars: usize) -> String {
    // An entity takes up to ten characters for one, and four bytes may be one character.
    let enough = chars.saturating_mul(40);
    let mut out = String::new();
    let mut rest = html;
    while let Some(at) = rest.find('<').filter(|_| out.len() < enough) {
        out.push_str(&rest[..at]);
        out.push(' ');
        rest = rest[at..].find('>').map_or("", |end| &rest[at + end + 1..]);
    }
    let end = rest.len().min(enough);
    out.push_str(rest.get(..end).unwrap_or(rest));
    let plain = out.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&#39;", "'").replace("&amp;", "&");
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}

struct Tag {
    name: String,
    closing: bool,
    href: Option<String>,
    length: usize,
}

impl Tag {
    /// A tag at the very beginning of `text`. Comments count as tags without a name.
    fn parse(text: &str) -> Option<Self> {
        if let Some(comment) = text.strip_prefix("<!--") {
            let length = comment.find("-->").map_or(text.len(), |end| end + 7);
            return Some(Self { name: String::new(), closing: false, href: None, length });
        }
        let end = text.find('>')?;
        let inner = &text[1..end];
        let closing = inner.starts_with('/');
        let inner = inner.trim_start_matches('/');
        let name_end = inner.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(inner.len());
        let name = inner[..name_end].to_ascii_lowercase();
        if !inner.starts_with(|c: char| c.is_ascii_alphabetic() || c == '!' || c == '?') {
            return None;
        }
        Some(Self { href: href(&inner[name_end..]), name, closing, length: end + 1 })
    }
}

/// A link that leads to the web or to a mailbox, and nowhere else.
fn href(attributes: &str) -> Option<String> {
    let lower = attributes.to_ascii_lowercase();
    let at = lower.find("href")?;
    let value = attributes[at + 4..].trim_start().strip_prefix('=')?.trim_start();
    let link = match value.chars().next()? {
        quote @ ('"' | '\'') => value[1..].split(quote).next()?,
        _ => value.split_whitespace().next()?,
    };
    let safe = ["https://", "http://", "mailto:"].iter().any(|scheme| link.to_ascii_lowercase().starts_with(scheme));
    safe.then(|| link.replace('"', "%22").replace('<', "%3C"))
}

fn skip_element<'t>(text: &'t str, name: &str) -> &'t str {
    let closing = format!("</{name}");
    let Some(at) = text.to_ascii_lowercase().find(&closing) else { return "" };
    text[at..].find('>').map_or("", |end| &text[at + end + 1..])
}

fn push_tag(out: &mut String, tag: &Tag, open: &mut Vec<&'static str>) {
    let Some(name) = ALLOWED.into_iter().find(|name| *name == tag.name) else { return };
    if name == "br" {
        out.push_str("<br>");
    } else if !tag.closing {
        if let (Some(href), "a") = (&tag.href, name) {
            out.push_str("<a href=\"");
            out.push_str(href);
            out.push_str("\" rel=\"noopener\">");
        } else {
            out.push('<');
            out.push_str(name);
            out.push('>');
        }
        open.push(name);
    } else if let Some(depth) = open.iter().rposition(|opened| *opened == name) {
        for unclosed in open.drain(depth..).rev() {
            end(out, unclosed);
        }
    }
}

fn end(out: &mut String, name: &str) {
    out.push_str("</");
    out.push_str(name);
    out.push('>');
}

/// Text between tags: entities stay, a lone `&` and every `>` are escaped.
fn push_text(out: &mut String, text: &str) {
    let mut rest = text;
    while let Some(at) = rest.find(['&', '>']) {
        out.push_str(&rest[..at]);
        if rest[at..].starts_with('>') {
            out.push_str("&gt;");
        } else if is_entity(&rest[at..]) {
            out.push('&');
        } else {
            out.push_str("&amp;");
        }
        rest = &rest[at + 1..];
    }
    out.push_str(rest);
}

fn is_entity(text: &str) -> bool {
    let Some(end) = text.find(';') else { return false };
    (2..=10).contains(&end) && text[1..end].chars().all(|c| c.is_ascii_alphanumeric() || c == '#')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(html: &str, expected: &str) {
        let once = sanitize(html);
        assert_eq!(once, expected);
        assert_eq!(sanitize(&once), once, "sanitising again changes nothing");
    }

    #[test]
    fn known_tags_stay_and_unknown_ones_lose_only_themselves() {
        check("<p>Hi<br/>there</p>", "<p>Hi<br>there</p>");
        check("<h1 class=x>Hi</h1>", "Hi");
        check("<p style=\"color:red\" onclick=alert(1)>Hi</p>", "<p>Hi</p>");
    }

    #[test]
    fn scripts_go_with_all_they_hold() {
        check("a<script>alert('<p>')</script>b", "ab");
        check("a<SCRIPT>alert(1)", "a");
        check("a<!-- <p> -->b", "ab");
    }

    #[test]
    fn only_web_links_are_followed() {
        check("<a href=\"https://a.example/?q=1\">x</a>", "<a href=\"https://a.example/?q=1\" rel=\"noopener\">x</a>");
        check("<a href='javascript:alert(1)'>x</a>", "<a>x</a>");
    }

    #[test]
    fn what_is_left_open_is_closed_and_stray_ends_go() {
        check("<ul><li>one", "<ul><li>one</li></ul>");
        check("one</div> two", "one two");
    }

    #[test]
    fn text_is_escaped_and_entities_stay() {
        check("1 < 2 & 3 &amp; 4 > 0", "1 &lt; 2 &amp; 3 &amp; 4 &gt; 0");
        assert_eq!(text("<p>1 &lt; 2</p><p>yes</p>", 100), "1 < 2 yes");
    }
}
