//! Styles: which make a heading, which number their paragraphs, and which hide their text.

use super::package::Part;
use super::xml::{Id, Tag, Tree};
use std::collections::BTreeMap;

/// How many styles one may be based on, one on the other.
const MAX_CHAIN: usize = 20;

/// The numbering that a paragraph or a style asks for; either may be left to the style below.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Numbered {
    pub(super) id: Option<i64>,
    pub(super) level: Option<i64>,
}

impl Numbered {
    /// What the properties of a paragraph ask for.
    pub(super) fn of(tree: &Tree, properties: Id) -> Self {
        let Some(asked) = tree.child(properties, Tag::NumberingProperties) else { return Self::default() };
        let number = |tag| tree.value(asked, tag).and_then(|value| value.trim().parse().ok());
        Self { id: number(Tag::NumberingId), level: number(Tag::NumberingLevel) }
    }

    /// With what is left open taken from another.
    fn or(self, other: Self) -> Self {
        Self { id: self.id.or(other.id), level: self.level.or(other.level) }
    }
}

#[derive(Debug, Default)]
struct Style {
    based_on: Option<String>,
    /// From 0, where it is one.
    outline: Option<i64>,
    numbered: Numbered,
    hidden: Option<bool>,
}

/// The styles of a file.
#[derive(Debug, Default)]
pub(super) struct Styles {
    by_id: BTreeMap<String, Style>,
    /// The style of paragraphs that name none.
    default: Option<String>,
}

impl Styles {
    pub(super) fn read(part: Option<&Part>) -> Self {
        let Some(part) = part else { return Self::default() };
        let tree = &part.tree;
        let mut styles = Self::default();
        for id in tree.children(tree.root()).filter(|&id| tree.tag(id) == Tag::Style) {
            let Some(name) = tree.attribute(id, "styleId") else { continue };
            let is = |local: &str, word: &str| tree.attribute(id, local).is_some_and(|value| value == word);
            if is("type", "paragraph") && (is("default", "1") || is("default", "true")) {
                styles.default = Some(name.to_string());
            }
            let properties = tree.child(id, Tag::ParagraphProperties);
            let outline = properties.and_then(|properties| outline(tree, properties));
            let numbered = properties.map_or(Numbered::default(), |properties| Numbered::of(tree, properties));
            let based_on = tree.value(id, Tag::BasedOn).map(|name| name.into_owned());
            let hidden = tree.child(id, Tag::RunProperties).and_then(|properties| hidden(tree, properties));
            styles.by_id.insert(name.into_owned(), Style { based_on, outline, numbered, hidden });
        }
        styles
    }

    /// A style and those it is based on.
    fn chain<'a>(&'a self, name: Option<&'a str>) -> impl Iterator<Item = &'a Style> {
        let mut next = name;
        std::iter::from_fn(move || {
            let style = self.by_id.get(next?)?;
            next = style.based_on.as_deref();
            Some(style)
        })
        .take(MAX_CHAIN)
    }

    /// The style of a paragraph by what it names.
    fn of_paragraph<'a>(&'a self, name: Option<&'a str>) -> impl Iterator<Item = &'a Style> {
        self.chain(name.or(self.default.as_deref()))
    }

    /// The depth of a heading, from 1; none for a paragraph.
    pub(super) fn depth(&self, tree: &Tree, properties: Option<Id>, name: Option<&str>) -> Option<u8> {
        let own = properties.and_then(|properties| outline(tree, properties));
        let level = own.or_else(|| self.of_paragraph(name).find_map(|style| style.outline))?;
        u8::try_from(level).ok().filter(|&level| level < 9).map(|level| level + 1)
    }

    /// The numbering of a paragraph.
    pub(super) fn numbered(&self, tree: &Tree, properties: Option<Id>, name: Option<&str>) -> Numbered {
        let own = properties.map_or(Numbered::default(), |properties| Numbered::of(tree, properties));
        self.of_paragraph(name).fold(own, |numbered, style| numbered.or(style.numbered))
    }

    /// Whether a run is hidden: by itself, by its style, or by its paragraph's.
    pub(super) fn hides(&self, tree: &Tree, properties: Option<Id>, paragraph: Option<&str>) -> bool {
        let own = properties.and_then(|properties| hidden(tree, properties));
        own.or_else(|| {
            let name = properties.and_then(|properties| tree.value(properties, Tag::RunStyle));
            name.and_then(|name| self.chain(Some(&name)).find_map(|style| style.hidden))
        })
        .or_else(|| self.of_paragraph(paragraph).find_map(|style| style.hidden))
        .unwrap_or(false)
    }
}

fn outline(tree: &Tree, properties: Id) -> Option<i64> {
    tree.number(tree.child(properties, Tag::OutlineLevel)?, "val")
}

fn hidden(tree: &Tree, properties: Id) -> Option<bool> {
    tree.child(properties, Tag::Vanish)?;
    Some(tree.is_on(properties, Tag::Vanish))
}
