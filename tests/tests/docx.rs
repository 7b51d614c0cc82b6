//! Word files: whatever the runs a text is cut into, what is written is what was meant, and nothing else changes.

use gouji_core::document::Document;
use gouji_core::format::docx::{Remark, Stamp};
use gouji_core::text::{Edit, Span, apply};
use gouji_tests::word::{self, Book, Run};
use proptest::prelude::*;
use quick_xml::Reader;
use quick_xml::events::Event;

fn read(bytes: &[u8]) -> Document {
    gouji_core::read("a.docx", bytes, &Default::default()).expect("it is a Word file")
}

fn stamp() -> Stamp {
    Stamp { author: "gouji".to_owned(), date: "2026-01-31T00:00:00Z".to_owned() }
}

/// The text of a document as who takes all of gouji's changes, or refuses them, would have it.
fn settled(bytes: &[u8], taken: &str, dropped: &str) -> String {
    let xml = String::from_utf8(word::entry(bytes, "word/document.xml")).expect("it is UTF-8");
    let mut reader = Reader::from_str(&xml);
    let mut text = String::new();
    // Open elements, and how many of them are changes that are dropped.
    let mut open: Vec<String> = Vec::new();
    let mut skip = 0;
    loop {
        let event = reader.read_event().expect("it is well-formed");
        let name_of = |name: &str| name.to_owned();
        match &event {
            Event::Start(element) => {
                let name = name_of(element.name().as_ref());
                let ours = element.attributes().flatten().any(|a| a.key.as_ref() == "w:author" && &*a.value == "gouji");
                skip += usize::from(skip > 0 || (ours && name == dropped));
                assert!(!ours || name == taken || name == dropped, "{name}");
                open.push(name);
            }
            Event::Empty(element) if skip == 0 => match element.name().as_ref() {
                "w:tab" => text.push('\t'),
                "w:br" => text.push('\n'),
                "w:p" => text.push('\n'),
                _ => {}
            },
            Event::End(element) => {
                skip = skip.saturating_sub(1);
                open.pop();
                if element.name().as_ref() == "w:p" {
                    text.push('\n');
                }
            }
            Event::Text(words) if skip == 0 && in_text(&open) => text.push_str(words),
            Event::GeneralRef(entity) if skip == 0 && in_text(&open) => {
                text.push_str(quick_xml::escape::resolve_predefined_entity(entity).expect("a known entity"));
            }
            Event::Eof => return text,
            _ => {}
        }
    }
}

fn in_text(open: &[String]) -> bool {
    open.last().is_some_and(|name| name == "w:t" || name == "w:delText")
}

fn runs() -> impl Strategy<Value = Vec<Vec<Run>>> {
    let words = proptest::collection::vec(
        prop_oneof![Just("年"), Just("1"), Just("&"), Just("<"), Just(" "), Just("，"), Just("𠀀"), Just("a")],
        0..6,
    );
    let run = (words, 0usize..8).prop_map(|(words, kind)| {
        let words = words.concat();
        match kind {
            0 => Run::Bold(words),
            1 => Run::Tab(words),
            2 => Run::Break(words),
            3 => Run::Link(words),
            4 => Run::Inserted(words),
            5 => Run::Deleted(words),
            6 => Run::Several(words),
            _ => Run::Plain(words),
        }
    });
    proptest::collection::vec(proptest::collection::vec(run, 0..6), 1..6)
}

/// Sorted, disjoint edits of a text, by shares of its length.
fn edits_of(text: &str, wishes: &[(u16, u8, String)]) -> Vec<Edit> {
    let bounds: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
    let mut wishes: Vec<(usize, usize, &String)> = wishes
        .iter()
        .map(|(at, len, insert)| {
            let at = usize::from(*at) * (bounds.len() - 1) / usize::from(u16::MAX);
            (at, (at + usize::from(*len)).min(bounds.len() - 1), insert)
        })
        .collect();
    wishes.sort();
    let mut edits: Vec<Edit> = Vec::new();
    for (from, to, insert) in wishes {
        let span = Span::new(bounds[from], bounds[to]);
        if edits.last().is_none_or(|last| last.span.end < span.start) {
            edits.push(Edit { span, insert: insert.clone() });
        }
    }
    edits
}

proptest! {
    #[test]
    fn what_is_written_is_what_was_meant(
        runs in runs(),
        wishes in proptest::collection::vec((any::<u16>(), 0u8..7, "[已<&\" 2]{0,3}"), 0..8),
    ) {
        let bytes = Book { paragraphs: runs, ..Book::default() }.bytes();
        let document = read(&bytes);
        let mut edits = edits_of(&document.text, &wishes);
        edits.retain(|edit| document.can_write(edit));
        let meant = apply(&document.text, &edits);
        let (plain, refused) = document.write(&edits).unwrap();
        prop_assert!(refused.is_empty());
        prop_assert_eq!(&read(&plain).text, &meant);
        let (tracked, refused) = document.write_tracked(&edits, &stamp()).unwrap();
        prop_assert!(refused.is_empty());
        prop_assert_eq!(&read(&tracked).text, &meant);
        prop_assert_eq!(settled(&tracked, "w:ins", "w:del"), settled(&plain, "w:ins", "w:del"));
        prop_assert_eq!(settled(&tracked, "w:del", "w:ins"), settled(&bytes, "w:del", "w:ins"));
        for name in word::entries(&bytes) {
            if name != "word/document.xml" {
                prop_assert_eq!(word::entry(&bytes, &name), word::entry(&tracked, &name), "{}", name);
            }
        }
    }

    #[test]
    fn comments_leave_the_text_alone(runs in runs(), at in any::<u16>(), len in 0u8..9) {
        let bytes = Book { paragraphs: runs, ..Book::default() }.bytes();
        let document = read(&bytes);
        let span = edits_of(&document.text, &[(at, len, String::new())])[0].span;
        let remarks = [Remark { span, text: "一处\n依据：<条例>".to_owned() }, Remark { span, text: "又一处".to_owned() }];
        let (annotated, refused) = document.annotate(&remarks, &stamp()).unwrap();
        prop_assert!(refused.is_empty());
        prop_assert_eq!(settled(&annotated, "", ""), settled(&bytes, "", ""));
        let again = read(&annotated);
        prop_assert_eq!(&again.text, &document.text);
        let words: Vec<&str> = again.leftovers.iter().map(|left| left.words.as_str()).filter(|w| w.starts_with("gouji")).collect();
        prop_assert_eq!(words, ["gouji：一处依据：<条例>", "gouji：又一处"]);
    }
}

#[test]
fn without_edits_the_file_is_the_same() {
    let bytes = Book::of(&["青禾县水利局", "一、总体情况"]).bytes();
    let (written, _) = read(&bytes).write(&[]).unwrap();
    assert!(written == bytes);
}
