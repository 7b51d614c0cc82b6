//! A county's consolidated report against those of its members: what is right is silent, what is broken is told, and
//! nothing else.

use gouji_core::document::Document;
use gouji_lint::engine::CheckOptions;
use gouji_lint::finding::{Finding, Status};
use gouji_lint::rollup::{self, Frame, Given, Rollup, Sheet};
use gouji_tests::checking;
use gouji_tests::generator::form::TableName;
use gouji_tests::generator::{Amount, County, Layout, Report, Values, county};

const N_MEMBERS: usize = 40;
const N_CELLS: usize = 2 * 3 + 1 + 2 + 1 + 25 * 7 + 15;

/// What the comparison comes to, with the consolidated report as read.
struct Compared {
    document: Document,
    rollup: Rollup,
}

impl Compared {
    /// Where the findings of a rule stand, further places included, as (row, column or text).
    fn of(&self, rule: &str) -> Vec<&Finding> {
        self.rollup.report.findings.iter().filter(|finding| *finding.rule == *rule).collect()
    }

    fn n_places(&self, rule: &str) -> usize {
        self.of(rule).iter().map(|finding| finding.n_places()).sum()
    }

    fn told(&self) -> String {
        let findings = self.rollup.report.findings.iter().map(|finding| checking::told(&self.document, finding));
        findings.collect::<Vec<_>>().join("\n")
    }

    fn why(&self) -> String {
        self.rollup.report.ledger.iter().filter_map(|entry| entry.why.clone()).collect()
    }

    fn status(&self, rule: &str) -> Status {
        let ledger = &self.rollup.report.ledger;
        ledger.iter().find(|entry| *entry.rule == *rule).expect("the rule is in the ledger").status
    }
}

fn compare(consolidated: &Report, members: &[(String, String)], organs: &[&str]) -> Compared {
    compare_text(&consolidated.to_text(&Layout::straight()), members, organs)
}

fn compare_text(consolidated: &str, members: &[(String, String)], organs: &[&str]) -> Compared {
    let (rules, options) = (checking::rules(), CheckOptions::default());
    let document = checking::read("county.txt", consolidated.as_bytes());
    let frame = Frame::of(&document, rules, &options);
    let sheet = frame.sheet("county.txt", &document, rules, &options);
    let read = |(name, text): &(String, String)| -> Sheet {
        frame.sheet(name, &checking::read(name, text.as_bytes()), rules, &options)
    };
    let members: Vec<Sheet> = members.iter().map(read).collect();
    let organs: Vec<String> = organs.iter().map(|&organ| organ.to_owned()).collect();
    let given = Given {
        document: &document,
        frame: &frame,
        consolidated: &sheet,
        members: &members,
        unread: &[],
        organs: &organs,
    };
    let rollup = rollup::rollup(&given, rules, &options);
    Compared { document, rollup }
}

fn files(county: &County) -> Vec<(String, String)> {
    (0..county.members.len()).map(|at| county.file(at)).collect()
}

/// A report with other numbers; its text says what they say.
fn with_values(report: &Report, change: impl FnOnce(&mut Values)) -> Report {
    let mut values = report.values.clone();
    change(&mut values);
    Report::compose(report.seed, report.organ.clone(), report.year, values)
}

fn n_numbers(values: &Values) -> usize {
    let written = TableName::ALL.iter().flat_map(|&table| values.written(table));
    written.flatten().filter(|number| number != "0").count()
}

/// A member with something in table 3.
fn busy(county: &County) -> usize {
    let is_busy = |member: &Report| member.values.received() > 3;
    county.members.iter().position(is_busy).expect("some member had applications")
}

#[test]
fn a_county_that_adds_up_has_nothing_to_be_told() {
    for seed in 0..3 {
        let county = County::new(seed, N_MEMBERS);
        let organs: Vec<&str> = county.members.iter().map(|member| member.organ.name.as_str()).collect();
        let compared = compare(&county.consolidated, &files(&county), &organs);
        assert_eq!(compared.told(), "", "seed {seed}");
        assert_eq!(compared.why(), "", "seed {seed}");
        assert_eq!((compared.rollup.n_counted, compared.rollup.n_told), (N_MEMBERS, N_CELLS), "seed {seed}");
        assert!(compared.rollup.table.difference.iter().all(|figure| figure.as_deref() == Some("0")));
    }
}

#[test]
fn one_wrong_cell_of_the_consolidated_report_is_told_at_that_cell_alone() {
    for seed in 0..3 {
        let county = County::new(seed, N_MEMBERS);
        let row = 4 + seed as usize;
        let wrong = with_values(&county.consolidated, |values| values.applications[row][0] += 3);
        let compared = compare(&wrong, &files(&county), &[]);
        let [finding] = compared.of("NB511")[..] else { panic!("seed {seed}: {}", compared.told()) };
        assert_eq!(compared.rollup.report.findings.len(), 1);
        assert_eq!(finding.sides.as_ref().map(|sides| sides.delta.as_str()), Some("3"));
        assert_eq!(finding.span.of(&compared.document.text), wrong.values.applications[row][0].to_string());
        assert_eq!(finding.participants.len(), 1 + N_MEMBERS);
        // Its own row and column do not tie either: it is this number and no member's.
        let cells: Vec<_> = finding.repairs.iter().flat_map(|repair| &repair.cells).collect();
        let [cell] = cells[..] else { panic!("seed {seed}: {cells:?}") };
        assert_eq!(
            (cell.document.as_deref(), cell.to.as_str()),
            (None, &*county.consolidated.values.applications[row][0].to_string())
        );
    }
}

#[test]
fn one_wrong_cell_of_a_member_is_told_with_the_member() {
    for seed in 0..3 {
        let mut county = County::new(seed, N_MEMBERS);
        let at = busy(&county);
        county.members[at] = with_values(&county.members[at], |values| values.applications[5][0] += 20);
        let compared = compare(&county.consolidated, &files(&county), &[]);
        let [finding] = compared.of("NB511")[..] else { panic!("seed {seed}: {}", compared.told()) };
        assert_eq!(finding.sides.as_ref().map(|sides| sides.delta.as_str()), Some("-20"));
        let repair = finding.repairs.first().expect("one number explains it");
        assert_eq!(repair.cells[0].document.as_deref(), Some(&*county.file(at).0), "seed {seed}");
    }
}

/// A number that no tie of any report speaks of may be anybody's, however much it looks like a slip.
#[test]
fn nobody_is_blamed_where_no_tie_tells() {
    let mut county = County::new(3, N_MEMBERS);
    let licences = |values: &mut Values, n: u64| values.disclosure[2][0] = Amount::Count(n);
    for member in &mut county.members {
        *member = with_values(member, |values| licences(values, 1));
    }
    county.members[7] = with_values(&county.members[7], |values| licences(values, 1372));
    let right = with_values(&county.consolidated, |values| licences(values, 1732 + 39));
    let compared = compare(&right, &files(&county), &[]);
    let [finding] = compared.of("NB511")[..] else { panic!("{}", compared.told()) };
    let help = finding.help.as_deref().unwrap_or_default();
    assert!(!help.contains("07.txt") && finding.repairs.is_empty(), "{help}");
}

/// A government's own office reports under the title of the whole: with it the sums come out.
#[test]
fn a_report_of_the_same_title_that_the_sums_need_is_counted() {
    let mut county = County::new(0, 6);
    let organ = county.consolidated.organ.clone();
    let Report { seed, year, ref values, .. } = county.members[2];
    county.members[2] = Report::compose(seed, organ, year, values.clone());
    let compared = compare(&county.consolidated, &files(&county), &[]);
    assert_eq!((compared.told().as_str(), compared.rollup.n_counted), ("", 6));
}

#[test]
fn a_slip_with_its_totals_is_one_finding_at_the_number() {
    let mut county = County::new(3, N_MEMBERS);
    let at = busy(&county);
    let with = |county: &County, n: u64| {
        with_values(&county.members[at], |values| {
            values.applications[5][1] = n;
            values.add_up();
        })
    };
    county.members[at] = with(&county, 1372);
    // The form's balance: what came in is what was dealt with.
    county.members[at] = with_values(&county.members[at], |values| {
        let [_, before, .., done, next] = &values.applications[..] else { panic!("the form has these rows") };
        values.applications[0][1] = done[1] + next[1] - before[1];
        values.add_up();
    });
    assert!(county.members[at].values.ties());
    county.add_up();
    for (wrong, delta) in [(1732, "-360"), (137, "1235")] {
        let wrong_one = with(&county, wrong);
        let right = std::mem::replace(&mut county.members[at], wrong_one);
        let compared = compare(&county.consolidated, &files(&county), &[]);
        let [finding] = compared.of("NB511")[..] else { panic!("{}", compared.told()) };
        let said = format!("{}（{}）的 {wrong} 若是 1372", county.members[at].organ.name, county.file(at).0);
        assert!(finding.message.contains(&said), "{}", finding.message);
        assert_eq!(finding.sides.as_ref().map(|sides| sides.delta.as_str()), Some(delta));
        // The number, the total of its row, that of its column, and the total of totals.
        assert_eq!(finding.n_places(), 4);
        county.members[at] = right;
    }
}

#[test]
fn a_member_left_out_is_told_once_at_all_its_cells() {
    for seed in 0..3 {
        let county = County::new(seed, N_MEMBERS);
        let at = busy(&county);
        let mut files = files(&county);
        files.remove(at);
        let compared = compare(&county.consolidated, &files, &[]);
        let findings = compared.of("NB511");
        assert_eq!(findings.len(), 1, "seed {seed}: {}", compared.told());
        assert_eq!(compared.n_places("NB511"), n_numbers(&county.members[at].values), "seed {seed}");
        assert!(findings[0].message.contains("可能缺了单位的报告"), "{}", findings[0].message);
        // Where its name is known, only that is told.
        let organ = county.members[at].organ.name.as_str();
        let compared = compare(&county.consolidated, &files, &[organ]);
        let [finding] = compared.of("NB512")[..] else { panic!("seed {seed}: {}", compared.told()) };
        assert_eq!(finding.message, format!("没有{organ}的报告"));
        assert_eq!(compared.rollup.report.findings.len(), 1);
        assert_eq!(compared.status("NB511"), Status::Undetermined);
        assert!(compared.why().contains(organ), "{}", compared.why());
    }
}

#[test]
fn what_the_consolidated_report_has_twice_or_not_is_told_by_the_member() {
    let county = County::new(2, N_MEMBERS);
    let at = busy(&county);
    let member = county.members[at].values.clone();
    let twice = with_values(&county.consolidated, |values| *values = values.plus(&member));
    let compared = compare(&twice, &files(&county), &[]);
    let [finding] = compared.of("NB511")[..] else { panic!("{}", compared.told()) };
    let (who, n) = (&county.members[at].organ.name, n_numbers(&member));
    assert!(finding.message.contains(who) && finding.message.contains("重复计入"), "{}", finding.message);
    assert_eq!(finding.n_places(), n);

    let others = county.members.iter().enumerate().filter(|(own, _)| *own != at);
    let sum = others.fold(Values::zeros(county.consolidated.year), |sum, (_, member)| sum.plus(&member.values));
    let without = with_values(&county.consolidated, |values| *values = sum);
    let compared = compare(&without, &files(&county), &[]);
    let [finding] = compared.of("NB511")[..] else { panic!("{}", compared.told()) };
    assert!(finding.message.contains(who) && finding.message.contains("漏计"), "{}", finding.message);
    assert_eq!(finding.n_places(), n);
}

#[test]
fn a_member_twice_is_counted_once_and_told() {
    let county = County::new(4, N_MEMBERS);
    let at = busy(&county);
    let mut files = files(&county);
    files.push(("copy.txt".to_owned(), county.members[at].to_text(&Layout::straight())));
    let compared = compare(&county.consolidated, &files, &[]);
    let [finding] = &compared.rollup.report.findings[..] else { panic!("{}", compared.told()) };
    assert_eq!((&*finding.rule, compared.status("NB511")), ("NB513", Status::Ok));
    let first = county.file(at).0;
    assert_eq!(finding.message, format!("copy.txt 没有计入：{}已有 {first}", county.members[at].organ.name));
}

#[test]
fn a_report_of_another_year_is_not_counted_and_told() {
    let county = County::new(5, N_MEMBERS);
    let at = busy(&county);
    let Report { seed, organ, year, values, .. } = county.members[at].clone();
    let mut files = files(&county);
    files[at] = county::file_of(&Report::compose(seed, organ, year - 1, values), at);
    let compared = compare(&county.consolidated, &files, &[]);
    let [finding] = &compared.rollup.report.findings[..] else { panic!("{}", compared.told()) };
    assert_eq!(&*finding.rule, "NB513");
    assert!(finding.message.ends_with(&format!("是 {} 年的报告", year - 1)), "{}", finding.message);
    assert_eq!(compared.status("NB511"), Status::Undetermined);
    assert!(compared.why().contains(&files[at].0), "{}", compared.why());
}

#[test]
fn a_consolidated_report_among_the_members_is_not_counted_and_told() {
    let county = County::new(1, N_MEMBERS);
    let whole = &county.consolidated;
    let of_office = |name: &str| {
        let organ = gouji_tests::generator::Organ { name: name.to_owned(), ..whole.organ.clone() };
        Report::compose(whole.seed, organ, whole.year, whole.values.clone()).to_text(&Layout::straight())
    };
    for (name, sign) in [
        ("禾川县人民政府", "标题与汇总报告是同一个机关"),
        ("禾川县", "标题与汇总报告是同一个机关"),
        ("禾川县信息中心", "各数与汇总报告全部相同"),
    ] {
        let mut files = files(&county);
        files.push(("whole.txt".to_owned(), of_office(name)));
        let compared = compare(whole, &files, &[]);
        let [finding] = &compared.rollup.report.findings[..] else { panic!("{name}: {}", compared.told()) };
        assert_eq!(finding.message, format!("whole.txt 没有计入：像是汇总报告（{sign}）"));
        assert_eq!(compared.status("NB511"), Status::Ok);
    }
    // The consolidated report is wrong itself: what is consolidated is known by the other members.
    let mut files = files(&county);
    files.push(("whole.txt".to_owned(), of_office("禾川县信息中心")));
    let wrong = with_values(whole, |values| values.applications[6][0] += 1);
    let compared = compare(&wrong, &files, &[]);
    assert!(compared.told().contains("各数正好是其余单位之和"), "{}", compared.told());
    assert_eq!(compared.n_places("NB511"), 1);
}

#[test]
fn a_cell_that_is_blank_makes_its_sum_undetermined_and_names_the_member() {
    let mut county = County::new(0, N_MEMBERS);
    county.members[3].shown.push((TableName::Applications, 6, 2, String::new()));
    county.members[4].shown.push((TableName::Applications, 6, 2, "若干".to_owned()));
    let compared = compare(&county.consolidated, &files(&county), &[]);
    assert_eq!((compared.told().as_str(), compared.status("NB511")), ("", Status::Undetermined));
    assert_eq!(compared.rollup.n_open, 1);
    for (at, what) in [(3, "没有填"), (4, "读不成数")] {
        let who = &county.members[at].organ.name;
        assert!(compared.why().contains(who) && compared.why().contains(what), "{}", compared.why());
    }
    // What is there exceeds the consolidated number already: no blank could mend that.
    let less = with_values(&county.consolidated, |values| values.applications[6][2] = 0);
    let more = with_values(&county.members[5], |values| values.applications[6][2] = 9);
    county.members[5] = more;
    let compared = compare(&less, &files(&county), &[]);
    assert_eq!(compared.n_places("NB511"), 1, "{}", compared.told());
    let help = compared.of("NB511")[0].help.clone().unwrap_or_default();
    assert!(help.contains(&county.members[3].organ.name), "{help}");
}

#[test]
fn a_member_of_the_older_form_is_matched_where_it_has_the_cell() {
    let mut county = County::new(0, 6);
    let mut organ = county.members[2].organ.clone();
    organ.name = "禾川县老表局".to_owned();
    let mut values = Values::zeros(2020);
    values.applications[0][0] = 2;
    values.applications[20][0] = 2;
    values.disclosure[2][2] = Amount::Count(7);
    values.add_up();
    let old = Report::compose(9, organ, 2020, values).to_text(&Layout::straight());
    // Of the year all others are of, in the form of the year before.
    let year = county.consolidated.year.to_string();
    county.consolidated = with_values(&county.consolidated, |values| {
        values.applications[0][0] += 2;
        values.applications[22][0] += 2;
        values.add_up();
    });
    let mut files = files(&county);
    files.push(("old.txt".to_owned(), old.replace("2020", &year)));
    let compared = compare(&county.consolidated, &files, &[]);
    assert_eq!(compared.told(), "");
    assert_eq!(compared.status("NB511"), Status::Undetermined);
    let why = compared.why();
    assert!(why.contains("禾川县老表局（old.txt）") && why.contains("所用表样没有"), "{why}");
    assert!(why.contains("没有对应的格，没有计入"), "{why}");
}

#[test]
fn what_is_no_report_is_named_and_breaks_nothing_that_holds() {
    let county = County::new(0, 6);
    let mut files = files(&county);
    files.push(("notes.txt".to_owned(), "会议记录\n\n今天开会。\n".to_owned()));
    let compared = compare(&county.consolidated, &files, &[]);
    assert_eq!((compared.told().as_str(), compared.status("NB511")), ("", Status::Ok));
    let [(file, why)] = &compared.rollup.no_reports[..] else { panic!("{:?}", compared.rollup.no_reports) };
    assert!(file == "notes.txt" && !why.is_empty());
    // Nor can anything be compared with what is none.
    let compared = compare_text("会议记录\n\n今天开会。\n", &self::files(&county), &[]);
    assert_eq!(compared.status("NB511"), Status::Unbound);
}

#[test]
fn the_table_has_every_member_and_the_differences() {
    let county = County::new(2, 10);
    let wrong = with_values(&county.consolidated, |values| values.disclosure[2][0] = Amount::Count(1));
    let table = compare(&wrong, &files(&county), &[]).rollup.table;
    let at = |name: &str| table.columns.iter().position(|column| column == name).expect("there is such a column");
    assert_eq!((table.columns.len(), table.rows.len()), (13, 10));
    let received: Vec<String> = county.members.iter().map(|member| member.values.received().to_string()).collect();
    let told: Vec<String> = table.rows.iter().filter_map(|row| row.figures[at("新收")].clone()).collect();
    assert_eq!(told, received);
    assert_eq!(table.consolidated[at("行政许可")].as_deref(), Some("1"));
    let suits = county.consolidated.values.litigation;
    assert_eq!(table.sum[at("行政诉讼")], Some((suits[9] + suits[14]).to_string()));
    let off = table.difference.iter().filter(|figure| figure.as_deref() != Some("0")).count();
    assert_eq!(off, 1);
}
