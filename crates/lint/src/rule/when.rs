//! Which documents a rule is meant for, and what it needs that a document may not say.

/// Which documents a rule is meant for; an empty list means every one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct When {
    /// The ids of the forms.
    pub forms: Vec<String>,
    /// The years of the report.
    pub years: Vec<Years>,
    /// The kinds of organs, as the forms name them.
    pub organs: Vec<String>,
}

/// A run of years, both ends included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Years {
    /// The first; none: from ever.
    pub from: Option<i32>,
    /// The last; none: without end.
    pub to: Option<i32>,
}

impl Years {
    /// Whether a year is one of them.
    #[must_use]
    pub fn has(self, year: i32) -> bool {
        self.from.is_none_or(|from| from <= year) && self.to.is_none_or(|to| year <= to)
    }
}

/// What a rule needs that may not be known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Need {
    /// The date of the check.
    Today,
    /// The year of the report.
    Year,
    /// The organ that reports.
    Organ,
    /// The report of the year before.
    Prev,
}

impl Need {
    /// All with their words in rule files.
    pub const WORDS: [(&'static str, Self); 4] =
        [("today", Self::Today), ("year", Self::Year), ("organ", Self::Organ), ("prev", Self::Prev)];
}
