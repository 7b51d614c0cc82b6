//! The path patterns of an override or an acceptance, as in `.gitignore`.

use gouji_lint::config::Word;
use gouji_lint::fault::Fault;
use gouji_lint::finding::RuleError;
use ignore::gitignore::{Gitignore, GitignoreBuilder};
use std::path::Path;

/// The patterns of one override or acceptance.
#[derive(Debug)]
pub(super) struct Patterns(Gitignore);

impl Patterns {
    /// Reads the patterns; a faulty one is left out and told of.
    pub(super) fn read(files: &[Word], errors: &mut Vec<RuleError>) -> Self {
        let mut builder = GitignoreBuilder::new("");
        for word in files {
            if let Some(fault) = never(word) {
                errors.push(word.place.error(fault));
            } else if let Err(error) = builder.add_line(None, &line(&word.word)) {
                errors.push(fault(word, &error));
            }
        }
        if let Some(first) = files.first().filter(|_| files.iter().all(|word| word.word.starts_with('!'))) {
            let fault = first
                .place
                .fault("路径模式全是 ! 开头，没有文件与它们相符", "all path patterns begin with `!` and match nothing");
            let fault =
                fault.with_help("先写要选的，再用 ! 排除", "first say which files, then take some out with `!`");
            errors.push(first.place.error(fault));
        }
        match (builder.build(), files.first()) {
            (Ok(patterns), _) => Self(patterns),
            (Err(error), first) => {
                errors.extend(first.map(|word| fault(word, &error)));
                Self(Gitignore::empty())
            }
        }
    }

    /// Whether a path, told from the configuration's folder, is meant.
    pub(super) fn matches(&self, path: &Path, kind: Kind) -> bool {
        self.0.matched_path_or_any_parents(path, kind == Kind::Folder).is_ignore()
    }
}

/// Why a pattern would match nothing, or not what it says.
fn never(word: &Word) -> Option<Fault> {
    let pattern = word.word.as_str();
    let bare = pattern.strip_prefix('!').unwrap_or(pattern);
    if bare.trim().is_empty() {
        return Some(word.place.fault("路径模式是空的", "the path pattern is empty"));
    }
    if bare.split('/').any(|part| part == "..") {
        let fault = word.place.fault(
            format!("路径模式“{pattern}”指到配置文件的文件夹之外，不会有文件与它相符"),
            format!("the path pattern `{pattern}` leads out of the configuration's folder and matches nothing"),
        );
        return Some(fault.with_help("从配置文件的文件夹写起", "begin at the configuration's folder"));
    }
    let mut marks = bare.chars();
    while let Some(mark) = marks.next() {
        match mark {
            '\\' => drop(marks.next()),
            '?' | '[' => {
                let fault = word.place.fault(
                    format!("路径模式“{pattern}”里的 {mark} 认不出汉字"),
                    format!("`{mark}` in the path pattern `{pattern}` does not match Chinese characters"),
                );
                return Some(fault.with_help(
                    "改用 *（任意个字符）或 {甲,乙}；文件名里真有这个字符，前面加 \\",
                    "write `*` (any characters) or `{a,b}`; before a mark that is in the name itself write `\\`",
                ));
            }
            _ => {}
        }
    }
    None
}

/// What a path leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// A file, there or not.
    File,
    /// A folder.
    Folder,
}

/// A pattern as a line of a `.gitignore`: `./` at its start means the configuration's folder, and there are no comments.
fn line(pattern: &str) -> String {
    match (pattern.strip_prefix("./"), pattern.starts_with('#')) {
        (Some(rest), _) => format!("/{rest}"),
        (None, true) => format!("\\{pattern}"),
        (None, false) => pattern.to_owned(),
    }
}

fn fault(word: &Word, error: &ignore::Error) -> RuleError {
    let detail = match error {
        // Its advice is to put the mark in brackets.
        ignore::Error::Glob { err, .. } => err.split(" (maybe").next().unwrap_or(err).to_owned(),
        error => error.to_string(),
    };
    let pattern = &word.word;
    // The library tells what is wrong in English only.
    let chinese = [
        ("unclosed alternate group", "{ 没有闭合"),
        ("unopened alternate group", "多了一个 }"),
        ("dangling", "末尾的反斜杠后面没有字符"),
    ];
    let zh = chinese.iter().find(|(start, _)| detail.starts_with(start)).map_or(detail.as_str(), |(_, zh)| zh);
    let fault = Fault::new(
        word.place.span,
        format!("路径模式“{pattern}”写法有误：{zh}"),
        format!("bad path pattern `{pattern}`: {detail}"),
    );
    word.place.error(fault.with_help(
        "* 是任意个字符，**/ 是任意层文件夹，{甲,乙} 要成对",
        "`*` is any characters, `**/` any folders; `{a,b}` has to be closed",
    ))
}
