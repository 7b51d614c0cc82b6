//! Message templates: `<name>`, `<name.facet>`, `<|name|>`; `<<` is a literal `<`.

use crate::fault::Fault;
use gouji_core::text::Span;

/// A parsed template.
#[derive(Clone, Debug)]
pub struct Template {
    source: String,
    pieces: Vec<Piece>,
}

/// What a template is made of.
#[derive(Clone, Debug)]
enum Piece {
    Words(String),
    Slot(Slot),
}

/// A place to be filled.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Slot {
    /// The name, as written.
    pub name: String,
    /// What of it is wanted.
    pub facet: Facet,
    /// Where it stands in the template, with its brackets.
    pub span: Span,
}

/// What of a name a slot wants.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Facet {
    /// `<name>`: the value; the sum of many.
    Value,
    /// `<|name|>`: the absolute value.
    Abs,
    /// `<name.label>`: the label path.
    Label,
    /// `<name.text>`: the words as written.
    Text,
    /// `<name.row>`: the row's label path.
    Row,
    /// `<name.col>`: the column's label path.
    Col,
}

/// The words behind the dot.
const FACETS: [(&str, Facet); 4] =
    [("label", Facet::Label), ("text", Facet::Text), ("row", Facet::Row), ("col", Facet::Col)];

impl Template {
    /// Parses a template as written in a rule.
    ///
    /// # Errors
    /// A fault that points into `source`.
    pub fn parse(source: &str) -> Result<Self, Fault> {
        let mut pieces = Vec::new();
        let mut words = String::new();
        let mut at = 0;
        while let Some(found) = source[at..].find('<') {
            let open = at + found;
            words.push_str(&source[at..open]);
            if source[open + 1..].starts_with('<') {
                words.push('<');
                at = open + 2;
                continue;
            }
            let Some(len) = source[open..].find('>') else {
                return Err(Fault::new(Span::new(open, open + 1), "“<”没有对应的“>”", "`<` has no `>`")
                    .with_help("要写“<”本身就写“<<”", "a literal `<` is written `<<`"));
            };
            if !words.is_empty() {
                pieces.push(Piece::Words(std::mem::take(&mut words)));
            }
            pieces.push(Piece::Slot(slot(source, Span::new(open, open + len + 1))?));
            at = open + len + 1;
        }
        words.push_str(&source[at..]);
        if !words.is_empty() {
            pieces.push(Piece::Words(words));
        }
        Ok(Self { source: source.to_owned(), pieces })
    }

    /// The template as written.
    #[must_use]
    pub fn source(&self) -> &str {
        &self.source
    }

    /// Its slots, in order.
    pub(crate) fn slots(&self) -> impl Iterator<Item = &Slot> {
        self.pieces.iter().filter_map(|piece| match piece {
            Piece::Slot(slot) => Some(slot),
            Piece::Words(_) => None,
        })
    }

    /// The template filled; what `fill` does not know stays empty.
    #[must_use]
    pub fn render(&self, mut fill: impl FnMut(&Slot) -> Option<String>) -> String {
        let mut out = String::with_capacity(self.source.len());
        for piece in &self.pieces {
            match piece {
                Piece::Words(words) => out.push_str(words),
                Piece::Slot(slot) => out.push_str(&fill(slot).unwrap_or_default()),
            }
        }
        out
    }
}

fn slot(source: &str, span: Span) -> Result<Slot, Fault> {
    let inner = source[span.start + 1..span.end - 1].trim();
    let (inner, abs) = match inner.strip_prefix('|').and_then(|rest| rest.strip_suffix('|')) {
        Some(rest) => (rest.trim(), true),
        None => (inner, false),
    };
    let (name, facet) = match inner.split_once('.') {
        None if abs => (inner, Facet::Abs),
        None => (inner, Facet::Value),
        Some((name, word)) => match FACETS.iter().find(|(known, _)| *known == word) {
            Some((_, facet)) if !abs => (name, *facet),
            _ => {
                return Err(Fault::new(
                    span,
                    format!("模板里不认识“.{word}”"),
                    format!("unknown facet `.{word}` in a template"),
                )
                .expecting(word, FACETS.iter().map(|(known, _)| *known)));
            }
        },
    };
    if name.is_empty() || name.contains(|c: char| c.is_whitespace() || c == '|') {
        return Err(Fault::new(span, "“<>”里要写一个名字", "a name is missing between `<` and `>`")
            .with_help("要写“<”本身就写“<<”", "a literal `<` is written `<<`"));
    }
    Ok(Slot { name: name.to_owned(), facet, span })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slots_are_filled_and_doubled_brackets_are_literal() {
        let template = Template::parse("<col>：<新收>，差 <|delta|>，<<3，<表中.label>").unwrap();
        let out = template.render(|slot| match slot.facet {
            Facet::Abs => Some(format!("|{}|", slot.name)),
            Facet::Label => Some(format!("{}@", slot.name)),
            _ => Some(slot.name.to_uppercase()),
        });
        assert_eq!(out, "COL：新收，差 |delta|，<3，表中@");
        assert_eq!(template.slots().count(), 4);
    }

    #[test]
    fn faults_point_at_the_slot() {
        let cases = [("甲<乙", 3, 4), ("甲<>", 3, 5), ("<甲.lable>", 0, 11), ("<a b>", 0, 5)];
        for (source, start, end) in cases {
            assert_eq!(Template::parse(source).unwrap_err().span, Span::new(start, end), "{source}");
        }
    }
}
