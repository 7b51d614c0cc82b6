//! Every shipped rule notices when one of its right examples is made wrong in one place: no term, item or word of a
//! rule is dead.

use gouji_lint::ruleset::{RuleSet, SourceFile};
use gouji_lint::selftest::{Change, Fixtures, Mutant, MutantEnd, mutate};
use gouji_tests::checking;

fn unnoticed(mutants: &[Mutant]) -> Vec<String> {
    let left = mutants.iter().filter(|mutant| mutant.end != MutantEnd::Noticed);
    left.map(|mutant| format!("{}:{} {:?} {:?}", mutant.file, mutant.line, mutant.end, mutant.change)).collect()
}

#[test]
fn shipped_rules_have_nothing_dead_in_them() {
    let rules = checking::every_rule();
    let mutants: Vec<Mutant> = rules.rules().iter().flat_map(|rule| mutate(&rules, rule, &Fixtures::new())).collect();
    let count = |is: fn(&Change) -> bool| mutants.iter().filter(|mutant| is(&mutant.change)).count();
    assert!(count(|change| matches!(change, Change::Number { .. })) > 100);
    assert!(count(|change| matches!(change, Change::Removed(_))) > 100);
    assert!(count(|change| matches!(change, Change::Doubled(_))) > 50);
    assert!(count(|change| matches!(change, Change::Mended { .. })) > 100);
    assert!(count(|change| matches!(change, Change::Word(_))) > 2_000);
    let left = unnoticed(&mutants);
    assert!(left.is_empty(), "{} of {} not noticed\n{}", left.len(), mutants.len(), left.join("\n"));
}

/// The mutants of a rule beside the shipped forms.
fn of_rule(text: &str) -> Vec<Mutant> {
    let own = SourceFile { path: "own.yaml".to_owned(), text: text.into() };
    let files = checking::files().into_iter().filter(|file| file.path.starts_with("forms/")).chain([own]);
    let (rules, errors) = RuleSet::load(&files.collect::<Vec<_>>());
    assert!(errors.is_empty(), "{errors:?}");
    mutate(&rules, &rules.rules()[0], &Fixtures::new())
}

const HEAD: &str = "id: ZZ901\nname: 例\nlevel: error\nbasis: {doc: 例, strength: logic}\nsay: 例\n";

#[test]
fn a_dead_term_is_told_with_what_was_tried() {
    let rule = format!(
        "{HEAD}in: prose\nlet:\n  甲: {{number: '甲(?<n>NUM)件'}}\n  乙: {{number: '乙(?<n>NUM)件'}}\n  丙: {{number: '丙(?<n>NUM)件'}}\n\
        each: 甲\nassert: 甲 == sum(乙) + 0 * sum(丙)\ntests: {{ok: [甲5件，乙5件，丙1.50件。]}}\n"
    );
    let mutants = of_rule(&rule);
    assert_eq!(mutants.len(), 3, "{mutants:?}");
    let dead: Vec<&Mutant> = mutants.iter().filter(|mutant| mutant.end == MutantEnd::Silent).collect();
    let [dead] = dead[..] else { panic!("{mutants:?}") };
    assert_eq!((dead.line, dead.case.as_deref()), (13, Some("ok[0]")));
    let Change::Number { name, before, after, .. } = &dead.change else { panic!("{dead:?}") };
    assert_eq!((name.as_str(), before.as_str(), after.as_slice()), ("丙", "1.50", &["1.51".to_owned()][..]));
}

#[test]
fn a_bound_is_alive_when_some_value_crosses_it() {
    let rule = format!(
        "{HEAD}in: prose\nlet:\n  甲: {{number: '甲(?<n>NUM)件'}}\n  乙: {{number: '乙(?<n>NUM)件'}}\n\
        each: 甲\nassert: 甲 <= max(乙)\ntests: {{ok: [甲5件，乙50件。]}}\n"
    );
    assert!(unnoticed(&of_rule(&rule)).is_empty());
    let rule = rule.replace("甲 <= max(乙)", "甲 <= max(乙) or 甲 > max(乙)");
    assert_eq!(unnoticed(&of_rule(&rule)).len(), 2);
}

#[test]
fn a_word_that_is_always_excused_is_dead() {
    let rule = format!("{HEAD}in: text\nfind: {{坐阵: 坐镇, 布署: 部署}}\nunless: 布署\n");
    let left = unnoticed(&of_rule(&rule));
    assert_eq!(left, ["own.yaml:7 Silent Word(\"布署\")"]);
}

#[test]
fn a_fix_that_does_not_mend_is_told() {
    let rule = format!("{HEAD}in: text\nfind: 错别[子字]\nfix: {{unsafe: 错别字}}\ntests: {{bad: [有错别子。]}}\n");
    let left = unnoticed(&of_rule(&rule));
    assert_eq!(left.len(), 1, "{left:?}");
    assert!(left[0].contains("Silent Mended"), "{left:?}");
}
