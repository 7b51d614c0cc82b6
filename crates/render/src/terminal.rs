//! Excerpts with a caret under the place, drawn by miette; the only file that knows it.
//!
//! miette would count columns in bytes, look for the line from the start of the text each time, and print a
//! paragraph of three thousand characters whole. So each excerpt is a source of one line of its own, already cut
//! by [`crate::excerpt`], that says itself which line and column it is.

use crate::excerpt::{Excerpt, TAB};
use crate::layout::one_line;
use crate::paint::Colour;
use gouji_core::text::{Place, Span};
use gouji_lint::finding::Level;
use miette::{
    Diagnostic, GraphicalReportHandler, GraphicalTheme, LabeledSpan, MietteError, MietteSpanContents, Severity,
    SourceCode, SourceSpan, SpanContents, ThemeCharacters, ThemeStyles,
};
use std::fmt;

/// What to draw: an excerpt of a named file.
#[derive(Debug)]
pub(crate) struct Snippet<'a> {
    /// The file's name.
    pub(crate) path: &'a str,
    /// Where the place is in the file.
    pub(crate) place: Place,
    /// The line around it.
    pub(crate) excerpt: &'a Excerpt,
    /// Other places of the same line with a few words, in the excerpt's text.
    pub(crate) labels: &'a [(Span, String)],
    /// How grave it is: its colour.
    pub(crate) level: Level,
}

impl Snippet<'_> {
    /// The lines of the drawing: `╭─[path:line:column]`, the excerpt, the caret, the labels.
    pub(crate) fn draw(&self, colour: Colour) -> Vec<String> {
        let mut out = String::new();
        let handler = GraphicalReportHandler::new_themed(self.theme(colour))
            .with_context_lines(0)
            .tab_width(TAB)
            .without_cause_chain()
            .with_links(false);
        if handler.render_report(&mut out, self).is_err() {
            // Writing to a string can not fail; a source that can not be read would end here.
            return vec![format!("[{}:{}:{}]", one_line(self.path), self.place.line, self.place.column)];
        }
        // The first line would hold the message, the last one closes the box: ours stand elsewhere.
        let mut lines: Vec<String> = out.lines().skip(1).map(|line| line.trim_end().to_owned()).collect();
        lines.pop();
        lines
    }

    fn theme(&self, colour: Colour) -> GraphicalTheme {
        let mut styles = match colour {
            Colour::Plain => ThemeStyles::none(),
            Colour::Ansi => ThemeStyles::ansi(),
        };
        let primary = match self.level {
            Level::Error => styles.error,
            Level::Warning => styles.warning,
            Level::Info => styles.advice,
        };
        // miette hands out these styles in order of place.
        let before = self.labels.iter().filter(|(span, _)| span.start < self.excerpt.focus.start).count();
        let mut highlights = vec![styles.link; self.labels.len() + 1];
        highlights[before] = primary;
        styles.highlights = highlights;
        styles.link = styles.linum;
        GraphicalTheme { characters: ThemeCharacters::unicode(), styles }
    }
}

impl fmt::Display for Snippet<'_> {
    fn fmt(&self, _: &mut fmt::Formatter<'_>) -> fmt::Result {
        Ok(())
    }
}

impl std::error::Error for Snippet<'_> {}

impl Diagnostic for Snippet<'_> {
    fn severity(&self) -> Option<Severity> {
        Some(match self.level {
            Level::Error => Severity::Error,
            Level::Warning => Severity::Warning,
            Level::Info => Severity::Advice,
        })
    }

    fn source_code(&self) -> Option<&dyn SourceCode> {
        Some(self)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        let primary = LabeledSpan::new_primary_with_span(None, to_source_span(self.excerpt.focus));
        let others = self
            .labels
            .iter()
            .map(|(span, text)| LabeledSpan::new_with_span(Some(text.clone()), to_source_span(*span)));
        Some(Box::new(std::iter::once(primary).chain(others)))
    }
}

impl SourceCode for Snippet<'_> {
    fn read_span<'a>(
        &'a self,
        _: &SourceSpan,
        _: usize,
        _: usize,
    ) -> Result<Box<dyn SpanContents<'a> + 'a>, MietteError> {
        let text = &self.excerpt.text;
        Ok(Box::new(MietteSpanContents::new_named(
            one_line(self.path),
            text.as_bytes(),
            (0, text.len()).into(),
            self.place.line - 1,
            self.place.column - 1,
            1,
        )))
    }
}

fn to_source_span(span: Span) -> SourceSpan {
    (span.start, span.len()).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_caret_stands_under_wide_characters_and_behind_tabs() {
        let line = "（七）总计\t14\t２";
        let at = line.find("14").expect("it stands there");
        let excerpt = Excerpt::new(line, Span::new(0, line.len()), Span::new(at, at + 2), 60);
        let snippet = Snippet {
            path: "a.txt",
            place: Place { line: 49, column: 7 },
            excerpt: &excerpt,
            labels: &[],
            level: Level::Error,
        };
        let lines = snippet.draw(Colour::Plain);
        assert_eq!(lines, ["    ╭─[a.txt:49:7]", " 49 │ （七）总计  14  ２", "    ·             ──",]);
        assert!(snippet.draw(Colour::Ansi)[2].contains("\u{1b}[31m"));
    }

    #[test]
    fn an_empty_place_gets_an_arrow() {
        let line = "一、总体情况";
        let excerpt = Excerpt::new(line, Span::new(0, line.len()), Span::empty(line.len()), 60);
        let snippet = Snippet {
            path: "a.txt",
            place: Place { line: 1, column: 7 },
            excerpt: &excerpt,
            labels: &[],
            level: Level::Warning,
        };
        assert_eq!(snippet.draw(Colour::Plain)[2], "   ·             ▲");
    }
}
