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
        // The default takes a bracket that is not closed as it is, and would then match nothing.
        builder.allow_unclosed_class(false);
        for word in files {
            if let Err(error) = builder.add_line(None, &line(&word.word)) {
                errors.push(fault(word, &error));
            }
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
        ignore::Error::Glob { err, .. } => err.clone(),
        error => error.to_string(),
    };
    let pattern = &word.word;
    // The library tells what is wrong in English only.
    let chinese = [
        ("unclosed character class", "[ 没有闭合"),
        ("invalid range", "[ ] 里的范围写反了"),
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
        "* 是任意个字符，? 是一个字符，**/ 是任意层文件夹，[甲乙] 和 {甲,乙} 要成对",
        "`*` is any characters, `?` one, `**/` any folders; `[ab]` and `{a,b}` have to be closed",
    ))
}
