//! Colour in the terminal, or none.

use gouji_lint::finding::Level;

/// Whether output carries colour.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Colour {
    /// Plain text.
    #[default]
    Plain,
    /// ANSI colour codes.
    Ansi,
}

/// What a stretch of output is, for its colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Ink {
    /// A level's word and code.
    Level(Level),
    /// What matters most: a message, a heading.
    Strong,
    /// What helps: notes, line numbers.
    Dim,
    /// What passed, what is added.
    Good,
    /// What failed, what is taken away.
    Bad,
    /// The very part that a change takes away.
    Gone,
    /// The very part that a change adds.
    Added,
    /// The place of a change in a diff, a file name.
    Place,
}

impl Colour {
    /// A text in the colour of what it is.
    pub(crate) fn paint(self, ink: Ink, text: &str) -> String {
        if self == Self::Plain || text.is_empty() {
            return text.to_owned();
        }
        let code = match ink {
            Ink::Level(Level::Error) => "1;31",
            Ink::Level(Level::Warning) => "1;33",
            Ink::Level(Level::Info) => "1;36",
            Ink::Strong => "1",
            Ink::Dim => "2",
            Ink::Good => "32",
            Ink::Bad => "31",
            Ink::Gone => "1;7;31",
            Ink::Added => "1;7;32",
            Ink::Place => "36",
        };
        format!("\u{1b}[{code}m{text}\u{1b}[0m")
    }
}
