//! A tie in prose: the formula, and what each name in it stands for.

use super::{code, escaped};
use crate::words::pick;
use gouji_core::citation::{Kind, Stands};
use gouji_core::unit::Unit;
use gouji_lint::expr::Closeness;
use gouji_lint::finding::Lang;
use gouji_lint::path::LabelPath;
use gouji_lint::rule::{Assert, Axis, Binding, CellSelect, Kin, Layout, OnBlank, Rule, Scope, ScopePart, Select};

/// The formula of an assertion, and a line for each of its names.
pub(super) fn tie(rule: &Rule, assert: &Assert, lang: Lang) -> String {
    let lead = pick(lang, "要成立的是 ", "What must hold is ");
    let mut out = format!("{lead}{}", code(assert.expr.source()));
    out.push_str(&closeness(assert.closeness, lang));
    out.push_str(match assert.blank {
        OnBlank::Undetermined => "",
        OnBlank::Zero => pick(lang, "，空格算 0", "; a blank cell counts as 0"),
        OnBlank::Error => pick(lang, "，空格即为错误", "; a blank cell is a finding"),
    });
    if rule.bindings.is_empty() {
        out.push_str(pick(lang, "。\n", ".\n"));
        return out;
    }
    out.push_str(pick(lang, "，其中：\n\n", ", where:\n\n"));
    for binding in &rule.bindings {
        out.push_str(&format!("- {}{}{}\n", escaped(&binding.name), pick(lang, "：", ": "), stands_for(binding, lang)));
    }
    out
}

/// When two sides count as equal.
fn closeness(closeness: Closeness, lang: Lang) -> String {
    match (closeness, lang) {
        (Closeness::Exact, _) => String::new(),
        (Closeness::Within(by), Lang::Zh) => format!("（相差不超过 {by}）"),
        (Closeness::Within(by), Lang::En) => format!(" (within {by})"),
        (Closeness::Fraction(part), Lang::Zh) => format!("（相差不超过较大一边的 {} 倍）", part.normalize()),
        (Closeness::Fraction(part), Lang::En) => format!(" (within {} of the larger side)", part.normalize()),
        (Closeness::Rounded(places), Lang::Zh) => format!("（各数四舍五入到 {places} 位小数，误差之内算相等）"),
        (Closeness::Rounded(places), Lang::En) => format!(" (as far as rounding to {places} decimals explains)"),
    }
}

fn stands_for(binding: &Binding, lang: Lang) -> String {
    match &binding.select {
        Select::Cells(cells) => of_cells(cells, lang),
        Select::Number(mention) => {
            let lead = pick(lang, "里写的每个数，写法为 ", ": every number written as ");
            let pattern = code(mention.pattern.source());
            format!("{}{lead}{pattern}{}", scope(&mention.scope, lang), unit(mention.unit.as_ref(), lang))
        }
        Select::All(name) => match lang {
            Lang::Zh => format!("“{}”的各处", escaped(name)),
            Lang::En => format!("every mention of “{}”", escaped(name)),
        },
        Select::Text(mention) => {
            let lead = pick(lang, "里的每处文字，写法为 ", ": every text written as ");
            format!("{}{lead}{}", scope(&mention.scope, lang), code(mention.pattern.source()))
        }
    }
}

fn of_cells(cells: &CellSelect, lang: Lang) -> String {
    let table = cells.table.as_deref().map(escaped);
    let axes = [
        axis(&cells.row, pick(lang, "行", "row "), pick(lang, "当前行", "the current row"), lang),
        axis(&cells.col, pick(lang, "列", "column "), pick(lang, "当前列", "the current column"), lang),
    ];
    let parts: Vec<String> = table.into_iter().chain(axes.into_iter().flatten()).collect();
    parts.join(pick(lang, "，", ", ")) + unit(cells.unit.as_ref(), lang).as_str()
}

fn unit(unit: Option<&Unit>, lang: Lang) -> String {
    unit.map_or_else(String::new, |unit| format!("{}{}", pick(lang, "，折合成", ", in "), escaped(unit.words())))
}

/// The rows or columns in words; none where the table has only one.
fn axis(axis: &Axis, noun: &str, current: &str, lang: Lang) -> Option<String> {
    match axis {
        Axis::Only => None,
        Axis::Current => Some(current.to_owned()),
        Axis::One(path) => Some(format!("{noun}“{}”", escaped(path.source()))),
        Axis::Many { path, except } => {
            let all = format!("{}{noun}“{}”", pick(lang, "所有", "every "), escaped(path.source()));
            Some(all + but(except, lang).as_str())
        }
        Axis::Kin { kin, except } => {
            let rows = match kin {
                Kin::Children => pick(lang, "当前行的下级", "the rows right below the current row"),
                Kin::Siblings => pick(lang, "当前行的同级", "the rows beside the current row"),
            };
            Some(rows.to_owned() + but(except, lang).as_str())
        }
    }
}

/// What is left out.
fn but(except: &[LabelPath], lang: Lang) -> String {
    if except.is_empty() {
        return String::new();
    }
    let paths: Vec<String> = except.iter().map(|path| format!("“{}”", escaped(path.source()))).collect();
    let paths = paths.join(pick(lang, "、", ", "));
    match lang {
        Lang::Zh => format!("（{paths}除外）"),
        Lang::En => format!(" (but {paths})"),
    }
}

/// A table that a rule describes itself.
pub(super) fn layout(layout: &Layout, lang: Lang) -> String {
    let mut out = match &layout.name {
        Some(name) => escaped(name),
        None => pick(lang, "表格", "tables").to_owned(),
    };
    let paths = |paths: &[LabelPath]| {
        let paths: Vec<String> = paths.iter().map(|path| format!("“{}”", escaped(path.source()))).collect();
        paths.join(pick(lang, "、", ", "))
    };
    let mut marks = Vec::new();
    if let Some(section) = &layout.section {
        marks.push(format!("{}“{}”", pick(lang, "在", "below "), escaped(section.source())));
    }
    for (noun, own) in
        [(pick(lang, "有行", "with the rows "), &layout.rows), (pick(lang, "有列", "with the columns "), &layout.cols)]
    {
        if !own.is_empty() {
            marks.push(format!("{noun}{}", paths(own)));
        }
    }
    let marks = marks.join(pick(lang, "，", ", "));
    out.push_str(&match lang {
        Lang::Zh => format!("（{marks}）"),
        Lang::En => format!(" ({marks})"),
    });
    out
}

/// Where a rule or a name looks.
pub(super) fn scope(scope: &Scope, lang: Lang) -> String {
    let parts: Vec<String> = scope.parts.iter().map(|part| scope_part(part, lang)).collect();
    let parts = match parts[..] {
        [] => pick(lang, "全文", "all content").to_owned(),
        _ => parts.join(pick(lang, "、", ", ")),
    };
    let Some(cited) = &scope.cited else { return parts };
    let kind = |kind: &Kind| pick(lang, kind.chinese(), kind.word());
    let kinds = cited.kinds.iter().map(kind).collect::<Vec<_>>().join(pick(lang, "、", ", "));
    let stands = |stands: &Stands| pick(lang, stands.chinese(), stands.word());
    let stands = cited.stands.iter().map(stands).collect::<Vec<_>>().join(pick(lang, "、", ", "));
    match lang {
        Lang::Zh if stands.is_empty() => format!("{parts}中的{kinds}"),
        Lang::Zh => format!("{parts}中的{kinds}（{stands}）"),
        Lang::En if stands.is_empty() => format!("numbers cited in {parts} ({kinds})"),
        Lang::En => format!("numbers cited in {parts} ({kinds}; {stands})"),
    }
}

fn scope_part(part: &ScopePart, lang: Lang) -> String {
    let (zh, en) = match part {
        ScopePart::Prose => ("正文段落", "prose"),
        ScopePart::Paragraphs => ("各段落", "paragraphs"),
        ScopePart::Headings => ("标题行", "headings"),
        ScopePart::Title => ("大标题", "the title"),
        ScopePart::Cells => ("表格的各格", "table cells"),
        ScopePart::Text => ("表格以外的文字", "text outside tables"),
        ScopePart::Table(name) | ScopePart::Section(name) | ScopePart::Part(name) => return escaped(name),
    };
    pick(lang, zh, en).to_owned()
}
