//! What elements are called in the pages of Chinese governments: where the article stands, and what is around it.
//!
//! Read off the page templates of the usual content management systems (TRS, UCAP, 大汉, 拓尔思 and their likes) and
//! of hand-made sites. A name that is missing costs little: then the article is found by where most of the text stands.

use crate::document::LeftOutKind;

/// Selectors of elements that hold an article and nothing else, the surest first.
pub(super) const ARTICLES: [&str; 26] = [
    "#zoom",
    "#Zoom",
    "#UCAP-CONTENT",
    ".TRS_UEDITOR",
    ".TRS_Editor",
    "ucap-content",
    "#js_content",
    ".trs_editor_view",
    ".xxgk_content",
    ".pages_content",
    ".view_content",
    ".view-content",
    ".article-content",
    ".article_content",
    ".articleContent",
    ".news_content",
    ".news-content",
    ".content_text",
    ".article-body",
    "#articleContent",
    "#article_content",
    "#vsb_content",
    ".v_news_content",
    "#artibody",
    ".arti_content",
    ".bt-content",
];

/// Selectors of elements that may hold more than an article: they count where they hold most of the text.
pub(super) const WRAPPERS: [&str; 10] = [
    "article",
    ".article",
    "#article",
    "main",
    "#content",
    ".content",
    ".main-content",
    ".main_content",
    "#main",
    ".detail",
];

/// Parts of class names and ids of a title.
pub(super) const TITLES: [&str; 9] =
    ["title", "tit", "biaoti", "bt", "headline", "heading", "subject", "ctitle", "titles"];

/// Whole class names and ids, or parts of them between `-`, `_` and capitals, and what such an element is.
const AROUND: [(&str, LeftOutKind); 54] = [
    ("nav", LeftOutKind::Navigation),
    ("navbar", LeftOutKind::Navigation),
    ("navigation", LeftOutKind::Navigation),
    ("menu", LeftOutKind::Navigation),
    ("daohang", LeftOutKind::Navigation),
    ("header", LeftOutKind::Header),
    ("topbar", LeftOutKind::Header),
    ("banner", LeftOutKind::Header),
    ("logo", LeftOutKind::Header),
    ("masthead", LeftOutKind::Header),
    ("footer", LeftOutKind::Footer),
    ("foot", LeftOutKind::Footer),
    ("copyright", LeftOutKind::Footer),
    ("sidebar", LeftOutKind::Sidebar),
    ("aside", LeftOutKind::Sidebar),
    ("related", LeftOutKind::Sidebar),
    ("recommend", LeftOutKind::Sidebar),
    ("xgwz", LeftOutKind::Sidebar),
    ("xgxx", LeftOutKind::Sidebar),
    ("xgyd", LeftOutKind::Sidebar),
    ("breadcrumb", LeftOutKind::Breadcrumb),
    ("breadcrumbs", LeftOutKind::Breadcrumb),
    ("bread", LeftOutKind::Breadcrumb),
    ("crumb", LeftOutKind::Breadcrumb),
    ("crumbs", LeftOutKind::Breadcrumb),
    ("mianbaoxie", LeftOutKind::Breadcrumb),
    ("mbx", LeftOutKind::Breadcrumb),
    ("dqwz", LeftOutKind::Breadcrumb),
    ("weizhi", LeftOutKind::Breadcrumb),
    ("share", LeftOutKind::Tools),
    ("bdshare", LeftOutKind::Tools),
    ("bdsharebuttonbox", LeftOutKind::Tools),
    ("bshare", LeftOutKind::Tools),
    ("jiathis", LeftOutKind::Tools),
    ("social", LeftOutKind::Tools),
    ("fenxiang", LeftOutKind::Tools),
    ("print", LeftOutKind::Tools),
    ("dayin", LeftOutKind::Tools),
    ("toolbar", LeftOutKind::Tools),
    ("fontsize", LeftOutKind::Tools),
    ("ziti", LeftOutKind::Tools),
    ("zihao", LeftOutKind::Tools),
    ("pagination", LeftOutKind::Tools),
    ("pager", LeftOutKind::Tools),
    ("prevnext", LeftOutKind::Tools),
    ("prenext", LeftOutKind::Tools),
    ("sxp", LeftOutKind::Tools),
    ("qrcode", LeftOutKind::Tools),
    ("ewm", LeftOutKind::Tools),
    ("erweima", LeftOutKind::Tools),
    ("laiyuan", LeftOutKind::Byline),
    ("pubtime", LeftOutKind::Byline),
    ("byline", LeftOutKind::Byline),
    ("fbsj", LeftOutKind::Byline),
];

/// What an element is by its class or id.
pub(super) fn around(names: &str) -> Option<LeftOutKind> {
    let whole = names.split_ascii_whitespace();
    whole.flat_map(|name| std::iter::once(name).chain(parts(name))).find_map(|part| {
        let part = part.trim_end_matches(|c: char| c.is_ascii_digit());
        AROUND.iter().find(|(name, _)| name.eq_ignore_ascii_case(part)).map(|&(_, kind)| kind)
    })
}

/// Whether an element is a title by its class or id.
pub(super) fn is_title(names: &str) -> bool {
    let whole = names.split_ascii_whitespace();
    whole.flat_map(|name| std::iter::once(name).chain(parts(name))).any(|part| {
        let part = part.trim_end_matches(|c: char| c.is_ascii_digit());
        TITLES.iter().any(|name| name.eq_ignore_ascii_case(part))
    })
}

/// The words of a name: `articleTitle-box_1` is article, Title, box, 1.
fn parts(name: &str) -> impl Iterator<Item = &str> {
    let mut rest = name;
    std::iter::from_fn(move || {
        rest = rest.trim_start_matches(['-', '_']);
        let mut before_lower = false;
        let end = rest.char_indices().find(|&(_, c)| {
            let ends = matches!(c, '-' | '_') || (before_lower && c.is_ascii_uppercase());
            before_lower = c.is_ascii_lowercase();
            ends
        });
        let (part, behind) = rest.split_at(end.map_or(rest.len(), |(at, _)| at));
        rest = behind;
        (!part.is_empty()).then_some(part)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_known_whole_and_by_their_words() {
        assert_eq!(around("page-footer"), Some(LeftOutKind::Footer));
        assert_eq!(around("clearfix topNav2"), Some(LeftOutKind::Navigation));
        assert_eq!(around("article-content printable"), None);
        assert!(is_title("xxgk_title") && is_title("articleTitle") && !is_title("subtitled"));
        let known = |selector: &str| super::super::selector::Selector::parse(selector).is_ok();
        assert!(ARTICLES.iter().chain(&WRAPPERS).all(|selector| known(selector)));
    }
}
