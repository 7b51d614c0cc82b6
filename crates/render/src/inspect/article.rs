//! Which part of a page was read, and what was left out.

use crate::words::{self, pick};
use gouji_core::document::{Article, ArticleChoice, Document, LeftOutKind};
use gouji_lint::finding::Lang;
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// How many lines of one kind are named.
const MOST_LINES: usize = 6;

/// The rows for people: where the article was found, what was left out.
pub(super) fn rows(document: &Document, article: &Article, lang: Lang) -> Vec<(&'static str, String)> {
    let [_, zh, en] = choice(article.choice);
    let why = pick(lang, zh, en);
    let from = match (lang, article.element.is_empty()) {
        (Lang::Zh, true) => "整个网页".to_owned(),
        (Lang::En, true) => "the whole page".to_owned(),
        (Lang::Zh, false) => format!("{}（第 {} 行），{why}", article.element, line(document, article.raw.start)),
        (Lang::En, false) => format!("{} (line {}), {why}", article.element, line(document, article.raw.start)),
    };
    let mut rows = vec![(pick(lang, "正文", "read"), from)];
    let mut kinds: BTreeMap<LeftOutKind, Vec<usize>> = BTreeMap::new();
    for part in &article.left_out {
        kinds.entry(part.kind).or_default().push(line(document, part.raw.start));
    }
    let mut left_out: Vec<String> = kinds
        .into_iter()
        .map(|(kind, lines)| {
            let [_, zh, en] = left_out_kind(kind);
            let lines = words::lines(lang, &lines, MOST_LINES);
            match lang {
                Lang::Zh => format!("{zh}（{lines}）"),
                Lang::En => format!("{en} ({lines})"),
            }
        })
        .collect();
    if article.elsewhere > 0 {
        left_out.push(match lang {
            Lang::Zh => format!("正文之外的其他文字 {} 字", article.elsewhere),
            Lang::En => format!("{} outside the article", words::counted(article.elsewhere, "other character")),
        });
    }
    if !left_out.is_empty() {
        rows.push((pick(lang, "略去", "skipped"), left_out.join(pick(lang, "、", ", "))));
    }
    rows
}

/// The same for programs.
pub(super) fn json(document: &Document, article: &Article) -> Value {
    let [choice, ..] = choice(article.choice);
    let left_out: Vec<Value> = article
        .left_out
        .iter()
        .map(|part| {
            let [kind, ..] = left_out_kind(part.kind);
            json!({"kind": kind, "line": line(document, part.raw.start)})
        })
        .collect();
    json!({
        "element": article.element,
        "line": line(document, article.raw.start),
        "choice": choice,
        "left_out": left_out,
        "elsewhere": article.elsewhere,
    })
}

fn line(document: &Document, raw: usize) -> usize {
    document.raw_lines.place(&document.raw, raw).line
}

/// The words for a choice: for programs, in Chinese, in English.
fn choice(choice: ArticleChoice) -> [&'static str; 3] {
    match choice {
        ArticleChoice::Asked => ["asked", "按 --html-root", "as --html-root asks"],
        ArticleChoice::Named => ["named", "按名称认定", "by its name"],
        ArticleChoice::Heaviest => ["heaviest", "文字最集中处", "where most of the text stands"],
    }
}

/// The words for what is left out: for programs, in Chinese, in English.
fn left_out_kind(kind: LeftOutKind) -> [&'static str; 3] {
    match kind {
        LeftOutKind::Navigation => ["navigation", "导航", "navigation"],
        LeftOutKind::Header => ["header", "页眉", "the head of the site"],
        LeftOutKind::Footer => ["footer", "页脚", "the foot of the site"],
        LeftOutKind::Sidebar => ["sidebar", "边栏", "sidebars"],
        LeftOutKind::Breadcrumb => ["breadcrumb", "当前位置", "breadcrumbs"],
        LeftOutKind::Tools => ["tools", "分享、打印、翻页等按钮", "buttons to share, print, turn the page"],
        LeftOutKind::Byline => ["byline", "来源、发布时间", "source and date"],
        LeftOutKind::Form => ["form", "表单", "forms"],
        LeftOutKind::Hidden => ["hidden", "不显示的文字", "hidden text"],
    }
}
