//! The pages of rules for people who look one up: Markdown, one page a rule, and an index. Chinese first, English below.
//!
//! Made from the rules' own fields and tests alone, so that a page can not say what its rule does not do.

mod conditions;
mod page;
mod tie;

use crate::words;
use gouji_lint::finding::Lang;
use gouji_lint::rule::Rule;
use gouji_lint::ruleset::is_code;

/// The first line of every page: what bears it was written by `gouji rules doc` and may be written anew or removed.
pub const MARK: &str = "<!-- 由 gouji rules doc 生成，请勿手改 / written by gouji rules doc, do not edit -->";

/// The name of the index.
pub const INDEX: &str = "README.md";

/// A page to be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page {
    /// Its file's name: `NB301.md`.
    pub name: String,
    /// Its text; starts with [`MARK`].
    pub text: String,
}

/// The index and a page for each rule, in the order given.
#[must_use]
pub fn pages(rules: &[&Rule]) -> Vec<Page> {
    let index = Page { name: INDEX.to_owned(), text: index(rules) };
    let of_rules = rules.iter().map(|rule| Page { name: file_name(rule), text: page::page(rule) });
    std::iter::once(index).chain(of_rules).collect()
}

/// Whether a file's name is one that pages have.
#[must_use]
pub fn is_page_name(name: &str) -> bool {
    name.strip_suffix(".md").is_some_and(is_code)
}

fn file_name(rule: &Rule) -> String {
    format!("{}.md", rule.info.id)
}

/// All rules by pack and by the first three characters of their codes.
fn index(rules: &[&Rule]) -> String {
    let n = rules.len();
    let mut out = format!("{MARK}\n\n# 规则 Rules\n\n共 {n} 条。{} in all.\n", words::counted(n, "rule"));
    let mut sorted = rules.to_vec();
    sorted.sort_by(|a, b| (&a.info.pack, &a.info.id).cmp(&(&b.info.pack, &b.info.id)));
    for pack in sorted.chunk_by(|a, b| a.info.pack == b.info.pack) {
        out.push_str(&format!("\n## {}\n", escaped(&pack[0].info.pack)));
        for group in pack.chunk_by(|a, b| a.info.id[..3] == b.info.id[..3]) {
            out.push_str(&format!("\n### {}\n\n", &group[0].info.id[..3]));
            out.push_str("| 编号 Code | 级别 Level | 名称 | Name |\n|---|---|---|---|\n");
            for rule in group {
                let info = &rule.info;
                let level = [Lang::Zh, Lang::En].map(|lang| words::level(lang, info.level)).join(" ");
                let [zh, en] = [&info.name.zh, &info.name.en].map(|name| escaped(name));
                out.push_str(&format!("| [{}]({}) | {level} | {zh} | {en} |\n", info.id, file_name(rule)));
            }
        }
    }
    out
}

/// Words as Markdown shows them as they are.
fn escaped(text: &str) -> String {
    let mut out = String::new();
    for c in text.chars() {
        match c {
            '\\' | '`' | '*' | '_' | '<' | '[' | ']' | '|' => out.extend(['\\', c]),
            '\n' => out.push(' '),
            _ => out.push(c),
        }
    }
    out
}

/// Words in code type on one line.
fn code(text: &str) -> String {
    let text = text.replace('\n', " ");
    let ticks = "`".repeat(longest_run(&text) + 1);
    let pad = if text.starts_with('`') || text.ends_with('`') { " " } else { "" };
    format!("{ticks}{pad}{text}{pad}{ticks}")
}

/// Lines in code type.
fn fenced(text: &str) -> String {
    let ticks = "`".repeat((longest_run(text) + 1).max(3));
    format!("{ticks}text\n{}\n{ticks}\n", text.trim_end())
}

/// How many backticks stand together at most.
fn longest_run(text: &str) -> usize {
    text.split(|c| c != '`').map(str::len).max().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_of_markdown_are_shown_as_they_are() {
        assert_eq!(escaped("a*b|<c>"), "a\\*b\\|\\<c>");
        assert_eq!(code("a`b"), "``a`b``");
        assert_eq!(code("`"), "`` ` ``");
        assert_eq!(fenced("```\n"), "````text\n```\n````\n");
    }

    #[test]
    fn only_codes_are_names_of_pages() {
        assert!(is_page_name("NB301.md"));
        for name in ["README.md", "NB3011.md", "nb301.md", "NB301.txt", "我的笔.md"] {
            assert!(!is_page_name(name), "{name}");
        }
    }
}
