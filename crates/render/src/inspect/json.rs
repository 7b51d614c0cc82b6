//! What was understood, as JSON: schema `gouji-inspect/1`.

use super::{article, figures};
use crate::places::Places;
use crate::run::Checked;
use gouji_core::number::Oddity;
use gouji_core::table::{Label, Shape, Table};
use gouji_core::text::Span;
use serde_json::{Value, json};

/// What was understood, as one JSON object. Values of cells are decimal strings, null where there is none.
#[must_use]
pub fn json(checked: &Checked<'_>) -> String {
    let Checked { path, document, report, .. } = *checked;
    let places = Places::new(document);
    let text = &document.text;
    let outline: Vec<Value> = document
        .sections
        .iter()
        .map(|section| {
            let heading = &section.heading;
            json!({
                "level": section.level,
                "parent": section.parent,
                "enumerator": heading.enumerator.map(|enumerator| json!({
                    "text": enumerator.span.of(text),
                    "rank": enumerator.rank,
                    "number": enumerator.number,
                })),
                "title": heading.title.of(text),
                "run_in": heading.run_in,
                "depth": heading.depth,
                "span": span(heading.span, &places),
            })
        })
        .collect();
    let form_name = |at: usize| report.tables.iter().find(|(bound, _)| *bound == at).map(|(_, name)| name.as_str());
    let tables = document.tables.iter().enumerate();
    let tables: Vec<Value> = tables.map(|(at, entry)| table(entry, form_name(at), &places)).collect();
    let figures: Vec<Value> = figures::of(document)
        .iter()
        .map(|figure| {
            json!({
                "text": figure.figure.span.of(text),
                "value": figure.figure.value.to_string(),
                "unit": figure.figure.unit,
                "context": figure.context.of(text),
                "span": span(figure.figure.span, &places),
            })
        })
        .collect();
    let notes: Vec<Value> = document
        .notes
        .iter()
        .map(|note| json!({"kind": format!("{:?}", note.kind), "span": span(note.span, &places)}))
        .collect();
    let entry = json!({
        "schema": "gouji-inspect/1",
        "path": path,
        "format": document.format.word(),
        "encoding": document.encoding.charset.word(),
        "bom": document.encoding.bom,
        "title": report.title,
        "organ": report.organ,
        "year": report.year,
        "form": report.form,
        "article": document.article.as_ref().map(|found| article::json(document, found)),
        "notes": notes,
        "outline": outline,
        "tables": tables,
        "figures": figures,
    });
    format!("{entry:#}\n")
}

fn table(table: &Table, form_name: Option<&str>, places: &Places<'_>) -> Value {
    let text = &places.document().text;
    let columns: Vec<Value> =
        table.columns.iter().map(|column| json!({"path": labels(&column.path), "band": column.band})).collect();
    let rows: Vec<Value> = table
        .rows
        .iter()
        .map(|row| {
            let cells: Vec<Value> = row
                .cells
                .iter()
                .map(|cell| {
                    json!({
                        "text": cell.span.of(text),
                        "value": cell.value.map(|value| value.to_string()),
                        "odd": cell.odd.map(oddity),
                        "span": span(cell.span, places),
                    })
                })
                .collect();
            json!({
                "path": labels(&row.path),
                "band": row.band,
                "line": places.line(row.span),
                "cells": cells,
            })
        })
        .collect();
    let facts: Vec<Value> = table
        .facts
        .iter()
        .map(|fact| {
            let (kind, n) = shape(fact.kind);
            json!({"kind": kind, "n": n, "row": fact.row, "span": span(fact.span, places)})
        })
        .collect();
    json!({
        "name": form_name,
        "section": table.section.map(|at| places.document().heading_text(at)),
        "span": span(table.span, places),
        "columns": columns,
        "rows": rows,
        "facts": facts,
    })
}

fn labels(path: &[Label]) -> Vec<&str> {
    path.iter().map(|label| label.key.as_str()).collect()
}

fn oddity(oddity: Oddity) -> &'static str {
    match oddity {
        Oddity::Blank => "blank",
        Oddity::Mark => "mark",
        Oddity::Thousands => "thousands",
        Oddity::FullWidth => "full-width",
        Oddity::Unit => "unit",
        Oddity::Spaced => "spaced",
        Oddity::Text => "text",
    }
}

fn shape(shape: Shape) -> (&'static str, Option<usize>) {
    match shape {
        Shape::Shifted => ("shifted", None),
        Shape::Cut => ("cut", None),
        Shape::HeaderShort(n) => ("header-short", Some(n)),
        Shape::HeaderLong(n) => ("header-long", Some(n)),
        Shape::RowShort(n) => ("row-short", Some(n)),
        Shape::RowLong(n) => ("row-long", Some(n)),
    }
}

fn span(span: Span, places: &Places<'_>) -> Value {
    let (start, end) = places.of(span);
    json!({
        "start": {"line": start.line, "column": start.column, "byte": span.start},
        "end": {"line": end.line, "column": end.column, "byte": span.end},
    })
}
