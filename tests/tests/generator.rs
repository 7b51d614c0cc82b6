//! The generator itself: the same seed gives the same report, sizes and texts differ, ragged tables look like real ones.

use gouji_tests::generator::form::TableName;
use gouji_tests::generator::{Cut, Defect, Dice, Labels, Layout, LineEnd, Merges, Organ, OrganKind, Report, Values};
use gouji_tests::repository;
use std::collections::BTreeSet;

#[test]
fn a_seed_decides_a_report() {
    for seed in 0..50 {
        let layout = |seed| Layout::ragged(&mut Dice::new(seed));
        assert_eq!(Report::clean(seed).to_text(&layout(seed)), Report::clean(seed).to_text(&layout(seed)));
    }
}

#[test]
fn reports_are_diverse_and_of_real_sizes() {
    let mut sentences = BTreeSet::new();
    let mut sizes = Vec::new();
    for seed in 0..400 {
        let text = Report::clean(seed).to_text(&Layout::straight());
        sentences.extend(text.split('。').map(str::to_owned));
        sizes.push(text.len());
        assert!(Report::clean(seed).values.ties(), "seed {seed}");
    }
    sizes.sort_unstable();
    assert!(sizes[0] > 3_000 && sizes[399] < 40_000, "{} to {} bytes", sizes[0], sizes[399]);
    assert!(sizes[399] > 3 * sizes[0], "{} to {} bytes", sizes[0], sizes[399]);
    assert!(sentences.len() > 5_000, "{} sentences", sentences.len());
}

#[test]
fn every_defect_changes_the_report() {
    for defect in Defect::ALL {
        for seed in 0..5 {
            let flawed = defect.inject(seed);
            let clean = Report::compose(
                flawed.report.seed,
                flawed.report.organ.clone(),
                flawed.report.year,
                Report::clean(flawed.report.seed).values,
            );
            assert_ne!(flawed.to_text(), clean.to_text(&Layout::straight()), "{defect:?}");
        }
    }
}

/// The three layouts of the real reports: a report of zeros laid out by them has their table lines, tab for tab.
#[test]
fn ragged_tables_are_those_of_the_real_reports() {
    let cut = vec![Cut { table: TableName::Disclosure, before: 12 }];
    let layout = |labels, page_break, total_far_left, cuts| Layout {
        merges: Merges::Lost,
        page_break: Some(page_break),
        total_far_left,
        labels,
        total_beside: true,
        cuts,
        line_end: LineEnd::Lf,
        ..Layout::straight()
    };
    let layouts = [
        layout(Labels::Spaced, 19, true, cut),
        layout(Labels::HalfWidth, 19, true, Vec::new()),
        layout(Labels::Spaced, 22, false, Vec::new()),
    ];
    let reports = repository::real_reports();
    for ((name, text), layout) in reports.iter().zip(layouts) {
        let organ = Organ::of(OrganKind::CountyBureau, &mut Dice::new(1));
        let ours = Report::compose(1, organ, 2024, Values::zeros(2024)).to_text(&layout);
        let of = |text: &str| -> Vec<String> {
            text.lines().filter(|line| line.contains('\t')).map(|line| line.replace("0\t1\t0", "0\t0\t0")).collect()
        };
        for (ours, real) in of(&ours).iter().zip(of(text)) {
            assert_eq!(*ours, real, "{name}");
        }
        assert_eq!(of(&ours).len(), of(text).len(), "{name}");
    }
}
