//! The article of a page: the element that holds it, and the title that stands before it.

use super::page::{self, LEAST_SAID, Page};
use super::selector::Selector;
use super::tree::NodeKind;
use super::{names, tables, tags};
use crate::document::{Article, ArticleChoice, LeftOut, LeftOutKind};
use crate::label::fold_width;

/// How much of a page's text an element with a sure name holds at least, in percent, to be the article.
const SURE_SHARE: usize = 10;
/// As above, for an element that may hold more than the article.
const WRAPPER_SHARE: usize = 50;
/// How much an element with a name holds at least to be looked at.
const LEAST: usize = 2;
/// How much an element without a name holds of what the element around it holds.
const MOST: usize = 90;
/// How much of the text of like elements one holds to be a part of the article of its own.
const PART: usize = 20;
/// The shortest and the longest title, in characters.
const TITLE_CHARS: std::ops::RangeInclusive<usize> = 5..=100;
/// Where an article says its title again, in characters from its start.
const TITLE_WITHIN: usize = 300;
/// How many characters outside the article are worth a word.
const MUCH: usize = 100;
/// The longest start tag that is shown.
const MAX_SHOWN: usize = 80;

/// What of a page is read.
pub(super) struct Found {
    pub(super) root: usize,
    pub(super) title: Option<usize>,
    choice: ArticleChoice,
}

/// Finds the article; none where the selector means no element of the page.
pub(super) fn find(page: &Page<'_>, asked: Option<&Selector>) -> Option<Found> {
    if let Some(selector) = asked {
        let root = (1..page.tree.nodes.len()).find(|&at| selector.matches(&page.tree, at))?;
        return Some(Found { root, title: None, choice: ArticleChoice::Asked });
    }
    let sure = || named(page, &names::ARTICLES, SURE_SHARE);
    let wrapper = || named(page, &names::WRAPPERS, WRAPPER_SHARE);
    let (root, choice) = match sure().or_else(wrapper) {
        Some(root) => (root, ArticleChoice::Named),
        None => (heaviest(page), ArticleChoice::Heaviest),
    };
    let root = widened(page, root);
    Some(Found { root, title: title(page, root), choice })
}

/// What is around an element and the rest of its article, where some of it stands beside the element.
fn widened(page: &Page<'_>, found: usize) -> usize {
    let (mut root, mut inner) = (found, found);
    for around in page.tree.ancestors(found) {
        let beside = || children(page, around).filter(|&at| at != inner && !page.is_left_out(at));
        let said: usize = beside().map(|at| page.weight(at)).sum();
        if said > 0 {
            let in_links: usize = beside().map(|at| page.n_chars(at) - page.n_unlinked(at)).sum();
            if in_links > said || !goes_on(page, inner, beside) {
                break;
            }
            root = around;
        }
        inner = around;
    }
    root
}

/// Whether an article goes on in what stands beside an element: in its like, or in sentences.
fn goes_on<I: Iterator<Item = usize>>(page: &Page<'_>, inner: usize, beside: impl Fn() -> I) -> bool {
    let texts = || beside().filter(|&at| page.weight(at) * 2 > page.n_chars(at));
    let class = page.tree.attribute(inner, "class");
    let is_like = |at: usize| class.is_some() && page.tree.attribute(at, "class") == class;
    let says = |at: usize| page::says_sentence(&page.words(at, usize::MAX));
    texts().any(is_like) || texts().map(|at| page.weight(at)).sum::<usize>() >= LEAST_SAID && texts().any(says)
}

/// The nodes right inside a node.
fn children(page: &Page<'_>, around: usize) -> impl Iterator<Item = usize> {
    let end = page.tree.nodes[around].end;
    let within = move |at: usize| (at < end).then_some(at);
    std::iter::successors(within(around + 1), move |&at| within(page.tree.nodes[at].end))
}

/// The element with one of these names that holds enough of the text; where it is in several parts, what is around them.
fn named(page: &Page<'_>, names: &[&str], share: usize) -> Option<usize> {
    let all = page.weight(0);
    // What holds less is no part worth naming; few nodes are left, and a page may have a hundred thousand.
    let heavy: Vec<usize> =
        (1..page.tree.nodes.len()).filter(|&at| page.weight(at) > 0 && page.weight(at) * 100 >= all * LEAST).collect();
    names.iter().find_map(|name| {
        let selector = Selector::parse(name).ok()?;
        let mut found: Vec<usize> = Vec::new();
        for &at in &heavy {
            let is_inside = found.last().is_some_and(|&last| at < page.tree.nodes[last].end);
            if !is_inside && selector.matches(&page.tree, at) {
                found.push(at);
            }
        }
        let weight: usize = found.iter().map(|&at| page.weight(at)).sum();
        if weight * 100 < all * share {
            return None;
        }
        found.retain(|&at| page.weight(at) * 100 >= weight * PART);
        let (&first, &last) = (found.first()?, found.last()?);
        let holds_last = |&around: &usize| last < page.tree.nodes[around].end;
        std::iter::once(first).chain(page.tree.ancestors(first)).find(holds_last)
    })
}

/// The innermost element that holds most of the text.
fn heaviest(page: &Page<'_>) -> usize {
    let mut root = 0;
    loop {
        let mut child = root + 1;
        let heavy = loop {
            if child >= page.tree.nodes[root].end {
                break None;
            }
            if page.weight(child) * 100 > page.weight(root) * MOST {
                break Some(child);
            }
            child = page.tree.nodes[child].end;
        };
        let Some(heavy) = heavy else { return root };
        let tag = page.tree.tag(heavy);
        let is_box = matches!(
            tag,
            "article"
                | "body"
                | "center"
                | "div"
                | "form"
                | "html"
                | "main"
                | "section"
                | "table"
                | "tbody"
                | "td"
                | "tr"
        );
        if !is_box || (tag == "table" && tables::is_data(page, heavy)) {
            return root;
        }
        root = heavy;
    }
}

/// The title that stands before an article: a line that says it is one of a report, else a heading or what is called
/// a title; the last of them.
fn title(page: &Page<'_>, root: usize) -> Option<usize> {
    let rank = |at: usize| {
        let by_name = ["class", "id"].into_iter().filter_map(|key| page.tree.attribute(at, key)).any(names::is_title);
        let tag = page.tree.tag(at);
        let is_line = tags::is_block(tag);
        match tag {
            _ if is_line && page::is_title(&page.words(at, *TITLE_CHARS.end())) => Some(3),
            "h1" => Some(2),
            "h2" | "h3" if !by_name => Some(1),
            "div" | "p" | "span" | "h2" | "h3" | "h4" | "td" | "strong" if by_name => Some(2),
            _ => None,
        }
    };
    if page.tree.inside(root).any(|at| page.tree.tag(at) == "h1" && page.n_chars(at) > 0) {
        return None;
    }
    let mut best: Option<(u8, usize)> = None;
    let mut at = 1;
    while at < root {
        let end = page.tree.nodes[at].end;
        if page.is_left_out(at) || tags::is_no_text(page.tree.tag(at)) {
            at = end;
            continue;
        }
        let n_chars = page.n_chars(at);
        let fits = end <= root && TITLE_CHARS.contains(&n_chars) && page.weight(at) * 2 > n_chars;
        if fits
            && let Some(rank) = rank(at)
            && best.is_none_or(|(before, _)| before <= rank)
        {
            best = Some((rank, at));
        }
        at += 1;
    }
    let (_, title) = best?;
    let words = fold_width(&page.words(title, *TITLE_CHARS.end()));
    (!fold_width(&page.words(root, TITLE_WITHIN)).contains(&words)).then_some(title)
}

/// Whether much text outside an article that was not asked for is not read: no links, but what is hidden.
pub(super) fn leaves_much(page: &Page<'_>, found: &Found) -> bool {
    let is_hidden = |at: usize| page.left_out(at) == Some(LeftOutKind::Hidden);
    let outside = (1..found.root).chain(page.tree.nodes[found.root].end..page.tree.nodes.len());
    let hidden: usize = outside.filter(|&at| is_hidden(at)).map(|at| page.n_unlinked(at)).sum();
    let read = page.weight(found.root) + found.title.map_or(0, |title| page.weight(title));
    found.choice != ArticleChoice::Asked && page.weight(0) - read + hidden > MUCH
}

/// What is told of the choice.
pub(super) fn told(page: &Page<'_>, found: &Found) -> Article {
    let tree = &page.tree;
    let raw = tree.nodes[found.root].span;
    let tag: String = raw.of(tree.raw).split_whitespace().collect::<Vec<_>>().join(" ");
    let element = match tag.char_indices().nth(MAX_SHOWN) {
        Some((at, _)) => format!("{}…", &tag[..at]),
        None => tag,
    };
    let mut left_out = Vec::new();
    let mut elsewhere = 0;
    let mut at = 1;
    while at < tree.nodes.len() {
        let node = &tree.nodes[at];
        let is_read = at >= found.root && node.end <= tree.nodes[found.root].end
            || found.title.is_some_and(|title| at >= title && node.end <= tree.nodes[title].end);
        match page.left_out(at) {
            _ if found.title == Some(at) => at = node.end,
            Some(kind) => {
                if page.n_chars(at) > 0 {
                    left_out.push(LeftOut { kind, raw: node.span });
                }
                at = node.end;
            }
            None => {
                if node.kind == NodeKind::Text && !is_read {
                    elsewhere += page.n_chars(at);
                }
                at += 1;
            }
        }
    }
    Article { element, raw, choice: found.choice, left_out, elsewhere }
}
