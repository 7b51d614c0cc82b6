//! What the whole program is proved with: a generator of annual reports, and tools that read real layouts on their own.
//!
//! [`generator::Report::clean`] invents a report in which everything is right; [`generator::Defect`] puts one thing
//! wrong; [`generator::Layout`] lays its tables out straight, or ragged as they come out of a PDF;
//! [`generator::relabel`] fills the zeros of a ragged report with distinct numbers that tie. Nothing here calls the
//! parser that it is there to prove: the form's rows and columns stand a second time in [`generator::form`].

pub mod accuracy;
pub mod checking;
pub mod coverage;
pub mod generator;
pub mod golden;
pub mod ragged;
pub mod remark;
pub mod repository;
pub mod word;
