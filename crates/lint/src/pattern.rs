//! Patterns of rules: parsed at load, compiled when first needed, with the literals one of which any match holds.

mod reach;

pub(crate) use reach::{Hay, Never, Reach};

use crate::fault::Fault;
use gouji_core::text::Span;
use regex::Regex;
use regex_syntax::ast;
use regex_syntax::hir::{Class, Hir, HirKind};
use std::sync::OnceLock;

/// What `NUM` stands for: a number as people write it.
const NUM: &str = concat!(
    r"(?:(?:[0-9０-９]+亿)?(?:[0-9０-９]+万)?",
    r"(?:[0-9０-９]{1,3}(?:[,，][0-9０-９]{3})+|[0-9０-９]+)(?:[.．][0-9０-９]+)?(?:万亿|[万亿])?",
    r"|[〇零一二两三四五六七八九十百千万亿]+(?:点[〇零一二三四五六七八九]+)?)"
);

/// The largest compiled program, in bytes. Hundreds of patterns are held at a time.
const SIZE_LIMIT: usize = 1 << 20;

/// The most literals worth looking for instead of the pattern itself.
const LITERAL_LIMIT: usize = 64;

/// A checked pattern.
#[derive(Debug)]
pub struct Pattern {
    source: String,
    expanded: String,
    names: Vec<String>,
    required: Vec<String>,
    weight: usize,
    compiled: OnceLock<Regex>,
}

impl Pattern {
    /// Parses a pattern as written in a rule; it may match the empty text.
    ///
    /// # Errors
    /// A fault that points into `source`.
    pub fn parse(source: &str) -> Result<Self, Fault> {
        Self::wrapped("", source, "", |_| false)
    }

    /// Parses a pattern that is searched for: each match of it has to hold a character, or it would be found anywhere.
    ///
    /// # Errors
    /// As [`Pattern::parse`].
    pub(crate) fn solid(source: &str) -> Result<Self, Fault> {
        Self::wrapped("", source, "", is_hollow)
    }

    /// Parses a pattern of an exception: it may match a mere place, such as `^`, but not beside any text.
    ///
    /// # Errors
    /// As [`Pattern::parse`].
    pub(crate) fn exception(source: &str) -> Result<Self, Fault> {
        Self::wrapped("", source, "", always_matches)
    }

    /// Parses a pattern that must match right before a place: what is searched ends at that place.
    ///
    /// # Errors
    /// As [`Pattern::parse`].
    pub fn before(source: &str) -> Result<Self, Fault> {
        Self::wrapped("(?:", source, r")\z", always_matches)
    }

    /// Parses a pattern that must match right behind a place: what is searched starts at that place.
    ///
    /// # Errors
    /// As [`Pattern::parse`].
    pub fn after(source: &str) -> Result<Self, Fault> {
        Self::wrapped(r"\A(?:", source, ")", always_matches)
    }

    fn wrapped(head: &str, source: &str, tail: &str, refused: fn(&Hir) -> bool) -> Result<Self, Fault> {
        // The source is parsed alone first: a stray bracket must not close the wrapper's.
        let (inner, pieces) = expand(source);
        let back = |at: usize| pieces.iter().rev().find(|piece| piece.expanded <= at).map_or(0, |piece| piece.back(at));
        let place = |span: &ast::Span| {
            let start = back(span.start.offset).min(source.len());
            Span::new(start, back(span.end.offset).min(source.len()).max(start))
        };
        let tree = ast::parse::ParserBuilder::new()
            .nest_limit(100)
            .build()
            .parse(&inner)
            .map_err(|error| fault(place(error.span()), &error.kind().to_string()))?;
        let hir = translated(&inner, &tree).map_err(|error| fault(place(error.span()), &error.kind().to_string()))?;
        if refused(&hir) {
            // Of several branches the one that is to blame, which may be nothing at all behind a `|`.
            let branches = match &tree {
                ast::Ast::Alternation(branches) => branches.asts.as_slice(),
                _ => &[],
            };
            let blamed = branches.iter().find(|branch| translated(&inner, branch).is_ok_and(|hir| refused(&hir)));
            let span = blamed.map_or(Span::new(0, source.len()), |branch| place(branch.span()));
            return Err(hollow(source, span));
        }
        let names = names_of(&hir);
        let required = required(&hir).unwrap_or_default();
        let weight = weight(&hir);
        let pattern = Self {
            source: source.to_owned(),
            expanded: format!("{head}{inner}{tail}"),
            names,
            required,
            weight,
            compiled: OnceLock::new(),
        };
        if weight > SIZE_LIMIT / 256 {
            let compiled = pattern.compile().map_err(|_| {
                Fault::new(
                    Span::new(0, source.len()),
                    "正则表达式太大，编译后超过 1 MiB，请缩小重复次数或字符范围",
                    "the pattern is too large: over 1 MiB when compiled; use fewer repetitions or a smaller class",
                )
            })?;
            let _ = pattern.compiled.set(compiled);
        }
        Ok(pattern)
    }

    /// The source of a pattern that matches this text and no other.
    #[must_use]
    pub fn literal(text: &str) -> String {
        let mut out = regex::escape(text);
        // Blanks are nothing in a pattern that starts with `(?x)`, and NUM is no text.
        for (plain, escaped) in [(" ", r"\x20"), ("\t", r"\t"), ("\n", r"\n"), ("NUM", "N[U]M")] {
            out = out.replace(plain, escaped);
        }
        out
    }

    /// The source of a pattern that matches any of these texts, the longest that fits first; of none nothing.
    pub(crate) fn any_of(texts: &[String]) -> String {
        if texts.is_empty() {
            return r"[^\s\S]".to_owned();
        }
        let mut texts: Vec<&String> = texts.iter().collect();
        texts.sort_by_key(|text| std::cmp::Reverse(text.len()));
        let literals: Vec<String> = texts.into_iter().map(|text| Self::literal(text)).collect();
        format!("(?:{})", literals.join("|"))
    }

    /// The pattern as written.
    #[must_use]
    pub fn source(&self) -> &str {
        &self.source
    }

    /// The names of its captures, in order.
    #[must_use]
    pub fn names(&self) -> &[String] {
        &self.names
    }

    /// Literals of which at least one occurs in any match; empty when that is not known.
    #[must_use]
    pub fn required(&self) -> &[String] {
        &self.required
    }

    /// About how many states the compiled pattern has: what it costs to compile, and at worst to search with.
    #[must_use]
    pub fn weight(&self) -> usize {
        self.weight
    }

    /// The compiled pattern.
    pub(crate) fn regex(&self) -> &Regex {
        self.compiled
            .get_or_init(|| self.compile().expect("a pattern that parses and weighs little compiles within the limit"))
    }

    fn compile(&self) -> Result<Regex, regex::Error> {
        regex::RegexBuilder::new(&self.expanded).unicode(true).multi_line(false).size_limit(SIZE_LIMIT).build()
    }
}

fn translated(inner: &str, tree: &ast::Ast) -> Result<Hir, regex_syntax::hir::Error> {
    regex_syntax::hir::translate::TranslatorBuilder::new().build().translate(inner, tree)
}

/// Whether a pattern matches at places that hold no character.
fn is_hollow(hir: &Hir) -> bool {
    hir.properties().minimum_len() == Some(0)
}

/// Whether a pattern matches beside any text; `^` matches at the start only.
fn always_matches(hir: &Hir) -> bool {
    let branches = match hir.kind() {
        HirKind::Alternation(branches) => branches.as_slice(),
        _ => std::slice::from_ref(hir),
    };
    branches.iter().any(|branch| is_hollow(branch) && branch.properties().look_set().is_empty())
}

fn hollow(source: &str, span: Span) -> Fault {
    let fault = match span.of(source) {
        "" => Fault::new(
            span,
            "正则表达式在这里是空的，匹配的是空处：一个字也没有的地方都算",
            "the pattern is empty here and matches any place without a character",
        ),
        blamed => Fault::new(
            span,
            format!("“{blamed}”也匹配空处：一个字也没有的地方都算"),
            format!("`{blamed}` also matches an empty place, one without a character"),
        ),
    };
    fault.with_help(
        "可有可无的内容（带 * 或 ?）和位置（^ $）之外，至少要有一个字，如把 x* 写成 x+",
        "beside what may be left out (`*`, `?`) and places (`^`, `$`) there has to be a character: write x+ for x*",
    )
}

/// A stretch of the expanded pattern.
#[derive(Debug)]
struct Piece {
    expanded: usize,
    source: usize,
    /// Whether it stands for `NUM`: every place in it is the word's.
    word: bool,
}

impl Piece {
    fn back(&self, at: usize) -> usize {
        if self.word { self.source } else { self.source + (at - self.expanded) }
    }
}

/// The pattern with `NUM` replaced, and where each stretch came from.
fn expand(source: &str) -> (String, Vec<Piece>) {
    let mut out = String::with_capacity(source.len());
    let mut pieces = vec![Piece { expanded: 0, source: 0, word: false }];
    let mut done = 0;
    for (at, _) in source.match_indices("NUM") {
        let before = source[..at].chars().next_back();
        let behind = source[at + 3..].chars().next();
        let joined = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '\\' | '<'));
        if joined(before) || joined(behind) {
            continue;
        }
        out.push_str(&source[done..at]);
        pieces.push(Piece { expanded: out.len(), source: at, word: true });
        out.push_str(NUM);
        done = at + 3;
        pieces.push(Piece { expanded: out.len(), source: done, word: false });
    }
    out.push_str(&source[done..]);
    (out, pieces)
}

/// The fault of a pattern, with the library's words put into Chinese where they are common.
fn fault(span: Span, english: &str) -> Fault {
    let chinese = match english {
        "unclosed group" => "括号没有闭合",
        "unopened group" => "多了一个右括号",
        "unclosed character class" => "方括号没有闭合",
        "repetition operator missing expression" => "重复符号前没有内容",
        "unclosed counted repetition" => "花括号没有闭合",
        "unrecognized escape sequence" => "不认识的转义",
        "incomplete escape sequence, reached end of pattern prematurely" => "末尾的反斜杠后没有内容",
        "empty capture group name" => "捕获组没有名字",
        "invalid capture group character" => "捕获组的名字含不允许的字符",
        "unclosed capture group name" => "捕获组的名字没有闭合",
        _ if english.starts_with("invalid repetition count range") => "重复次数的下限大于上限",
        "repetition quantifier expects a valid decimal" => "花括号里的重复次数要写数字",
        "duplicate capture group name" => "捕获组重名",
        "Unicode property not found" => "没有这种 Unicode 属性",
        "Unicode property value not found" => "没有这种 Unicode 属性值",
        _ if english.starts_with("look-around") => "不支持前后查看（look-around），请改用 unless 或 at",
        _ if english.starts_with("exceed the maximum number of nested") => "括号嵌套超过 100 层",
        _ if english.starts_with("backreferences") => "不支持反向引用",
        _ if english.starts_with("invalid character class range") => "字符范围的起点大于终点",
        _ => "这里不合正则表达式的写法",
    };
    Fault::new(span, format!("正则表达式有误：{chinese}"), format!("bad pattern: {english}"))
}

/// The names of the captures, in order.
fn names_of(hir: &Hir) -> Vec<String> {
    let mut names = Vec::new();
    let mut todo = vec![hir];
    while let Some(hir) = todo.pop() {
        match hir.kind() {
            HirKind::Capture(capture) => {
                if let Some(name) = &capture.name {
                    names.push(name.to_string());
                }
                todo.push(&capture.sub);
            }
            HirKind::Repetition(repetition) => todo.push(&repetition.sub),
            HirKind::Concat(parts) | HirKind::Alternation(parts) => todo.extend(parts.iter().rev()),
            _ => {}
        }
    }
    names
}

/// Literals of which one occurs in any match; none where that can not be told or they are too many.
fn required(hir: &Hir) -> Option<Vec<String>> {
    match hir.kind() {
        HirKind::Literal(literal) => Some(vec![String::from_utf8(literal.0.to_vec()).ok()?]),
        HirKind::Class(Class::Unicode(class)) => {
            let mut chars = Vec::new();
            for range in class.ranges() {
                if chars.len() + range.len() > 8 {
                    return None;
                }
                chars.extend((range.start()..=range.end()).map(String::from));
            }
            (!chars.is_empty()).then_some(chars)
        }
        HirKind::Capture(capture) => required(&capture.sub),
        HirKind::Repetition(repetition) if repetition.min > 0 => required(&repetition.sub),
        HirKind::Concat(parts) => parts.iter().filter_map(required).max_by_key(|set| {
            let shortest = set.iter().map(String::len).min().unwrap_or(0);
            (shortest, LITERAL_LIMIT - set.len().min(LITERAL_LIMIT))
        }),
        HirKind::Alternation(parts) => {
            let mut all = Vec::new();
            for part in parts {
                all.extend(required(part)?);
            }
            (all.len() <= LITERAL_LIMIT).then_some(all)
        }
        _ => None,
    }
}

/// About how many states the compiled pattern has; only to tell a harmless pattern from one that must be tried.
fn weight(hir: &Hir) -> usize {
    match hir.kind() {
        HirKind::Literal(literal) => literal.0.len(),
        HirKind::Class(Class::Unicode(class)) => 4 * class.ranges().len(),
        HirKind::Capture(capture) => 2 + weight(&capture.sub),
        HirKind::Repetition(repetition) => {
            let times = repetition.max.unwrap_or(repetition.min + 1).max(repetition.min).max(1);
            weight(&repetition.sub).saturating_add(1).saturating_mul(times as usize)
        }
        HirKind::Concat(parts) | HirKind::Alternation(parts) => {
            parts.iter().map(|part| weight(part).saturating_add(1)).fold(0, usize::saturating_add)
        }
        _ => 1,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn num_is_a_number_as_people_write_it() {
        let pattern = Pattern::parse("^(?<n>NUM)件$").unwrap();
        for text in
            ["12件", "１２件", "1,234件", "一百二十件", "两件", "3.5万件", "〇件", "1亿2000万件", "3万亿件", "九点五件"]
        {
            assert!(pattern.regex().is_match(text), "{text}");
        }
        assert!(!pattern.regex().is_match("若干件"));
        assert_eq!(pattern.names(), ["n"]);
    }

    #[test]
    fn required_literals_hold_for_any_match() {
        let cases: [(&str, &[&str]); 6] = [
            ("国办函〔2020〕109号", &["国办函〔2020〕109号"]),
            (r"(?:收到|受理了)[^。]*件", &["收到", "受理了"]),
            ("(截止|截至)?目前", &["目前"]),
            (r"\d+", &[]),
            ("[,，]", &[",", "，"]),
            ("a|b*", &[]),
        ];
        for (source, expected) in cases {
            assert_eq!(Pattern::parse(source).unwrap().required(), expected, "{source}");
        }
    }

    #[test]
    fn a_fault_points_into_the_source() {
        let cases = [
            ("NUM件(丙", 6, "括号没有闭合"),
            ("(?<=甲)乙", 0, "不支持前后查看"),
            ("甲{2", 3, "花括号没有闭合"),
            (r"NUM\q", 3, "不认识的转义"),
            ("甲)", 3, "多了一个右括号"),
            (r"\p{L}{1,9999}", 0, "太大"),
        ];
        for (source, start, words) in cases {
            let fault = Pattern::parse(source).unwrap_err();
            assert!(fault.zh.contains(words), "{source}: {}", fault.zh);
            assert_eq!(fault.span.start, start, "{source}");
        }
    }

    #[test]
    fn a_stray_bracket_does_not_break_out_of_the_anchors() {
        assert!(Pattern::before("甲)|(?:乙").is_err());
        assert!(Pattern::before("甲|乙").unwrap().regex().is_match("丙乙"));
        assert!(!Pattern::after("甲|乙").unwrap().regex().is_match("丙乙"));
    }

    #[test]
    fn a_pattern_that_matches_the_empty_text_is_told_with_the_branch_to_blame() {
        let cases = [
            ("", 0..0),
            ("x*", 0..2),
            ("(?<末>甲)?", 0..12),
            ("^", 0..1),
            ("甲||乙", 4..4),
            ("甲|乙|", 8..8),
            ("NUM|乙?", 4..8),
        ];
        for (source, span) in cases {
            assert_eq!(Pattern::solid(source).unwrap_err().span, span.into(), "{source}");
            assert!(Pattern::parse(source).is_ok(), "{source}");
        }
        assert!(Pattern::solid("^甲?乙$").is_ok());
        assert!(Pattern::exception(r"^\P{Han}*$").is_ok() && Pattern::exception("甲?").is_err());
        for (source, right) in
            [("^", true), ("^|。", true), ("x*", false), ("^|x*", false), ("", false), ("[。]?$", true)]
        {
            assert_eq!(Pattern::after(source).is_ok(), right, "{source}");
        }
    }

    #[test]
    fn a_text_put_into_a_pattern_matches_itself_only() {
        for text in ["第1.5条", "（甲|乙）", "a b", "NUM件", "[甲]"] {
            let pattern = Pattern::parse(&format!("(?x)^{}$", Pattern::literal(text))).unwrap();
            assert!(pattern.regex().is_match(text), "{text}");
        }
        let any = Pattern::parse(&format!("^{}", Pattern::any_of(&["市".to_owned(), "市场".to_owned()]))).unwrap();
        assert_eq!(any.regex().find("市场监管").unwrap().as_str(), "市场");
        assert!(!Pattern::parse(&Pattern::any_of(&[])).unwrap().regex().is_match("甲"));
    }
}
