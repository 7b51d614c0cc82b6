//! What is odd about the cells of a bound table.

use super::fact::Facts;
use super::tables::BoundTable;
use crate::form::{FormTable, ValueKind};
use crate::rule::FactKind;
use gouji_core::number::Oddity;
use gouji_core::table::{Cell, Table};

pub(super) fn note(table: &Table, form: &FormTable, bound: &BoundTable, facts: &mut Facts<'_>) {
    for (row_idx, row) in table.rows.iter().enumerate() {
        for (column, cell) in table.columns_of(row).zip(&row.cells) {
            let value = bound.col_of_form[column].map_or(ValueKind::Money, |(band, _)| form.bands[band].value);
            let Some((kind, expected)) = oddity(cell, value) else { continue };
            let fact = facts.note(kind, cell.span, expected.as_deref());
            fact.table = Some(bound.table);
            fact.row = Some(bound.row_name(row_idx));
            fact.col = Some(bound.col_name(column));
        }
    }
}

/// What to note of a cell: one thing, the gravest.
fn oddity(cell: &Cell, value: ValueKind) -> Option<(FactKind, Option<String>)> {
    let bare = || cell.value.map(|value| value.to_string());
    match (cell.odd, cell.value) {
        (Some(Oddity::Blank | Oddity::Mark), _) => Some((FactKind::CellBlank, Some("0".to_owned()))),
        (Some(Oddity::Text), _) | (None, None) => Some((FactKind::CellText, None)),
        (_, Some(number)) if number.is_sign_negative() && !number.is_zero() => Some((FactKind::CellNegative, None)),
        (_, Some(number)) if value == ValueKind::Count && !number.fract().is_zero() => {
            Some((FactKind::CellDecimal, None))
        }
        (Some(_), _) => Some((FactKind::CellFormat, bare())),
        (None, Some(_)) => None,
    }
}
