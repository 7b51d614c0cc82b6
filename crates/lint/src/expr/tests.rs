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

/// Parts and totals as printed: 率 28.4, 件 31, 全 109, 分 33.3 33.3 33.3, 细 28.44, 万 1200.
fn printed(name: &str) -> Bound {
    let number = |text: &str| Datum::Number(text.parse().unwrap());
    match name {
        "率" => Bound::One(number("28.4")),
        "件" => Bound::One(number("31")),
        "全" => Bound::One(number("109")),
        "细" => Bound::One(number("28.44")),
        "万" => Bound::One(number("1200")),
        "分" => Bound::Many(vec![number("33.3"); 3]),
        _ => Bound::One(Datum::Blank),
    }
}

#[test]
fn sides_that_are_close_count_as_equal() {
    use Closeness::{Exact, Fraction, Rounded, Within};
    let decimal = |text: &str| text.parse::<Decimal>().unwrap();
    for (source, closeness, expected) in [
        ("率 == 28", Exact, false),
        ("率 == 28", Within(decimal("0.4")), true),
        ("率 == 28", Within(decimal("0.39")), false),
        ("28 == 率", Within(decimal("0.4")), true),
        ("率 <= 28", Within(decimal("0.4")), true),
        ("率 <= 28", Within(decimal("0.3")), false),
        ("28 >= 率", Within(decimal("0.4")), true),
        ("率 >= 28", Exact, true),
        // Half a percent of 1206, not of 1200.
        ("万 == 1206", Fraction(decimal("0.005")), true),
        ("1206 == 万", Fraction(decimal("0.005")), true),
        ("万 == 1207", Fraction(decimal("0.005")), false),
        ("-万 == -1206", Fraction(decimal("0.005")), true),
        // A ratio is taken as it computes, 28.440…; the rate stands for 28.35 to 28.45.
        ("率 == 件 / 全 * 100", Rounded(1), true),
        ("率 + 0.1 == 件 / 全 * 100", Rounded(1), false),
        ("率 == 件 / 全 * 100", Rounded(2), false),
        // Three parts and no printed total: 0.15 either way.
        ("sum(分) == 100", Rounded(1), true),
        ("sum(分) == 100.05", Rounded(1), true),
        ("sum(分) == 100.051", Rounded(1), false),
        ("sum(分) == 100", Exact, false),
        // A number printed with more decimals than it was to be rounded to is as exact as it is printed.
        ("细 == 28.49", Rounded(1), false),
        ("细 == 28.445", Rounded(1), true),
        // A factor widens the interval as it does the number.
        ("率 * 2 == 56.9", Rounded(1), true),
        ("率 * 2 == 56.91", Rounded(1), false),
        ("sum(分) <= 99.7", Rounded(1), false),
        ("sum(分) <= 99.75", Rounded(1), true),
    ] {
        let comparison = Expr::parse(source).unwrap().comparison().unwrap();
        let expected = if expected { Truth::True } else { Truth::False };
        assert_eq!(comparison.truth(closeness, &printed), expected, "{source} {closeness:?}");
    }
    let blank = Expr::parse("空 == 率").unwrap().comparison().unwrap();
    assert!(matches!(blank.truth(Rounded(1), &printed), Truth::Undetermined(_)));
}
