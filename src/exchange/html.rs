//! A field written in HTML, as Anki keeps it, to Markdown.

use htmd::HtmlToMarkdown;
use htmd::options::{BrStyle, Options};

/// Longest field that is taken, in bytes: a question is a sentence or two, code included.
const MOST_BYTES: usize = 64 * 1024;
/// Most tags in a field that open an element: the converter calls itself for each element within another, and at a
/// thousand runs out of a thread's stack.
const MOST_ELEMENTS: usize = 200;
/// Tags that hold nothing, so that none lies within them.
const VOID: [&str; 4] = ["br", "hr", "wbr", "input"];

/// Tags and entities by which a text shows that it is HTML.
const SIGNS: [&str; 16] = [
    "<br", "<div", "<p>", "<b>", "<i>", "<u>", "<ul", "<ol", "<li", "<code", "<pre", "<span", "&nbsp;",
    "&lt;", "&gt;", "&amp;",
];

/// Whether a text looks like HTML.
pub(super) fn is_likely(text: &str) -> bool {
    let folded = text.to_ascii_lowercase();
    SIGNS.iter().any(|sign| folded.contains(sign))
}

/// The text as Markdown.
///
/// # Errors
/// Why it cannot be converted.
pub(super) fn to_markdown(html: &str) -> Result<String, &'static str> {
    if html.len() > MOST_BYTES {
        return Err("a field is longer than 64 KiB");
    }
    if elements(html) > MOST_ELEMENTS {
        return Err("a field has more than 200 tags");
    }
    let options = Options { br_style: BrStyle::TwoSpaces, ..Options::default() };
    let converter = HtmlToMarkdown::builder().options(options).skip_tags(vec!["script", "style"]).build();
    let text = converter.convert(html).map_err(|_| "its HTML cannot be read")?;
    Ok(text.replace('\u{a0}', " ").trim().to_owned())
}

/// How many tags open an element that can hold another.
fn elements(html: &str) -> usize {
    let name = |tag: &str| {
        tag.chars().take_while(char::is_ascii_alphanumeric).collect::<String>().to_ascii_lowercase()
    };
    html.split('<')
        .skip(1)
        .map(name)
        .filter(|name| !name.is_empty() && !VOID.contains(&name.as_str()))
        .count()
}

#[cfg(test)]
mod tests {
    use super::{MOST_ELEMENTS, elements, is_likely, to_markdown};

    #[test]
    fn marks_and_entities_become_markdown() {
        let table = [
            ("<b>seek</b> in <code>a &lt; b</code>", "**seek** in `a < b`"),
            ("one<br>two", "one  \ntwo"),
            ("<div>one</div><div>two</div>", "one\n\ntwo"),
            ("a&nbsp;&amp; b", "a & b"),
            ("{{c1::a<b>b</b>}} &gt; c", "{{c1::a**b**}} > c"),
            ("plain", "plain"),
        ];
        for (html, markdown) in table {
            assert_eq!(to_markdown(html).as_deref(), Ok(markdown), "{html}");
        }
    }

    #[test]
    fn deep_nesting_is_refused_or_survived() {
        let tags = [
            "<div>",
            "<b>",
            "<ul><li>",
            "<table>",
            "<b><p>",
            "<a><b><i><p>",
            "</b><b>",
            "<div></x>",
            "<b><p></b>",
        ];
        for tag in tags {
            let most = MOST_ELEMENTS / elements(tag);
            assert!(to_markdown(&tag.repeat(most)).is_ok(), "{tag}");
        }
        assert!(to_markdown(&"<div>".repeat(MOST_ELEMENTS + 1)).is_err());
        assert!(to_markdown(&"<br>".repeat(10_000)).is_ok());
        assert!(to_markdown(&"x".repeat(100_000)).is_err());
    }

    #[test]
    fn a_comparison_is_no_html() {
        assert!(!is_likely("a < b && c > d"));
        assert!(is_likely("a<br>b"));
    }
}
