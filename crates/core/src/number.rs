//! Numbers as they are written in cells and in running text, read exactly.

/// What is unusual in how a cell is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Oddity {
    /// Nothing stands there.
    Blank,
    /// A mark instead of a number: `/`, `-`, `—`, `无`.
    Mark,
    /// Thousands marks: `1,234`.
    Thousands,
    /// Full-width digits: `１２`.
    FullWidth,
    /// A unit in the cell: `251000元`.
    Unit,
    /// Blanks inside the number: `1 234`.
    Spaced,
    /// Not a number at all.
    Text,
}
