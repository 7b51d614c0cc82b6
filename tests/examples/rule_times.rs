//! Prints what each rule costs over some generated reports: `cargo run --release -p gouji-tests --example rule_times -- [COUNT]`.

#![expect(clippy::print_stdout, reason = "printing is what this is for")]

use gouji_core::document::Document;
use gouji_lint::engine::{self, CheckOptions};
use gouji_tests::checking;
use gouji_tests::generator::{Dice, Layout, Report};
use std::hint::black_box;
use std::time::{Duration, Instant};

fn main() {
    let count: u64 = std::env::args().nth(1).and_then(|count| count.parse().ok()).unwrap_or(200);
    let start = Instant::now();
    let rules = checking::rules();
    show("load", start.elapsed());
    let layout = |seed| if seed % 5 == 4 { Layout::ragged(&mut Dice::new(seed)) } else { Layout::straight() };
    let texts: Vec<String> = (0..count).map(|seed| Report::clean(seed).to_text(&layout(seed))).collect();
    println!("{} bytes", texts.iter().map(String::len).sum::<usize>());
    let start = Instant::now();
    let documents: Vec<Document> = texts.iter().map(|text| checking::read("a.txt", text.as_bytes())).collect();
    show("read", start.elapsed());
    let time = |select: Vec<String>| {
        let options = CheckOptions { select, ..CheckOptions::default() };
        let start = Instant::now();
        for document in &documents {
            black_box(engine::check(document, rules, &options));
        }
        start.elapsed()
    };
    time(Vec::new());
    show("all rules", time(Vec::new()));
    // `COUNT all`: for a profiler.
    if std::env::args().nth(2).as_deref() == Some("all") {
        for _ in 0..20 {
            show("all rules", time(Vec::new()));
        }
        return;
    }
    let floor = time(vec!["none".to_owned()]);
    show("no rule", floor);
    let mut times: Vec<(Duration, &str, &str)> = rules
        .infos()
        .map(|info| (time(vec![info.id.to_string()]).saturating_sub(floor), &*info.id, info.verb))
        .collect();
    times.sort_by(|one, two| two.cmp(one));
    for (took, id, verb) in times {
        show(&format!("{id} {verb}"), took);
    }
}

fn show(what: &str, took: Duration) {
    println!("{:>9} us  {what}", took.as_micros());
}
