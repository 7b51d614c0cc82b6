//! The words and marks of a script that does not parse, so that a message can say what was meant. It judges nothing.

use gouji_core::text::Span;

/// A word, a number, a mark of one character, or a whole text in quotes.
#[derive(Clone, Copy, Debug)]
pub(super) struct Token {
    pub(super) span: Span,
    is_text: bool,
}

/// A script in its tokens, without comments.
pub(super) struct Tokens<'a> {
    source: &'a str,
    all: Vec<Token>,
    /// The start of a comment that nothing closes; the library takes the rest of the script for it without a word.
    pub(super) open_comment: Option<Span>,
}

impl<'a> Tokens<'a> {
    pub(super) fn new(source: &'a str) -> Self {
        let mut all = Vec::new();
        let mut open_comment = None;
        let mut at = 0;
        while let Some(first) = source[at..].chars().next() {
            let rest = &source[at..];
            let len = length(rest, first);
            if !first.is_whitespace() && !rest.starts_with("//") && !rest.starts_with("/*") {
                all.push(Token { span: Span::new(at, at + len), is_text: matches!(first, '"' | '`' | '\'') });
            }
            if rest.starts_with("/*") && comment(rest).is_none() {
                open_comment = Some(Span::new(at, at + 2));
            }
            at += len;
        }
        Self { source, all, open_comment }
    }

    fn word(&self, idx: usize) -> &'a str {
        self.all.get(idx).map_or("", |token| token.span.of(self.source))
    }

    fn is_name(&self, idx: usize) -> bool {
        self.word(idx).starts_with(|c: char| c.is_alphabetic() || c == '_')
    }

    /// The tokens right before and right behind a place.
    pub(super) fn around(&self, span: Span) -> (Option<Token>, &'a str) {
        let n_before = self.all.partition_point(|token| token.span.end <= span.start);
        let n_until = self.all.partition_point(|token| token.span.start < span.end);
        (n_before.checked_sub(1).map(|idx| self.all[idx]), self.word(n_until))
    }

    /// The last bracket that is opened and not closed.
    pub(super) fn unclosed(&self) -> Option<Span> {
        let mut open: Vec<Token> = Vec::new();
        for token in self.all.iter().filter(|token| !token.is_text) {
            let closes = match token.span.of(self.source) {
                "(" | "[" | "{" => {
                    open.push(*token);
                    continue;
                }
                ")" => "(",
                "]" => "[",
                "}" => "{",
                _ => continue,
            };
            if open.last().is_some_and(|last| last.span.of(self.source) == closes) {
                open.pop();
            }
        }
        open.last().map(|token| token.span)
    }

    /// The names that the script gives: variables, parameters, what loops go through.
    pub(super) fn given(&self) -> Vec<&'a str> {
        let mut names = Vec::new();
        for idx in 0..self.all.len() {
            let until = match self.word(idx) {
                "let" | "const" => {
                    names.extend(self.is_name(idx + 1).then(|| self.word(idx + 1)));
                    continue;
                }
                "for" => "in",
                "fn" | "catch" => ")",
                "|" if !self.ends_value(idx) => "|",
                _ => continue,
            };
            // The name of a function is none of a variable.
            let from = if self.word(idx) == "fn" { idx + 2 } else { idx + 1 };
            let own = (from..self.all.len()).take_while(|at| self.word(*at) != until && self.word(*at) != "{");
            names.extend(own.filter(|at| self.is_name(*at)).map(|at| self.word(at)));
        }
        names
    }

    /// Whether a value ends before a token, so that `|` there is an operator.
    fn ends_value(&self, idx: usize) -> bool {
        let Some(before) = idx.checked_sub(1).and_then(|before| self.all.get(before)) else { return false };
        before.is_text || before.span.of(self.source).ends_with(|c: char| c.is_alphanumeric() || ")]_|".contains(c))
    }

    /// Whether a place is in the body of a function.
    pub(super) fn in_function(&self, at: usize) -> bool {
        let mut depth = 0_usize;
        let mut body = None;
        let mut is_next = false;
        for idx in 0..self.all.partition_point(|token| token.span.start < at) {
            match self.word(idx) {
                "fn" => is_next = true,
                "{" => {
                    if std::mem::take(&mut is_next) {
                        body = Some(depth);
                    }
                    depth += 1;
                }
                "}" => {
                    depth = depth.saturating_sub(1);
                    body = body.filter(|own| depth > *own);
                }
                _ => {}
            }
        }
        body.is_some()
    }
}

/// How long the token, comment or blank is that a text starts with.
fn length(rest: &str, first: char) -> usize {
    if rest.starts_with("//") {
        return rest.find('\n').unwrap_or(rest.len());
    }
    if rest.starts_with("/*") {
        return comment(rest).unwrap_or(rest.len());
    }
    if matches!(first, '"' | '`' | '\'') {
        return quoted(rest, first);
    }
    let is_word = |c: char| c.is_alphanumeric() || c == '_';
    if is_word(first) {
        return rest.find(|c| !is_word(c)).unwrap_or(rest.len());
    }
    first.len_utf8()
}

/// How long a comment is that may hold others; none where nothing closes it.
fn comment(rest: &str) -> Option<usize> {
    let mut depth = 0_usize;
    let mut at = 0;
    while at < rest.len() {
        let (step, now) = match rest.as_bytes().get(at..at + 2) {
            Some(b"/*") => (2, depth + 1),
            Some(b"*/") => (2, depth - 1),
            _ => (1, depth),
        };
        at += step;
        depth = now;
        if depth == 0 {
            return Some(at);
        }
    }
    None
}

/// How long a text in quotes is; one that is not closed ends with its line, in backticks with the script.
fn quoted(rest: &str, quote: char) -> usize {
    let mut is_escaped = false;
    for (at, c) in rest.char_indices().skip(1) {
        if is_escaped {
            is_escaped = false;
        } else if c == '\\' && quote != '`' {
            is_escaped = true;
        } else if c == quote {
            return at + c.len_utf8();
        } else if c == '\n' && quote != '`' {
            return at;
        }
    }
    rest.len()
}

#[cfg(test)]
mod tests {
    use super::Tokens;

    #[test]
    fn names_are_those_that_the_script_gives() {
        let source = "let 总数 = 1; const most = 2; fn f(a, b) { a | b } // let no = 1\n\
                      for (x, n) in [1] { [1].filter(|y| y > `${let1}`); } try { } catch (e) { }";
        assert_eq!(Tokens::new(source).given(), ["总数", "most", "a", "b", "x", "n", "y", "e"]);
    }

    #[test]
    fn brackets_in_texts_and_comments_do_not_count() {
        assert!(Tokens::new("f(\"(\", '{', `[`); // (\n/* { */").unclosed().is_none());
        let open = Tokens::new("for m in f(1) { g({ 2 });").unclosed().expect("one is open");
        assert_eq!(open.start, 14);
    }

    #[test]
    fn a_function_ends_with_its_brace() {
        let source = "fn f(a) { if a { b } c } d";
        let at = |word: &str| source.find(word).expect("it is there");
        let tokens = Tokens::new(source);
        assert!(tokens.in_function(at("b }")) && tokens.in_function(at("c }")) && !tokens.in_function(at("d")));
    }
}
