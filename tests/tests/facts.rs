//! The shipped tables of facts hold together: dates are days, counts are numbers, names stand there once.

use gouji_lint::ruleset::{DataTable, RuleSet};
use gouji_tests::checking;
use std::collections::BTreeSet;

fn table(name: &str) -> DataTable {
    let (rules, _) = RuleSet::load(&checking::files());
    rules.data()[name].clone()
}

fn is_day(text: &str) -> bool {
    let parts: Vec<&str> = text.split('-').collect();
    let within = |part: &str, digits: usize, most: u32| {
        part.len() == digits && part.parse().is_ok_and(|number: u32| (1..=most).contains(&number))
    };
    matches!(parts[..], [year, month, day] if within(year, 4, 2099) && within(month, 2, 12) && within(day, 2, 31))
}

#[test]
fn every_law_has_one_row_of_dates_and_numbers() {
    let laws = table("laws");
    assert!(laws.rows.len() > 900, "{} laws", laws.rows.len());
    let mut titles = BTreeSet::new();
    for row in &laws.rows {
        let title = row["title"].as_str();
        assert!(!title.is_empty() && titles.insert(title), "{title} is there twice");
        assert!(matches!(row["kind"].as_str(), "宪法" | "法律" | "行政法规" | "部门规章"), "{title}");
        assert!(row["version"].is_empty() || is_day(&row["version"]), "{title}: {}", row["version"]);
        assert!(
            row["revisions"].is_empty() || row["revisions"].split('|').all(is_day),
            "{title}: {}",
            row["revisions"]
        );
        let articles: Option<u32> = row["articles"].parse().ok();
        assert!(row["articles"].is_empty() || articles.is_some_and(|count| count > 0), "{title}: {}", row["articles"]);
        let decrees: Vec<u32> = row["decrees"].split('|').filter_map(|decree| decree.parse().ok()).collect();
        assert!(decrees.is_sorted_by(|one, next| one < next), "{title}: {}", row["decrees"]);
        assert!(row["decrees"].is_empty() == decrees.is_empty(), "{title}: {}", row["decrees"]);
        assert!(matches!(row["verified"].as_str(), "yes" | "no"), "{title}");
    }
}

#[test]
fn what_took_the_place_of_a_document_has_its_day() {
    for row in table("known-documents").rows {
        let (by, on) = (&row["superseded_by"], &row["superseded_on"]);
        assert!(by.is_empty() == on.is_empty() && (on.is_empty() || is_day(on)), "{}: {by} {on}", row["number"]);
    }
}

#[test]
fn a_code_has_each_of_its_organs_once() {
    let mut seen = BTreeSet::new();
    for row in table("organ-codes").rows {
        let pair = (row["code"].clone(), row["organ"].clone());
        assert!(matches!(row["verified"].as_str(), "yes" | "no"), "{pair:?}");
        assert!(seen.insert(pair.clone()), "{pair:?} is there twice");
    }
}
