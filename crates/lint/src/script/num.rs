//! Numbers as scripts see them: exact, with their unit, and with the places they come from.
//!
//! What is computed from numbers of the document still knows which they were, so that `tie` and `numbers` can show them.

use super::ScriptParticipant;
use super::fault::{Hosted, gap, refuse};
use super::host::Run;
use super::table::Cell;
use super::text::{Text, or_unit};
use crate::assert::around;
use gouji_core::text::Span;
use rhai::{Dynamic, Engine, EvalAltResult};
use rust_decimal::{Decimal, RoundingStrategy};
use std::sync::Arc;

/// The most places that a number comes from.
const PARTS: usize = 2_000;

/// A number.
#[derive(Clone, Debug)]
pub(super) struct Num {
    pub(super) value: Decimal,
    unit: Option<char>,
    /// The numbers of the document that it was computed from, in order.
    parts: Arc<[Part]>,
    /// The run whose document they stand in; none for a number of the script's own.
    run: Option<Arc<Run>>,
}

/// A number of the document.
#[derive(Clone, Debug)]
struct Part {
    path: Arc<str>,
    span: Span,
    /// The file of last year's report, where it stands there.
    file: Option<Arc<str>>,
    value: Decimal,
    sign: i8,
}

impl Num {
    fn plain(value: Decimal) -> Self {
        Self { value, unit: None, parts: Arc::from([]), run: None }
    }

    fn found(run: &Arc<Run>, path: String, span: Span, value: Decimal, unit: Option<char>) -> Self {
        let part = Part { path: path.into(), span, file: run.page.file.clone(), value, sign: 1 };
        Self { value, unit, parts: Arc::from([part]), run: Some(Arc::clone(run)) }
    }

    /// A number of the running text.
    pub(super) fn written(text: &Text, value: Decimal, unit: Option<char>) -> Self {
        Self::found(&text.run, around(&text.run.page.text, text.span), text.span, value, unit)
    }

    /// The number of a cell, where it has one.
    pub(super) fn in_cell(cell: &Cell) -> Option<Self> {
        let text = cell.text();
        Some(Self::found(&text.run, cell.path(), text.span, cell.value()?, None))
    }

    /// What a script gave as a number: a Num, a Cell or a number of its own.
    pub(super) fn of(value: &Dynamic) -> Hosted<Self> {
        if let Some(num) = value.read_lock::<Self>().map(|num| num.clone()) {
            return Ok(num);
        }
        if let Some(cell) = value.read_lock::<Cell>() {
            return cell.num();
        }
        let own = value.as_decimal().ok().or_else(|| value.as_int().ok().map(Decimal::from));
        match own {
            Some(own) => Ok(Self::plain(own)),
            None => refuse(
                format!("这里要一个数（Num、Cell 或数字），得到的是 {}", value.type_name()),
                format!("a number is needed here (Num, Cell or a plain one), not {}", value.type_name()),
            ),
        }
    }

    /// The numbers that take part in it.
    pub(super) fn participants(&self, right: bool) -> impl Iterator<Item = ScriptParticipant> {
        self.parts.iter().map(move |part| ScriptParticipant {
            name: part.path.to_string(),
            name_en: None,
            path: part.path.to_string(),
            span: part.span,
            file: part.file.clone(),
            value: part.value,
            sign: part.sign,
            right,
        })
    }

    /// Where a comparison is placed: at the only side that is one number, else at the first number on the right, else
    /// at the first on the left; never in last year's report.
    pub(super) fn place(lhs: &Self, rhs: &Self) -> Option<Span> {
        let only_left = lhs.parts.len() == 1 && rhs.parts.len() != 1;
        let (first, second) = if only_left { (lhs, rhs) } else { (rhs, lhs) };
        let here = |num: &Self| num.parts.iter().find(|part| part.file.is_none()).map(|part| part.span);
        here(first).or_else(|| here(second))
    }

    /// The place it stands at, where it was not computed.
    pub(super) fn text(&self) -> Option<Text> {
        match (&*self.parts, &self.run) {
            ([part], Some(run)) if part.value == self.value => Some(Text { run: Arc::clone(run), span: part.span }),
            _ => None,
        }
    }

    /// The same parts with another value.
    fn with(&self, value: Decimal) -> Self {
        Self { value, ..self.clone() }
    }

    /// Both numbers' parts under a new value; `sign` is how those of the right one count.
    fn join(&self, other: &Self, value: Option<Decimal>, sign: i8) -> Hosted<Self> {
        let Some(value) = value else { return refuse("算术有误：结果太大", "bad arithmetic: overflow") };
        let n_parts = self.parts.len() + other.parts.len();
        if n_parts > PARTS {
            return refuse(format!("参与的数超过 {PARTS} 个"), format!("more than {PARTS} numbers take part"));
        }
        let run = self.run.as_ref().or(other.run.as_ref());
        run.map_or(Ok(()), |run| run.charge(1 + n_parts as u64 / 4))?;
        let turned = other.parts.iter().map(|part| Part { sign: part.sign * sign, ..part.clone() });
        let unit = if other.unit.is_none() || self.unit == other.unit { self.unit } else { None };
        let unit = unit.or(if self.unit.is_none() { other.unit } else { None });
        Ok(Self { value, unit, parts: self.parts.iter().cloned().chain(turned).collect(), run: run.cloned() })
    }

    /// The sum of two numbers.
    pub(super) fn plus(&self, other: &Self) -> Hosted<Self> {
        self.join(other, self.value.checked_add(other.value), 1)
    }

    fn minus(&self, other: &Self) -> Hosted<Self> {
        self.join(other, self.value.checked_sub(other.value), -1)
    }

    fn times(&self, other: &Self) -> Hosted<Self> {
        self.join(other, self.value.checked_mul(other.value), 1)
    }

    fn over(&self, other: &Self) -> Hosted<Self> {
        if other.value.is_zero() {
            return refuse("算术有误：除数为 0", "bad arithmetic: division by zero");
        }
        self.join(other, self.value.checked_div(other.value), 1)
    }

    /// Half goes away from zero: 四舍五入.
    fn round(&self, places: i64) -> Self {
        let places = u32::try_from(places).unwrap_or(0).min(28);
        self.with(self.value.round_dp_with_strategy(places, RoundingStrategy::MidpointAwayFromZero))
    }

    /// A number without a document: nothing takes part in nothing.
    pub(super) fn zero() -> Self {
        Self::plain(Decimal::ZERO)
    }
}

impl Cell {
    /// Its number; a cell without one can not be reckoned with.
    fn num(&self) -> Hosted<Num> {
        let path = self.path();
        match Num::in_cell(self) {
            Some(num) => Ok(num),
            None if self.is_blank() => gap(format!("“{path}”没有填数"), format!("{path} is blank")),
            None => gap(format!("“{path}”不是数"), format!("{path} is no number")),
        }
    }
}

/// What can stand on a side of an operator.
trait Side: Clone + Send + Sync + 'static {
    fn side(&self) -> Hosted<Num>;
}

impl Side for Num {
    fn side(&self) -> Hosted<Num> {
        Ok(self.clone())
    }
}

impl Side for Cell {
    fn side(&self) -> Hosted<Num> {
        self.num()
    }
}

impl Side for Decimal {
    fn side(&self) -> Hosted<Num> {
        Ok(Num::plain(*self))
    }
}

impl Side for i64 {
    fn side(&self) -> Hosted<Num> {
        Ok(Num::plain(Self::into(*self)))
    }
}

fn operators<L: Side, R: Side>(engine: &mut Engine) {
    engine.register_fn("+", |lhs: L, rhs: R| lhs.side()?.plus(&rhs.side()?));
    engine.register_fn("-", |lhs: L, rhs: R| lhs.side()?.minus(&rhs.side()?));
    engine.register_fn("*", |lhs: L, rhs: R| lhs.side()?.times(&rhs.side()?));
    engine.register_fn("/", |lhs: L, rhs: R| lhs.side()?.over(&rhs.side()?));
    let mut compare = |name: &str, holds: fn(&Decimal, &Decimal) -> bool| {
        engine.register_fn(name, move |lhs: L, rhs: R| {
            Ok::<bool, Box<EvalAltResult>>(holds(&lhs.side()?.value, &rhs.side()?.value))
        });
    };
    compare("==", Decimal::eq);
    compare("!=", Decimal::ne);
    compare("<", Decimal::lt);
    compare("<=", Decimal::le);
    compare(">", Decimal::gt);
    compare(">=", Decimal::ge);
}

/// Puts numbers into the engine.
pub(super) fn register(engine: &mut Engine) {
    engine.register_type_with_name::<Num>("Num");
    operators::<Num, Num>(engine);
    operators::<Num, Cell>(engine);
    operators::<Num, Decimal>(engine);
    operators::<Num, i64>(engine);
    operators::<Cell, Num>(engine);
    operators::<Cell, Cell>(engine);
    operators::<Cell, Decimal>(engine);
    operators::<Cell, i64>(engine);
    operators::<Decimal, Num>(engine);
    operators::<Decimal, Cell>(engine);
    operators::<i64, Num>(engine);
    operators::<i64, Cell>(engine);
    engine.register_get("value", |num: &mut Num| num.value);
    engine.register_get("unit", |num: &mut Num| or_unit(num.unit.map(String::from)));
    engine.register_get("text", |num: &mut Num| or_unit(num.text()));
    engine.register_fn("round", |num: &mut Num, places: i64| num.round(places));
    engine.register_fn("abs", |num: &mut Num| num.with(num.value.abs()));
    engine.register_fn("to_string", |num: &mut Num| num.value.normalize().to_string());
    engine.register_fn("to_int", |num: &mut Num| match i64::try_from(num.value.trunc()) {
        Ok(whole) => Ok(whole),
        Err(_) => refuse("算术有误：结果太大", "bad arithmetic: overflow"),
    });
    engine.register_fn("pct", |part: Dynamic, whole: Dynamic, places: i64| {
        let share = Num::of(&part)?.over(&Num::of(&whole)?)?;
        Ok::<Num, Box<EvalAltResult>>(share.times(&Num::plain(Decimal::ONE_HUNDRED))?.round(places))
    });
}
