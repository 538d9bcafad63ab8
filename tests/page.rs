//! What leaves the product for a terminal: painted pages, Markdown, and drawn problems.

#![expect(clippy::disallowed_methods, reason = "time limits of tests are measured on the real clock")]

use std::sync::Arc;
use std::time::{Duration, Instant};

use insta::assert_snapshot;
use mindrill::domain::problem::{Level, Place, Problem};
use mindrill::report::page::{Colour, Fit, Glyphs, Line, Look, Page, Span, Style, bar};
use mindrill::report::{markdown, snippet};
use proptest::prelude::*;
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

const CARD: &str = "\
# Leftmost prefix

Given an index on `(a, b, c)`, the optimiser may use it for **any leftmost prefix**, but *not* for `b` alone; see \
[the manual](https://dev.mysql.com/doc/refman/8.4/en/multiple-column-indexes.html) and <https://use-the-index-luke.com>.

```sql
CREATE INDEX idx ON orders (customer_id, status, created_at) WHERE status IN ('open', 'paid') AND total > 0;

SELECT 1;
```

1. First, a point that is long enough to be wrapped at both widths that are tested here, eighty and forty.
2. Second:
   - nested, also long enough that it has to be wrapped at least once at forty
   - short
10. Ten

> A quotation, which goes on for a while so that it is wrapped as well, bar and all.
> > Nested.

| engine | default |
|--------|---------|
| InnoDB | REPEATABLE READ |

<b>not bold</b>
";

#[test]
fn a_card_at_eighty_columns() {
    assert_snapshot!(markdown::page(CARD).paint(&Look::plain(80)), @"
    Leftmost prefix

    Given an index on `(a, b, c)`, the optimiser may use it for **any leftmost
    prefix**, but *not* for `b` alone; see the manual
    <https://dev.mysql.com/doc/refman/8.4/en/multiple-column-indexes.html> and
    https://use-the-index-luke.com.

        sql
        CREATE INDEX idx ON orders (customer_id, status, created_at) WHERE status IN
        ↪  ('open', 'paid') AND total > 0;

        SELECT 1;

    1. First, a point that is long enough to be wrapped at both widths that are
       tested here, eighty and forty.
    2. Second:
       • nested, also long enough that it has to be wrapped at least once at forty
       • short
    3. Ten

    │ A quotation, which goes on for a while so that it is wrapped as well, bar and
    │ all.
    │
    │ │ Nested.

    | engine | default |
    |--------|---------|
    | InnoDB | REPEATABLE READ |

    <b>not bold</b>
    ");
}

#[test]
fn a_card_at_forty_columns() {
    assert_snapshot!(markdown::page(CARD).paint(&Look::plain(40)), @"
    Leftmost prefix

    Given an index on `(a, b, c)`, the
    optimiser may use it for **any leftmost
    prefix**, but *not* for `b` alone; see
    the manual
    <https://dev.mysql.com/doc/refman/8.4/en
    /multiple-column-indexes.html> and
    https://use-the-index-luke.com.

        sql
        CREATE INDEX idx ON orders (customer
        ↪ _id, status, created_at) WHERE sta
        ↪ tus IN ('open', 'paid') AND total
        ↪ > 0;

        SELECT 1;

    1. First, a point that is long enough to
       be wrapped at both widths that are
       tested here, eighty and forty.
    2. Second:
       • nested, also long enough that it
         has to be wrapped at least once at
         forty
       • short
    3. Ten

    │ A quotation, which goes on for a while
    │ so that it is wrapped as well, bar and
    │ all.
    │
    │ │ Nested.

    | engine | default |
    |--------|---------|
    | InnoDB | REPEATABLE READ |

    <b>not bold</b>
    ");
}

#[test]
fn a_card_in_ascii() {
    let look = Look { width: 40, colour: Colour::Off, glyphs: Glyphs::Ascii };
    let text = "- “one” → *two*…\n- 日本語\n\n> quoted";
    assert_snapshot!(markdown::page(text).paint(&look), @r#"
    - "one" -> *two*...
    - 日本語

    | quoted
    "#);
}

#[test]
fn with_colours_the_marks_of_emphasis_are_left_out() {
    let look = Look { width: 80, colour: Colour::On, glyphs: Glyphs::Unicode };
    assert_eq!(
        markdown::page("is **not** *quite* `right`").paint(&look),
        "is \u{1b}[1mnot\u{1b}[0m \u{1b}[3mquite\u{1b}[0m \u{1b}[35m`right`\u{1b}[0m\n"
    );
}

#[test]
fn a_label_is_one_line_of_plain_text() {
    assert_eq!(markdown::label("Use **`BTreeMap`**,\nnot\n\n- a\n- b\u{1b}"), "Use **`BTreeMap`**, not a b␛");
}

#[test]
fn cjk_and_emoji_are_wrapped_by_columns() {
    let mut page = Page::new();
    page.text(Style::Plain, "日本語のテキスト and 👩‍👩‍👧‍👦 family é");
    assert_snapshot!(page.paint(&Look::plain(8)), @"
    日本語の
    テキスト
    and 👩‍👩‍👧‍👦
    family é
    ");
}

#[test]
fn a_long_word_starts_on_a_row_of_its_own() {
    let look = Look { width: 20, colour: Colour::Off, glyphs: Glyphs::Unicode };
    let mut page = Page::new();
    page.text(Style::Plain, "see https://example.org/a/b and on");
    assert_eq!(page.paint(&look), "see\nhttps://example.org/\na/b and on\n");
}

#[test]
fn keys_and_values_keep_their_columns() {
    let mut page = Page::new();
    page.pairs(vec![
        (
            "due".into(),
            vec![Span::new(Style::Warn, "12"), Span::plain(" of them overdue since last week or so")],
        ),
        ("mastered".into(), vec![bar(0.75, 8), Span::plain(" 75 %")]),
    ]);
    assert_snapshot!(page.paint(&Look::plain(30)), @"
    due       12 of them overdue
              since last week or
              so
    mastered  ▓▓▓▓▓▓░░ 75 %
    ");
}

#[test]
fn a_cut_line_says_so() {
    let mut page = Page::new();
    page.push(Line::new(vec![Span::plain("one two three four")]).fitting(Fit::Cut));
    assert_eq!(page.paint(&Look::plain(10)), "one two t…\n");
    assert_eq!(page.paint(&Look { glyphs: Glyphs::Ascii, ..Look::plain(10) }), "one two t~\n");
    assert_eq!(page.paint(&Look::plain(1)), "…\n");
}

fn problem(message: &str, line: usize, column: usize, hint: &str) -> Problem {
    Problem {
        place: Place { file: Arc::from("decks/languages/ownership.toml"), line, column },
        rule: "unknown-node",
        level: Level::Error,
        message: message.into(),
        hint: hint.into(),
    }
}

#[test]
fn a_problem_is_drawn_with_its_source_line() {
    let found = problem(
        "deck `ownership` is bound to `borow`, which is not on the skill map",
        3,
        8,
        "did you mean `languages/borrow`? run `mindrill check` to list every problem",
    );
    let source = "[deck]\ntitle = \"Ownership\"\nnode = \"borow\"   # typo\n";
    assert_snapshot!(snippet::text(std::slice::from_ref(&found), |_| Some(source), &Look::plain(80)), @r#"
    error: deck `ownership` is bound to `borow`, which is not on the skill map
     --> decks/languages/ownership.toml:3:8
      |
    3 | node = "borow"   # typo
      |        ^
    hint:  did you mean `languages/borrow`? run `mindrill check` to list every
           problem
    "#);
    assert_snapshot!(snippet::text(&[found], |_| None, &Look::plain(40)), @"
    error: deck `ownership` is bound to
           `borow`, which is not on the
           skill map
     --> decks/languages/ownership.toml:3:8
    hint:  did you mean `languages/borrow`?
           run `mindrill check` to list
           every problem
    ");
}

#[test]
fn a_problem_far_to_the_right_is_still_under_its_caret() {
    let source = format!("x = \"{}日本語 HERE and more of it, on and on and on and on\"", "long ".repeat(50));
    let column = source.chars().take_while(|c| *c != 'H').count() + 1;
    let found = problem("`HERE` is wrong", 1, column, "");
    assert_snapshot!(snippet::text(&[found], |_| Some(&source), &Look::plain(60)), @"
    error: `HERE` is wrong
     --> decks/languages/ownership.toml:1:260
      |
    1 | … long long long 日本語 HERE and more of it, on and on …
      |                         ^
    ");
}

#[test]
fn a_problem_outside_of_its_file_is_drawn_without_source() {
    for (line, column) in [(0, 0), (99, 1), (usize::MAX, usize::MAX), (1, usize::MAX)] {
        let text = snippet::text(&[problem("bad", line, column, "")], |_| Some("one\n"), &Look::plain(20));
        assert!(text.starts_with("error: bad\n"), "{text}");
    }
}

#[test]
fn deep_nesting_neither_overflows_nor_blows_up() {
    let started = Instant::now();
    for (open, text) in
        [(">", " x"), ("> ", "x"), ("- ", "x"), ("1. ", "x"), ("[", "x"), ("*", "x"), ("![", "](x)")]
    {
        let page = markdown::page(&format!("{}{text}", open.repeat(10_000)));
        for width in [1, 2, 40] {
            assert!(page.paint(&Look::plain(width)).len() < 200_000, "{open}");
        }
    }
    assert!(started.elapsed() < Duration::from_secs(60), "{:?}", started.elapsed());
}

#[test]
fn a_megabyte_of_one_word_is_painted_in_linear_time() {
    let mut page = Page::new();
    page.text(Style::Plain, "x".repeat(1_000_000));
    let started = Instant::now();
    assert_eq!(page.paint(&Look::plain(1)).len(), 2_000_000);
    assert!(started.elapsed() < Duration::from_secs(30), "{:?}", started.elapsed());
}

/// What no painted text may hold, beside our own colours.
fn harmful(c: char) -> bool {
    matches!(c, '\0'..='\u{9}' | '\u{b}'..='\u{1f}' | '\u{7f}'..='\u{9f}' | '\u{ad}' | '\u{61c}' | '\u{180e}'
        | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}'
        | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

/// The text without our own colour sequences: `ESC [ digits and semicolons m`.
fn without_colours(painted: &str) -> String {
    let mut out = String::new();
    let mut rest = painted;
    while let Some((before, after)) = rest.split_once("\u{1b}[") {
        out.push_str(before);
        let end = after.find(|c: char| !c.is_ascii_digit() && c != ';').unwrap_or(0);
        assert_eq!(&after[end..=end], "m", "not a colour: {after:?}");
        rest = &after[end + 1..];
    }
    out + rest
}

fn assert_harmless(painted: &str, look: &Look) {
    let text = without_colours(painted);
    assert!(!text.chars().any(harmful), "{text:?}");
    if look.glyphs == Glyphs::Ascii {
        assert!(!text.contains(['\u{FFFD}', '…', '│', '•', '↪']), "{text:?}");
    }
    for row in text.lines() {
        let width: usize = row.graphemes(true).map(UnicodeWidthStr::width).sum();
        assert!(width <= look.width.max(2), "{width} columns in {row:?} at {look:?}");
    }
}

/// Text with a good share of what hurts.
fn hostile() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        3 => "[a-z ]{0,12}",
        2 => "\\PC{0,6}",
        2 => any::<char>().prop_map(String::from),
        2 => prop::sample::select(vec![
            "\u{1b}[2J", "\u{9b}31m", "\u{1b}]0;t\u{7}", "\r", "\r\n", "\n", "\t", "\u{202e}", "\u{200b}", "\u{e0041}", "\u{301}\u{301}",
            "👩‍👩‍👧‍👦", "日本語", "\u{1100}\u{1100}\u{1100}\u{1100}", "⸻", "🇩🇪🇫🇷", "\u{200d}\u{200d}", "❤️", "क्षि", "﷽",
        ]).prop_map(String::from),
        2 => prop::sample::select(vec![
            "# ", "> ", "- ", "1. ", "```\n", "`", "*", "**", "[a](b)", "<b>", "|a|b|\n|-|-|\n|c|d|\n", "---\n", "\\", "    ",
        ]).prop_map(String::from),
    ];
    prop::collection::vec(piece, 0..24).prop_map(|pieces| pieces.concat())
}

fn look() -> impl Strategy<Value = Look> {
    (0_usize..60, any::<bool>(), any::<bool>()).prop_map(|(width, colour, glyphs)| Look {
        width,
        colour: if colour { Colour::On } else { Colour::Off },
        glyphs: if glyphs { Glyphs::Unicode } else { Glyphs::Ascii },
    })
}

#[test]
fn a_cluster_that_two_spans_make_together_fits_too() {
    let spans = || vec![Span::plain("- ❤"), Span::new(Style::Bad, "\u{fe0f}"), Span::plain("x")];
    for width in 2..8 {
        let look = Look::plain(width);
        for fit in [Fit::Wrap, Fit::Fold, Fit::Cut] {
            let mut page = Page::new();
            page.push(Line::new(spans()).fitting(fit));
            assert_harmless(&page.paint(&look), &look);
        }
    }
}

#[test]
fn a_cluster_that_falls_apart_fits_too() {
    // A heart, the emoji selector that widens it, and a vowel sign with a column of its own.
    let text = "\u{10eb0} \u{2764}\u{fe0f}\u{113ca}A0a\u{840}\u{10b39}";
    for (width, glyphs) in (2..8).flat_map(|width| [(width, Glyphs::Ascii), (width, Glyphs::Unicode)]) {
        let look = Look { glyphs, ..Look::plain(width) };
        assert_harmless(&markdown::page(text).paint(&look), &look);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(512) })]

    #[test]
    fn painted_markdown_is_harmless_and_fits(text in hostile(), look in look()) {
        assert_harmless(&markdown::page(&text).paint(&look), &look);
    }

    #[test]
    fn painted_spans_are_harmless_and_fit(
        texts in prop::collection::vec(hostile(), 1..4),
        fit in prop::sample::select(vec![Fit::Wrap, Fit::Fold, Fit::Cut]),
        indent in 0_usize..30,
        look in look(),
    ) {
        let spans = texts.iter().map(|text| Span::new(Style::Bad, text.as_str())).collect();
        let mut page = Page::new();
        page.push(Line::new(spans).fitting(fit).led_by(Span::plain(texts[0].as_str())).indented(indent));
        page.pairs(vec![(texts[0].clone(), vec![Span::plain(texts[0].as_str())])]);
        assert_harmless(&page.paint(&look), &look);
    }

    #[test]
    fn drawn_problems_are_harmless_and_fit(
        text in hostile(), source in hostile(), line in 0_usize..4, column in 0_usize..40, look in look(),
    ) {
        let mut found = problem(&text, line, column, &text);
        found.place.file = Arc::from(text.as_str());
        assert_harmless(&snippet::text(&[found], |_| Some(source.as_str()), &look), &look);
    }

    #[test]
    fn no_letter_is_lost(words in prop::collection::vec("[a-zé日]{1,15}", 1..20), width in 1_usize..40) {
        let mut page = Page::new();
        page.text(Style::Plain, words.join(" "));
        let painted = page.paint(&Look::plain(width));
        prop_assert_eq!(painted.replace(['\n', ' '], ""), words.concat());
    }

    #[test]
    fn a_label_has_no_line_end_and_nothing_harmful(text in hostile()) {
        let label = markdown::label(&text);
        prop_assert!(!label.chars().any(|c| harmful(c) || c == '\n'), "{:?}", label);
    }
}
