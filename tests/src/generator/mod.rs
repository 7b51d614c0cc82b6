//! Invented annual reports: the same seed gives the same report, on every machine.

pub mod county;
mod defect;
mod defect_text;
mod dice;
mod docx;
mod docx_body;
pub mod form;
mod html;
mod layout;
mod markdown;
mod merged;
mod organ;
mod phrases;
mod prose;
pub mod relabel;
mod report;
mod series;
mod values;

pub use county::County;
pub use defect::{Defect, Flawed};
pub use dice::Dice;
pub use docx::Changes;
pub use layout::{Cut, Labels, Layout, LineEnd, Merges};
pub use merged::Cell;
pub use organ::{Organ, OrganKind};
pub use report::{Piece, Report};
pub use series::series;
pub use values::{Amount, Values};
