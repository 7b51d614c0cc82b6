//! A page with what is no part of any article marked: navigation, headers, footers, bars, what is hidden.

use super::tree::{NodeKind, Tree};
use super::{names, tables, tags};
use crate::document::LeftOutKind;
use crate::label::is_blank;

/// The longest text, in characters, of a line that is known by its words.
const MAX_LINE: usize = 120;
/// The longest text of a form that is no page.
const MAX_FORM: usize = 200;

/// The longest text outside links, in characters, of what is left out for its name alone.
const MAX_NAMED: usize = 300;
/// The shortest text with a sentence in it that is one of a report, whatever the element around it is called.
pub(super) const LEAST_SAID: usize = 40;

/// A page.
pub(super) struct Page<'a> {
    pub(super) tree: Tree<'a>,
    /// For each node what it is, where it is left out with all that is in it and stands in nothing that is.
    left_out: Vec<Option<LeftOutKind>>,
    /// For each node how many characters stand before it; one more at the end.
    chars: Vec<usize>,
    /// As above, those in no link.
    unlinked: Vec<usize>,
    /// As above, what counts for the article: not left out and in no link.
    weights: Vec<usize>,
}

impl<'a> Page<'a> {
    pub(super) fn new(raw: &'a str) -> Self {
        let tree = Tree::new(raw);
        let chars = sums(&tree, |at| if tags::is_no_text(tree.tag(at)) { Count::Nothing } else { Count::All });
        let unlinked = sums(&tree, |at| {
            let tag = tree.tag(at);
            if tag == "a" || tags::is_no_text(tag) { Count::Nothing } else { Count::All }
        });
        let mut page = Self { tree, left_out: Vec::new(), chars, unlinked, weights: Vec::new() };
        page.left_out = page.classify();
        page.weights = sums(&page.tree, |at| {
            let tag = page.tree.tag(at);
            if tag == "a" || tags::is_no_text(tag) || page.left_out[at].is_some() { Count::Nothing } else { Count::All }
        });
        page
    }

    /// Whether nobody is to read what is in a node.
    pub(super) fn is_left_out(&self, at: usize) -> bool {
        self.left_out(at).is_some()
    }

    /// What a node is that is left out.
    pub(super) fn left_out(&self, at: usize) -> Option<LeftOutKind> {
        // While the page is being looked through nothing is left out yet.
        self.left_out.get(at).copied().flatten()
    }

    /// How many characters stand in a node, blanks not counted.
    pub(super) fn n_chars(&self, at: usize) -> usize {
        self.chars[self.tree.nodes[at].end] - self.chars[at]
    }

    /// How many of them stand in no link.
    pub(super) fn n_unlinked(&self, at: usize) -> usize {
        self.unlinked[self.tree.nodes[at].end] - self.unlinked[at]
    }

    /// How many of them count for the article.
    pub(super) fn weight(&self, at: usize) -> usize {
        self.weights[self.tree.nodes[at].end] - self.weights[at]
    }

    /// The first characters that stand in a node, without blanks.
    pub(super) fn words(&self, at: usize, most: usize) -> String {
        let nodes = at..self.tree.nodes[at].end;
        let texts = nodes.filter(|&at| self.chars[at] < self.chars[at + 1]).map(|at| self.tree.nodes[at].span);
        let chars = texts.flat_map(|span| span.of(self.tree.raw).chars());
        chars.filter(|&c| !is_blank(c)).take(most).collect::<String>().replace("&nbsp;", "")
    }

    fn classify(&self) -> Vec<Option<LeftOutKind>> {
        let mut kinds = vec![None; self.tree.nodes.len()];
        let mut at = 1;
        while at < kinds.len() {
            kinds[at] = self.kind(at);
            at = if kinds[at].is_some() { self.tree.nodes[at].end } else { at + 1 };
        }
        kinds
    }

    fn kind(&self, at: usize) -> Option<LeftOutKind> {
        let tag = self.tree.tag(at);
        if !matches!(self.tree.nodes[at].kind, NodeKind::Element { .. }) || matches!(tag, "html" | "body") {
            return None;
        }
        if self.is_hidden(at) {
            return Some(LeftOutKind::Hidden);
        }
        // What holds most of the page is no part around it, whatever it is called.
        if self.n_unlinked(at) * 2 > self.n_unlinked(0) {
            return None;
        }
        let by_tag = match tag {
            "nav" => Some(LeftOutKind::Navigation),
            "header" => self.is_around_page(at).then_some(LeftOutKind::Header),
            "footer" => Some(LeftOutKind::Footer),
            "aside" => Some(LeftOutKind::Sidebar),
            "button" | "select" | "textarea" | "option" => Some(LeftOutKind::Form),
            "form" => (self.n_chars(at) <= MAX_FORM).then_some(LeftOutKind::Form),
            _ => None,
        };
        let by_role = || match self.tree.attribute(at, "role")? {
            "navigation" => Some(LeftOutKind::Navigation),
            "banner" => Some(LeftOutKind::Header),
            "contentinfo" => Some(LeftOutKind::Footer),
            "complementary" => Some(LeftOutKind::Sidebar),
            "search" => Some(LeftOutKind::Form),
            _ => None,
        };
        by_tag.or_else(by_role).or_else(|| self.by_name(at)).or_else(|| self.by_words(at))
    }

    fn is_hidden(&self, at: usize) -> bool {
        // Pages pasted from Word have a style on every word: most need no second look.
        let may_hide =
            |style: &&str| ["isplay", "ISPLAY", "isib", "ISIB", "hide", "HIDE"].iter().any(|it| style.contains(it));
        let style = self
            .tree
            .attribute(at, "style")
            .filter(may_hide)
            .map(|style| style.chars().filter(|c| !c.is_whitespace()).collect::<String>().to_ascii_lowercase());
        let hiding = ["display:none", "visibility:hidden", "mso-hide:all"];
        style.is_some_and(|style| hiding.iter().any(|hides| style.contains(hides)))
            || self.tree.attribute(at, "hidden").is_some()
            || self.tree.attribute(at, "aria-hidden").is_some_and(|said| said.eq_ignore_ascii_case("true"))
    }

    /// Whether an element stands in no article.
    fn is_around_page(&self, at: usize) -> bool {
        !self.tree.ancestors(at).any(|around| matches!(self.tree.tag(around), "article" | "main" | "section"))
    }

    fn by_name(&self, at: usize) -> Option<LeftOutKind> {
        let tag = self.tree.tag(at);
        let is_box = matches!(tag, "center" | "div" | "dl" | "ol" | "section" | "table" | "ul");
        if !is_box && !matches!(tag, "a" | "em" | "i" | "li" | "p" | "span") {
            return None;
        }
        let names = ["class", "id"].into_iter().filter_map(|key| self.tree.attribute(at, key));
        let kind = names.flat_map(names::around).next()?;
        // A paragraph that is called header is one of the article.
        let fits = is_box || matches!(kind, LeftOutKind::Breadcrumb | LeftOutKind::Tools | LeftOutKind::Byline);
        (fits && !self.is_of_report(at)).then_some(kind)
    }

    /// Whether what stands in an element tells more of it than its name: much text, a sentence, a title, a table.
    fn is_of_report(&self, at: usize) -> bool {
        let n_unlinked = self.n_unlinked(at);
        if n_unlinked * 2 < self.n_chars(at) {
            return false;
        }
        let says = || n_unlinked >= LEAST_SAID && says_sentence(&self.words(at, MAX_NAMED));
        n_unlinked > MAX_NAMED || says() || is_title(&self.words(at, MAX_LINE)) || self.holds_figures(at)
    }

    /// Whether there is a table with numbers in an element.
    fn holds_figures(&self, at: usize) -> bool {
        let is_number = |text: &str| text.trim().parse::<u64>().is_ok();
        let has_number = |table: usize| {
            self.tree.inside(table).any(|at| {
                self.tree.nodes[at].kind == NodeKind::Text && is_number(self.tree.nodes[at].span.of(self.tree.raw))
            })
        };
        let mut tables = std::iter::once(at).chain(self.tree.inside(at)).filter(|&at| self.tree.tag(at) == "table");
        tables.any(|table| tables::is_data(self, table) && has_number(table))
    }

    /// What a short line without further lines in it is, by its words.
    fn by_words(&self, at: usize) -> Option<LeftOutKind> {
        let tag = self.tree.tag(at);
        let n_chars = self.n_chars(at);
        if !tags::is_block(tag) || matches!(tag, "td" | "th" | "tr") || n_chars == 0 || n_chars > MAX_LINE {
            return None;
        }
        let has_lines = self.tree.inside(at).any(|at| tags::is_block(self.tree.tag(at)) || self.tree.tag(at) == "br");
        if has_lines { None } else { line_kind(&self.words(at, MAX_LINE)) }
    }
}

/// The words of those who run a site.
const OWNERS: [&str; 4] = ["ICP备", "公网安备", "网站标识码", "版权所有"];

/// Whether words, blanks left out, are a sentence that is not one of those who run the site.
pub(super) fn says_sentence(words: &str) -> bool {
    const SITE: [&str; 6] = ["主办", "承办", "分辨率", "转载", "扫一扫", "免责"];
    words.contains('。') && !OWNERS.iter().chain(&SITE).any(|said| words.contains(said))
}

/// Whether words, blanks left out, are the title of the report of a year.
pub(super) fn is_title(words: &str) -> bool {
    let names_year = || words.contains("20") || words.contains("二〇") || words.contains("二○");
    let is_path = || [">", "&gt;", "＞", "»"].iter().any(|mark| words.contains(mark));
    ["报告", "年报"].iter().any(|end| words.ends_with(end)) && names_year() && !is_path()
}

/// What a line is by its words, blanks left out; none for one that may be part of an article.
fn line_kind(words: &str) -> Option<LeftOutKind> {
    const PLACES: [&str; 6] = ["当前位置", "您的位置", "您所在的位置", "您现在的位置", "所在位置", "你的位置"];
    const NEIGHBOURS: [&str; 4] = ["上一篇", "下一篇", "上一条", "下一条"];
    const BYLINES: [[&str; 3]; 5] = [
        ["来源：", "来源:", "信息来源"],
        ["发布时间", "发布日期", "发文时间"],
        ["浏览次数", "点击数", "阅读次数"],
        ["字体：", "字号：", "字体:"],
        ["分享到", "分享：", "打印本页"],
    ];
    const TOOLS: [&str; 12] = [
        "打印本页",
        "打印",
        "关闭窗口",
        "关闭本页",
        "关闭",
        "分享到",
        "分享",
        "字体",
        "字号",
        "返回顶部",
        "收藏",
        "返回",
    ];
    if PLACES.iter().any(|place| words.starts_with(place)) {
        return Some(LeftOutKind::Breadcrumb);
    }
    if NEIGHBOURS.iter().any(|neighbour| words.starts_with(neighbour)) {
        return Some(LeftOutKind::Tools);
    }
    if OWNERS.iter().any(|owner| words.contains(owner)) && !words.contains('。') {
        return Some(LeftOutKind::Footer);
    }
    if BYLINES.iter().filter(|said| said.iter().any(|said| words.contains(said))).count() > 1 && !words.contains('。')
    {
        return Some(LeftOutKind::Byline);
    }
    if !TOOLS.iter().any(|tool| words.contains(tool)) {
        return None;
    }
    let mut rest = words.to_owned();
    for tool in TOOLS {
        rest = rest.replace(tool, "");
    }
    let is_rest = |c: char| matches!(c, '大' | '中' | '小' | '【' | '】' | '[' | ']' | '：' | ':' | '|' | '/' | '｜');
    (rest.len() < words.len() && rest.chars().all(is_rest)).then_some(LeftOutKind::Tools)
}

/// What is counted of a node's texts.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Count {
    All,
    Nothing,
}

/// For each node how many characters that count stand before it.
fn sums(tree: &Tree<'_>, count: impl Fn(usize) -> Count) -> Vec<usize> {
    let mut sums = Vec::with_capacity(tree.nodes.len() + 1);
    let mut sum = 0;
    let mut counted_from = 0;
    for (at, node) in tree.nodes.iter().enumerate() {
        sums.push(sum);
        if at < counted_from {
            continue;
        }
        match node.kind {
            NodeKind::Text => sum += node.span.of(tree.raw).chars().filter(|&c| !is_blank(c)).count(),
            NodeKind::Element { .. } if count(at) == Count::Nothing => counted_from = node.end,
            _ => {}
        }
    }
    sums.push(sum);
    sums
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_around_an_article_are_known_by_their_words() {
        for (words, kind) in [
            ("当前位置：首页>政务公开>年度报告", Some(LeftOutKind::Breadcrumb)),
            ("来源：县政府办发布时间：2025-01-20浏览次数：12", Some(LeftOutKind::Byline)),
            ("【打印】【关闭】", Some(LeftOutKind::Tools)),
            ("字体：大中小", Some(LeftOutKind::Tools)),
            ("下一篇：青禾县水利局2024年政府信息公开工作年度报告", Some(LeftOutKind::Tools)),
            ("版权所有：青禾县人民政府办公室", Some(LeftOutKind::Footer)),
            ("来源：县政府办", None),
            ("信息来源不清，发布时间不准。", None),
            ("大中小", None),
            ("（一）主动公开", None),
        ] {
            assert_eq!(line_kind(words), kind, "{words}");
        }
    }
}
