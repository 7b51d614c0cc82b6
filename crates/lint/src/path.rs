//! Label paths: what names a row or a column by its labels.
//!
//! Segments joined by ` > ` match contiguous labels and end at the leaf; `^ > ` anchors them at the root.

use crate::fault::Fault;
use crate::pattern::Pattern;
use gouji_core::label::fold;
use gouji_core::table::Label;
use gouji_core::text::Span;

/// A label as compared and as written.
pub trait AsLabel {
    /// As compared: see [`gouji_core::label::fold`].
    fn key(&self) -> &str;
    /// As written.
    fn text(&self) -> &str;
}

impl AsLabel for Label {
    fn key(&self) -> &str {
        &self.key
    }

    fn text(&self) -> &str {
        &self.text
    }
}

impl<T: AsLabel> AsLabel for &T {
    fn key(&self) -> &str {
        (*self).key()
    }

    fn text(&self) -> &str {
        (*self).text()
    }
}

/// A parsed label path.
#[derive(Debug)]
pub struct LabelPath {
    source: String,
    anchored: bool,
    segments: Vec<Segment>,
}

/// One step of a path.
#[derive(Debug)]
enum Segment {
    /// `A|B`: any of these labels.
    Labels(Vec<Test>),
    /// `*`: one level, whatever it is.
    One,
    /// `**`: one or more levels, ending at a leaf.
    Deep,
}

/// How a label is compared.
#[derive(Debug)]
enum Test {
    /// After folding.
    Folded(String),
    /// `=label`: as written.
    Exact(String),
    /// `/regex/`, on the folded label.
    Matches(Pattern),
}

impl Test {
    fn holds(&self, label: &impl AsLabel) -> bool {
        match self {
            Self::Folded(key) => label.key() == key,
            Self::Exact(text) => label.text() == text,
            Self::Matches(pattern) => pattern.regex().is_match(label.key()),
        }
    }
}

impl LabelPath {
    /// Parses a path as written in a rule.
    ///
    /// # Errors
    /// A fault that points into `source`.
    pub fn parse(source: &str) -> Result<Self, Fault> {
        let mut anchored = false;
        let mut segments = Vec::new();
        let pieces = split(source);
        let last = pieces.len() - 1;
        for (idx, piece) in pieces.into_iter().enumerate() {
            let words = piece.of(source);
            if words.is_empty() {
                return Err(Fault::new(piece, "标签路径里有空的一级", "a label path has an empty segment")
                    .with_help("各级之间写“ > ”，首尾不写", "segments are joined by ` > `; none at either end"));
            }
            if words == "^" {
                if idx > 0 || idx == last {
                    return Err(Fault::new(
                        piece,
                        "“^”只能写在路径最前面，后面还要有标签",
                        "`^` stands at the start of a path, before a label",
                    ));
                }
                anchored = true;
                continue;
            }
            if words == "**" && idx != last {
                return Err(Fault::new(piece, "“**”只能写在路径最后", "`**` stands at the end of a path"));
            }
            segments.push(segment(piece, source)?);
        }
        Ok(Self { source: source.to_owned(), anchored, segments })
    }

    /// The path as written.
    #[must_use]
    pub fn source(&self) -> &str {
        &self.source
    }

    /// Whether it ends in `**`: then it stands for leaves only.
    pub(crate) fn is_deep(&self) -> bool {
        matches!(self.segments.last(), Some(Segment::Deep))
    }

    /// Whether labels from the root to a row's or column's own match. Whether they end at a leaf, which `**` demands,
    /// is the caller's to know: see [`LabelPath::select`].
    #[must_use]
    pub fn matches<L: AsLabel>(&self, labels: &[L]) -> bool {
        let n_fixed = self.segments.len() - usize::from(self.is_deep());
        let fixed = &self.segments[..n_fixed];
        let fits = |start: usize| {
            fixed.iter().zip(&labels[start..start + n_fixed]).all(|(segment, label)| match segment {
                Segment::Labels(tests) => tests.iter().any(|test| test.holds(label)),
                Segment::One | Segment::Deep => true,
            })
        };
        let Some(spare) = labels.len().checked_sub(n_fixed) else {
            return false;
        };
        match (self.is_deep(), self.anchored) {
            (false, false) => fits(spare),
            (false, true) => spare == 0 && fits(0),
            (true, true) => spare > 0 && fits(0),
            (true, false) => spare > 0 && (0..spare).any(fits),
        }
    }

    /// The indices of those of `paths` (all of one table or band) that match, in order. `**` takes leaves only: paths that
    /// no other one goes on from. A path without labels never matches.
    #[must_use]
    pub fn select<L: AsLabel>(&self, paths: &[&[L]]) -> Vec<usize> {
        let is_leaf = |at: usize| {
            let own = paths[at];
            !paths
                .iter()
                .any(|other| other.len() > own.len() && own.iter().zip(other.iter()).all(|(a, b)| a.key() == b.key()))
        };
        (0..paths.len())
            .filter(|&at| !paths[at].is_empty() && self.matches(paths[at]))
            .filter(|&at| !self.is_deep() || is_leaf(at))
            .collect()
    }
}

/// The pieces between ` > `, blanks at their ends off. Never empty.
fn split(source: &str) -> Vec<Span> {
    let mut pieces = Vec::new();
    let mut start = 0;
    let mut in_regex = false;
    for (at, c) in source.char_indices() {
        if c == '/' && (source[start..at].trim().is_empty() || in_regex) {
            in_regex = !in_regex;
        }
        let parts = c == '>' && !in_regex;
        if parts {
            pieces.push(trim(source, start, at));
            start = at + 1;
        }
    }
    pieces.push(trim(source, start, source.len()));
    pieces
}

/// A stretch without blanks at its ends; the empty span at its start where there is nothing else.
fn trim(source: &str, start: usize, end: usize) -> Span {
    let words = source[start..end].trim();
    if words.is_empty() { Span::empty(start) } else { Span::of_slice(source, words) }
}

fn segment(piece: Span, source: &str) -> Result<Segment, Fault> {
    let words = piece.of(source);
    match words {
        "*" => return Ok(Segment::One),
        "**" => return Ok(Segment::Deep),
        _ => {}
    }
    if let Some(rest) = words.strip_prefix('/') {
        let Some(inner) = rest.strip_suffix('/') else {
            return Err(Fault::new(piece, "正则一级要写成“/…/”", "a regex segment is written `/…/`"));
        };
        let pattern = Pattern::parse(inner).map_err(|fault| fault.shift(piece.start + 1))?;
        return Ok(Segment::Labels(vec![Test::Matches(pattern)]));
    }
    let mut tests = Vec::new();
    for word in words.split('|') {
        let span = Span::of_slice(source, word);
        let word = word.trim();
        if word.is_empty() {
            return Err(Fault::new(span, "“|”两边都要有标签", "a label is missing beside `|`"));
        }
        if word.starts_with('/') {
            return Err(Fault::new(
                span,
                "正则要单独成一级，不能写在“|”旁边",
                "a regex stands alone in its segment, not beside `|`",
            )
            .with_help(
                "都写进正则，如 /^(合计|其中)/；except 也可以写成列表",
                "put all of it into the regex, such as `/^(合计|其中)/`; `except` may be a list, too",
            ));
        }
        if word.contains('*') {
            return Err(Fault::new(span, "“*”要单独成一级", "`*` stands alone in its segment"));
        }
        if let Some(exact) = word.strip_prefix('=') {
            tests.push(Test::Exact(exact.trim().to_owned()));
            continue;
        }
        let key = fold(word);
        if key.is_empty() {
            return Err(Fault::new(
                span,
                format!("标签“{word}”去掉编号和空白后什么也没有"),
                format!("the label `{word}` is empty without its enumerator and blanks"),
            ));
        }
        tests.push(Test::Folded(key));
    }
    Ok(Segment::Labels(tests))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn labels(path: &str) -> Vec<Label> {
        let label = |text: &str| Label { span: Span::empty(0), text: text.to_owned(), key: fold(text) };
        path.split(" > ").map(label).collect()
    }

    const ROWS: [&str; 7] = [
        "一、本年新收",
        "三、本年度办理结果 > （一）予以公开",
        "三、本年度办理结果 > （三）不予公开 > 1.属于国家秘密",
        "三、本年度办理结果 > （三）不予公开 > 8.其他",
        "三、本年度办理结果 > （六）其他处理",
        "三、本年度办理结果 > （六）其他处理 > 3.其他",
        "三、本年度办理结果 > （七）总计",
    ];

    #[test]
    fn paths_select_rows() {
        for (path, expected) in [
            ("本年新收", &[0][..]),
            ("本年度办理结果 > 总计", &[6]),
            ("总计|予以公开", &[1, 6]),
            ("其他", &[3, 5]),
            ("不予公开 > 其他", &[3]),
            ("^ > 总计", &[]),
            ("^ > 本年度办理结果 > 总计", &[6]),
            ("本年度办理结果 > *", &[1, 4, 6]),
            ("本年度办理结果 > * > *", &[2, 3, 5]),
            ("本年度办理结果 > **", &[1, 2, 3, 5, 6]),
            ("**", &[0, 1, 2, 3, 5, 6]),
            ("/^属于/", &[2]),
            ("=（七）总计", &[6]),
            ("=总计", &[]),
            ("(七) 总 计", &[6]),
            ("本年度办理结果", &[]),
        ] {
            let rows: Vec<Vec<Label>> = ROWS.iter().map(|row| labels(row)).collect();
            let rows: Vec<&[Label]> = rows.iter().map(Vec::as_slice).collect();
            assert_eq!(LabelPath::parse(path).unwrap().select(&rows), expected, "{path}");
        }
    }

    #[test]
    fn faults_point_at_the_segment() {
        for (path, place) in [
            ("总计 >", ""),
            ("> 总计", ""),
            ("甲 > ^ > 乙", "^"),
            ("** > 甲", "**"),
            ("甲* > 乙", "甲*"),
            ("甲| > 乙", ""),
            ("甲 > /乙(/", "("),
            ("甲 > /乙", "/乙"),
            ("甲|/乙/", "/乙/"),
            ("^", "^"),
        ] {
            let fault = LabelPath::parse(path).unwrap_err();
            assert_eq!(fault.span.of(path), place, "{path}: {}", fault.zh);
        }
    }
}
