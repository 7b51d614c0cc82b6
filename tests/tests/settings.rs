//! What a configuration makes of the shipped rules.

use gouji_lint::config::Config;
use gouji_lint::finding::{Level, RuleError};
use gouji_lint::ruleset::RuleSet;
use gouji_lint::settings::Settings;
use gouji_tests::checking;
use std::sync::Arc;

/// The shipped rules under a configuration, and its faults.
fn under(text: &str) -> (RuleSet, Vec<RuleError>) {
    let (config, mut errors) = Config::read(&Arc::from("gouji.yaml"), &Arc::from(text));
    let settings =
        Settings { profile: config.profile.map(|(profile, _)| profile).unwrap_or_default(), entries: config.rules };
    let (rules, more) = RuleSet::load_with(&checking::files(), &settings);
    errors.extend(more);
    (rules, errors)
}

fn level(rules: &RuleSet, id: &str) -> Option<Level> {
    rules.infos().find(|info| &*info.id == id).map(|info| info.level)
}

#[test]
fn a_longer_code_wins_over_a_shorter_one_wherever_it_stands() {
    for text in ["rules: {GW301: error, GW3: off}", "rules: {GW3: off, GW301: error}"] {
        let (rules, errors) = under(text);
        assert_eq!(errors, []);
        assert_eq!(level(&rules, "GW301"), Some(Level::Error));
        assert_eq!(level(&rules, "GW302"), None);
        assert!(rules.off().iter().any(|info| &*info.id == "GW302"));
    }
}

#[test]
fn packs_and_tags_are_names_too() {
    let (rules, errors) = under("rules: {official-documents: off, ties: warning}");
    assert_eq!(errors, []);
    assert_eq!(level(&rules, "GW301"), None);
    assert_eq!(level(&rules, "NB301"), Some(Level::Warning));
}

#[test]
fn a_draft_may_lack_parts_unless_an_entry_says_otherwise() {
    let (rules, _) = under("profile: draft\nrules: {NB105: info}");
    assert_eq!(level(&rules, "NB101"), None);
    assert_eq!(level(&rules, "NB105"), Some(Level::Info));
}

#[test]
fn a_line_that_names_no_rule_is_told_with_the_nearest() {
    let (rules, errors) = under("rules:\n  NB310: off\n  anual-report: off\n");
    assert!(rules.off().iter().all(|info| info.tags.iter().any(|tag| tag == "style")));
    let told: Vec<&str> = errors.iter().map(|error| error.span.of(&error.source)).collect();
    assert_eq!(told, ["NB310", "anual-report"]);
    assert!(errors[1].help.as_deref().is_some_and(|help| help.contains("annual-report")), "{errors:?}");
}

#[test]
fn parameters_take_their_values_from_the_last_line_that_names_the_rule() {
    let value = |text: &str| {
        let (rules, errors) = under(text);
        assert_eq!(errors, [], "{text}");
        let info = rules.infos().find(|info| &*info.id == "GW601").expect("the profile is strict").clone();
        info.params[0].value.to_string()
    };
    assert_eq!(value("profile: strict"), "150");
    assert_eq!(value("profile: strict\nrules: {GW601: {params: {字数: 60}}}"), "60");
    assert_eq!(value("profile: strict\nrules: {GW601: {params: {字数: 60}}, GW6: {params: {字数: 80}}}"), "60");
    assert_eq!(value("rules: {style: {level: warning, params: {字数: 90}}}"), "90");
}

#[test]
fn a_parameter_is_checked_where_it_is_given() {
    let (rules, errors) = under(
        "profile: strict\nrules:\n  GW601: {params: {字数: 5}}\n  GW: {params: {字术: 60}}\n  NB301: {params: {字数: 5}}\n  \
         NB304: {params: {组别: [甲]}}\n",
    );
    let told: Vec<(&str, &str)> =
        errors.iter().map(|error| (error.span.of(&error.source), error.message.as_str())).collect();
    assert_eq!(
        told,
        [
            ("5", "“5”不在 20..2000 之内"),
            ("字术", "没有参数“字术”"),
            ("字数", "NB301 没有参数"),
            ("[甲]", "这里要一段文字"),
        ]
    );
    assert!(errors[1].help.as_deref().is_some_and(|help| help.contains("字数")), "{errors:?}");
    assert!(errors.iter().all(|error| error.file == "gouji.yaml"));
    // The rules keep their own values.
    for id in ["GW601", "NB301", "NB304"] {
        assert!(level(&rules, id).is_some(), "{id}");
    }
}
