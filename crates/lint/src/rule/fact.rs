//! The facts that `find: {fact: …}` may name.

macro_rules! facts {
    ($($(#[$doc:meta])* $name:ident = $word:literal,)*) => {
        /// What the reader or the form binding may note about a document.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        pub enum FactKind {
            $($(#[$doc])* $name,)*
        }

        impl FactKind {
            /// All, in the order of the language's description.
            pub const ALL: &[Self] = &[$(Self::$name),*];

            /// The word in rule files.
            #[must_use]
            pub fn word(self) -> &'static str {
                match self {
                    $(Self::$name => $word,)*
                }
            }

            /// The fact of a word.
            #[must_use]
            pub(crate) fn from_word(word: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|fact| fact.word() == word)
            }
        }
    };
}

facts! {
    /// A row whose label or numbers stand in another field than in the rows like it.
    Shifted = "shifted",
    /// Empty lines or a stray paragraph inside a table.
    Cut = "cut",
    /// The header names fewer columns than the rows have numbers.
    HeaderShort = "header-short",
    /// The header names more columns than the rows have numbers.
    HeaderLong = "header-long",
    /// A row with fewer numbers than the others.
    RowShort = "row-short",
    /// A row with more numbers than the others.
    RowLong = "row-long",
    /// A row label in other words than the form's.
    RowWording = "row-wording",
    /// A column label in other words than the form's.
    ColWording = "col-wording",
    /// A row label in the form's words, but other width, blanks or marks.
    RowWidth = "row-width",
    /// A column label in the form's words, but other width, blanks or marks.
    ColWidth = "col-width",
    /// A header label that stands in another place than in the form.
    ColMisplaced = "col-misplaced",
    /// A band label in other words than the form's.
    BandWording = "band-wording",
    /// A band label in the form's words, but other width.
    BandWidth = "band-width",
    /// A value cell that is empty or holds a mark such as `/`.
    CellBlank = "cell-blank",
    /// A value cell that holds no number.
    CellText = "cell-text",
    /// A number with unit, thousands mark, full-width digits or blanks.
    CellFormat = "cell-format",
    /// A negative number.
    CellNegative = "cell-negative",
    /// A decimal where a count belongs.
    CellDecimal = "cell-decimal",
    /// A section title that is a variant of the form's.
    SectionWording = "section-wording",
    /// A section title with other width or blanks.
    SectionWidth = "section-width",
    /// The title of a part in other words.
    PartWording = "part-wording",
    /// In Markdown: a section with another number of `#` than the first.
    SectionDepth = "section-depth",
    /// A label of the superseded form in a report that needs the current one.
    OldLayout = "old-layout",
    /// A title that is not organ, year and the official words.
    TitleForm = "title-form",
    /// Blanks or line breaks inside the title.
    TitleBlank = "title-blank",
    /// In Word: an insertion that was neither taken nor refused.
    Insertion = "insertion",
    /// In Word: a deletion that was neither taken nor refused.
    Deletion = "deletion",
    /// In Word: a comment of a reader.
    Comment = "comment",
    /// In Word: text that is not shown.
    HiddenText = "hidden-text",
    /// In Word: a name in the properties of the file.
    Author = "author",
    /// In Word: the name of a company in the properties of the file.
    Company = "company",
    /// In Word: a file inside the file.
    Embedded = "embedded",
    /// In Word: macros.
    Macro = "macro",
}
