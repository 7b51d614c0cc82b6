//! Citations in running text: what kind of number stands there, its parts, and the title that it belongs to.
//!
//! A number is recognised with its slips: wrong brackets, blanks, zeros, a 第 too many or missing. What is wrong about
//! it is for rules to say. Reading can not fail, takes time in proportion to the text, and every span lies on
//! character boundaries of it.

mod head;
mod kind;
mod number;
mod title;

pub use kind::Kind;
pub use number::{Number, numbers};
pub use title::{Title, titles};

use crate::text::Span;

/// How a number stands to its title.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stands {
    /// Without a title; so does a title without a number.
    Alone,
    /// In brackets right behind its title, as official documents are cited: 《…》（青政办〔2023〕12号）.
    Bracketed,
    /// Right behind its title, without brackets: 《…》青政办〔2023〕12号.
    Bare,
    /// Right before its title: 青政办〔2023〕12号《…》.
    Leading,
    /// Torn in two, the year in brackets behind the code: 《青政办》（〔2023〕12号）.
    Split,
}

impl Stands {
    /// All, in order.
    pub const ALL: [Self; 5] = [Self::Alone, Self::Bracketed, Self::Bare, Self::Leading, Self::Split];

    /// The word in rule files and scripts.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Alone => "alone",
            Self::Bracketed => "bracketed",
            Self::Bare => "bare",
            Self::Leading => "leading",
            Self::Split => "split",
        }
    }

    /// What it is called, in Chinese.
    #[must_use]
    pub fn chinese(self) -> &'static str {
        match self {
            Self::Alone => "单独",
            Self::Bracketed => "标题后的括号内",
            Self::Bare => "标题后未加括号",
            Self::Leading => "标题前",
            Self::Split => "拆成两截",
        }
    }
}

/// A cited instrument: a number, a title, or both. One of them is always there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Citation {
    /// The whole: title, number, and brackets around the number that belong to the title.
    pub span: Span,
    /// The title, where the number belongs to one or there is no number.
    pub title: Option<Title>,
    /// The number; none for a title without one.
    pub number: Option<Number>,
    /// How the number stands to the title.
    pub stands: Stands,
}

/// The citations of a text in one line or paragraph, by place; spans are offset by `base`. A title with several numbers
/// comes once with each of them.
///
/// ```
/// use gouji_core::citation::{Kind, Stands, citations};
/// let text = "按照《公开办法》（青政办〔2023〕12号）和国务院令第711号";
/// let found = citations(text, 0);
/// assert_eq!(found[0].stands, Stands::Bracketed);
/// assert_eq!(found[0].span.of(text), "《公开办法》（青政办〔2023〕12号）");
/// assert_eq!(found[1].number.as_ref().map(|number| number.kind), Some(Kind::Order));
/// ```
#[must_use]
pub fn citations(text: &str, base: usize) -> Vec<Citation> {
    let titles = titles(text, 0);
    let mut used = vec![false; titles.len()];
    let mut found: Vec<Citation> = Vec::new();
    for number in numbers(text, 0) {
        let (title, stands, span) = match place(text, &titles, &number) {
            _ if number.is_split => (None, Stands::Split, number.span),
            Some((at, stands, span)) => {
                used[at] = true;
                (Some(titles[at]), stands, span)
            }
            None => (None, Stands::Alone, number.span),
        };
        found.push(Citation { span, title, number: Some(number), stands });
    }
    // The code of a number torn in two may stand in title marks; it is no title.
    let torn: Vec<Span> = found.iter().filter(|own| own.stands == Stands::Split).map(|own| own.span).collect();
    let bare = titles.iter().zip(&used).filter(|(title, used)| !**used && !is_within(&torn, title.span));
    found.extend(bare.map(|(title, _)| Citation {
        span: title.span,
        title: Some(*title),
        number: None,
        stands: Stands::Alone,
    }));
    found.sort_by_key(|citation| (citation.span.start, citation.number.as_ref().map(|number| number.span)));
    found.iter_mut().for_each(|citation| citation.shift(base));
    found
}

/// Of citations in order those that lie wholly in a span.
pub fn within(citations: &[Citation], span: Span) -> impl Iterator<Item = &Citation> {
    let first = citations.partition_point(|own| own.span.start < span.start);
    citations[first..]
        .iter()
        .take_while(move |own| own.span.start < span.end)
        .filter(move |own| span.contains(own.span))
}

/// Whether a span lies in one of others, which are in order and apart.
fn is_within(others: &[Span], span: Span) -> bool {
    let at = others.partition_point(|other| other.end < span.end);
    others.get(at).is_some_and(|other| other.contains(span))
}

/// How far behind its title a number may stand, in bytes: in a bracket that tells how a regulation came about.
const REACH: usize = 600;

/// Which title a number belongs to, how it stands to it, and the whole of both. The one before it comes first: it is the
/// number of another that it may stand before.
fn place(text: &str, titles: &[Title], number: &Number) -> Option<(usize, Stands, Span)> {
    let behind = titles.partition_point(|title| title.span.end <= number.span.start).checked_sub(1);
    let placed = behind.and_then(|at| place_behind(text, &titles[at], number).map(|(stands, span)| (at, stands, span)));
    placed.or_else(|| {
        let ahead = titles.partition_point(|title| title.span.start < number.span.end);
        let title = titles.get(ahead).filter(|title| title.span.start == number.span.end)?;
        Some((ahead, Stands::Leading, number.span.cover(title.span)))
    })
}

/// How a number stands to the title before it, and the whole of both.
fn place_behind(text: &str, title: &Title, number: &Number) -> Option<(Stands, Span)> {
    // Further off it belongs to something else, and is not looked for.
    if number.span.start - title.span.end > REACH {
        return None;
    }
    let whole = Span::new(title.span.start, number.span.end);
    let between = &text[title.span.end..number.span.start];
    if between.trim_start().is_empty() {
        let run = Span::new(title.span.end, number.code.map_or(number.span.start, |code| code.end)).of(text);
        return (!head::speaks(run)).then_some((Stands::Bare, whole));
    }
    let inner = title::bracket_behind(text, title.span.end, number.span.start)?;
    // How a regulation came about is told with all its decrees; another document in the bracket is another one, and so is
    // one whose 文件 is spoken of: （青政办〔2023〕12号文件第三条）.
    let is_first = text[inner.start..number.span.start].trim().is_empty()
        && (number.tail.is_none() || number::ends_clause(&text[number.span.end..]));
    if !is_first && !matches!(number.kind, Kind::Order | Kind::Announcement) {
        return None;
    }
    let closing = text[inner.end..].chars().next().map_or(0, char::len_utf8);
    Some((Stands::Bracketed, Span::new(title.span.start, inner.end + closing)))
}

impl Citation {
    fn shift(&mut self, by: usize) {
        self.span = self.span.shift(by);
        if let Some(title) = &mut self.title {
            *title = title.shift(by);
        }
        if let Some(number) = &mut self.number {
            number.shift(by);
        }
    }
}

#[cfg(test)]
mod tests;
