//! Texts laid out as reports really are, with zeros in all their tables: the real ones, and generated twins.

use crate::generator::{Dice, Layout, Organ, OrganKind, Report, Values};
use crate::repository;

/// A ragged report of zeros.
#[derive(Clone, Debug)]
pub struct Ragged {
    /// Where it comes from: a file's name, or a seed with its layout.
    pub name: String,
    /// The text.
    pub text: String,
    /// A year that needs the form it follows.
    pub year: i32,
}

/// The real reports, where they lie beside the repository, and this many generated ones; every fourth of those follows
/// the form of 2019, every tenth is laid out straight.
#[must_use]
#[expect(clippy::print_stdout, reason = "a test that runs on less than usual says so")]
pub fn texts(n_generated: u64) -> Vec<Ragged> {
    let real = repository::real_reports().into_iter().map(|(name, text)| Ragged { name, text, year: 2024 });
    let mut all: Vec<Ragged> = real.collect();
    if all.is_empty() {
        println!("the real reports do not lie beside the repository: only generated twins are read");
    }
    for seed in 0..n_generated {
        let mut dice = Dice::new(seed);
        let year = if seed % 4 == 3 { 2020 } else { 2024 };
        let organ = Organ::of(OrganKind::CountyBureau, &mut dice);
        let layout = if seed % 10 == 9 { Layout::straight() } else { Layout::ragged(&mut dice) };
        let text = Report::compose(seed, organ, year, Values::zeros(year)).to_text(&layout);
        all.push(Ragged { name: format!("generated {seed} {layout:?}"), text, year });
    }
    all
}
