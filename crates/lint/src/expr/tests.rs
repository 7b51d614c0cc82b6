//! Values, truth, checks and linear forms, as tables.

use super::*;
use crate::fault::Fault;

/// 甲 3, 乙 4, 空 blank, 列 1 2 3, 缺 one blank among many, 字 text, 无 absent.
fn lookup(name: &str) -> Bound {
    let number = |n: i64| Datum::Number(Decimal::from(n));
    match name {
        "甲" => Bound::One(number(3)),
        "乙" => Bound::One(number(4)),
        "空" => Bound::One(Datum::Blank),
        "列" => Bound::Many(vec![number(1), number(2), number(3)]),
        "缺" => Bound::Many(vec![number(1), Datum::Blank]),
        "零" => Bound::Many(Vec::new()),
        "字" => Bound::One(Datum::Text("是".into())),
        _ => Bound::One(Datum::Absent),
    }
}

fn known() -> Vec<(&'static str, Arity)> {
    let one = ["甲", "乙", "空", "字", "无"].map(|name| (name, Arity::One));
    let many = ["列", "缺", "零"].map(|name| (name, Arity::Many));
    one.into_iter().chain(many).collect()
}

fn truth(source: &str) -> String {
    let expr = Expr::parse(source).unwrap_or_else(|fault| panic!("{source}: {}", fault.en));
    if let Err(faults) = expr.check(&known()) {
        panic!("{source}: {}", faults[0].en);
    }
    match expr.truth(&lookup) {
        Truth::True => "true".into(),
        Truth::False => "false".into(),
        Truth::Undetermined(gaps) => {
            let gaps: Vec<String> = gaps.iter().map(|gap| format!("{} {:?}", gap.name, gap.why)).collect();
            gaps.join(", ")
        }
    }
}

#[test]
fn expressions_are_exact_and_three_valued() {
    for (source, expected) in [
        ("甲 + 乙 == 7", "true"),
        ("甲 + 乙 * 2 == 11", "true"),
        ("(甲 + 乙) * 2 == 14", "true"),
        ("甲 - 乙 - 1 == -2", "true"),
        ("0.1 + 0.2 == 0.3", "true"),
        ("-甲 < 0 and not 甲 > 乙", "true"),
        ("甲 in 1..3", "true"),
        ("甲 in 4..9 or 乙 == 4", "true"),
        ("sum(列) == 6 and count(列) == 3 and min(列) == 1 and max(列, 乙) == 4", "true"),
        ("sum(列, 甲) - 甲 == 6", "true"),
        ("round(10 / 3, 2) == 3.33", "true"),
        ("round(2.5, 0) == 3 and abs(甲 - 乙) == 1", "true"),
        ("甲 == 乙", "false"),
        ("空 == 0", "空 Blank"),
        ("空 == 0 or 甲 == 3", "true"),
        ("空 == 0 and 甲 == 4", "false"),
        ("空 == 0 and 甲 == 3", "空 Blank"),
        ("空 + 无 == 空", "空 Blank, 无 Absent"),
        ("sum(缺) == 1", "缺 Blank"),
        ("count(缺) == 2 and count(零) == 0", "true"),
        ("min(零) == 0", "零 Absent"),
        ("blank(空) and not blank(甲) and found(甲) and not found(无)", "true"),
        ("found(零) or blank(零)", "false"),
        ("甲 / 0 == 1", " DivisionByZero"),
        ("9999999999999999999999999999 * 100 > 1", " Overflow"),
        ("字 == '是' and 字 != \"否\"", "true"),
        ("字 + 1 == 2", "字 Unreadable"),
    ] {
        assert_eq!(truth(source), expected, "{source}");
    }
}

fn fault(source: &str) -> Fault {
    match Expr::parse(source) {
        Err(fault) => fault,
        Ok(expr) => expr.check(&known()).expect_err(source).remove(0),
    }
}

#[test]
fn faults_point_at_their_cause() {
    for (source, place, words) in [
        ("甲 + == 3", "==", "不该在这里"),
        ("甲 == 乙 == 3", "==", "不能连写"),
        ("甲 = 3", "=", "不认识"),
        ("（甲 + 乙) == 3", "（", "不认识"),
        ("甲 + 丙 == 3", "丙", "let 里没有"),
        ("甲 == 列", "列", "多个数"),
        ("abs(列) == 1", "列", "多个数"),
        ("甲 + 乙", "甲 + 乙", "比较或判断"),
        ("甲 + (乙 == 3) == 4", "(乙 == 3)", "要一个数"),
        ("total(列) == 3", "total", "没有函数"),
        ("round(甲) == 3", "round(甲)", "2 个参数"),
        ("count(甲 + 1) == 3", "甲 + 1", "一个名字"),
        ("甲 乙", "乙", "缺运算符"),
        ("(甲 == 3", "", "没有写完"),
        ("甲 ==", "", "没有写完"),
        ("字 == '是", "'是", "没有闭合"),
        ("甲 == 99999999999999999999999999999999", "99999999999999999999999999999999", "太长"),
    ] {
        let fault = fault(source);
        assert_eq!(fault.span.of(source), place, "{source}: {}", fault.zh);
        assert!(fault.zh.contains(words), "{source}: {}", fault.zh);
    }
}

#[test]
fn hostile_nesting_is_refused() {
    for (open, close) in [("(", ")"), ("-", ""), ("not ", "")] {
        let source = format!("{}甲{} == 3", open.repeat(5_000), close.repeat(5_000));
        assert!(Expr::parse(&source).is_err());
        let source = format!("{}甲{} == 3", open.repeat(200), close.repeat(200));
        assert!(Expr::parse(&source).unwrap_err().zh.contains("太深"), "{open}");
    }
    assert!(Expr::parse(&format!("甲{} == 3", " + 甲".repeat(5_000))).unwrap_err().zh.contains("太长"));
    assert!(Expr::parse(&format!("甲{} == 3", " + 甲".repeat(200))).is_ok());
}

#[test]
fn linear_forms_carry_signs_and_factors() {
    let form = |source: &str| {
        let comparison = Expr::parse(source).unwrap().comparison().unwrap();
        let side = |side: &Option<Linear>| {
            side.as_ref().map(|linear| {
                let terms: Vec<String> = linear.terms.iter().map(|(name, factor)| format!("{factor}{name}")).collect();
                format!("{} + {}", terms.join(" "), linear.constant)
            })
        };
        (side(&comparison.lhs_linear), side(&comparison.rhs_linear))
    };
    assert_eq!(form("甲 + 乙 == sum(列) - 2").0.unwrap(), "1甲 1乙 + 0");
    assert_eq!(form("甲 + 乙 == sum(列) - 2").1.unwrap(), "1列 + -2");
    assert_eq!(form("-(甲 - 2 * 乙) + 甲 == 0").0.unwrap(), "0甲 2乙 + 0");
    assert_eq!(form("甲 / 4 == 甲 * 乙"), (Some("0.25甲 + 0".into()), None));
    assert_eq!(form("甲 / 3 == max(列)"), (None, None));
}

#[test]
fn sides_know_their_words() {
    let comparison = Expr::parse("甲 + 乙 == (列)").unwrap().comparison().unwrap();
    assert_eq!((comparison.lhs.words(), comparison.rhs.words()), ("甲 + 乙", "(列)"));
    assert_eq!(comparison.lhs.number(&lookup), Ok(Decimal::from(7)));
}
