//! The whole reports of `tests/accuracy` laid out otherwise, as careful people and converters do: no rule blames the
//! layout, and every rule that judged the report judges it still.

use gouji_lint::finding::{Level, Report, Status};
use gouji_tests::checking::{self, at_least, told};
use gouji_tests::generator::{self, Defect, Layout};
use gouji_tests::repository;
use std::fmt::Write;

/// The reports of one format, as (path, text).
fn reports(ending: &str) -> Vec<(String, String)> {
    let found = repository::files("tests/accuracy/whole", ending);
    assert!(!found.is_empty());
    found
}

fn judged(report: &Report) -> Vec<&str> {
    let of = |status| matches!(status, Status::Ok | Status::Failed);
    report.ledger.iter().filter(|entry| of(entry.status)).map(|entry| &*entry.rule).collect()
}

/// Lays out every report of a format anew, and compares what is said of it.
fn same_as_before(ending: &str, name: &str, lay_out: impl Fn(&str) -> String) {
    let mut faults = String::new();
    for (path, text) in reports(ending) {
        let laid_out = lay_out(&text);
        assert_ne!(text, laid_out, "{path}: nothing is laid out otherwise");
        let before = checking::check(&checking::read(&path, text.as_bytes()));
        let document = checking::read(name, laid_out.as_bytes());
        let after = checking::check(&document);
        for finding in at_least(&after, Level::Warning) {
            writeln!(faults, "{path}: {}", told(&document, finding)).expect("a text takes it");
        }
        let silent: Vec<&str> = judged(&before).into_iter().filter(|rule| !judged(&after).contains(rule)).collect();
        if !silent.is_empty() {
            writeln!(faults, "{path}: no longer judged by {silent:?}").expect("a text takes it");
        }
    }
    assert!(faults.is_empty(), "{faults}");
}

fn by_line(text: &str, new: impl Fn(&str) -> String) -> String {
    text.split('\n').map(new).collect::<Vec<_>>().join("\n")
}

/// The report as plain text: no marks before headings, no comments.
fn without_marks(text: &str) -> String {
    let lines = text.split('\n').filter(|line| !line.starts_with("<!--"));
    lines.map(|line| line.trim_start_matches('#').trim_start()).collect::<Vec<_>>().join("\n")
}

/// Headings below the title with these marks around instead of `#` before.
fn marked(text: &str, mark: &str) -> String {
    by_line(text, |line| match line.strip_prefix("##") {
        Some(heading) => format!("{mark}{}{mark}", heading.trim_start_matches(['#', ' '])),
        None => line.to_owned(),
    })
}

#[test]
fn headings_of_markdown_in_bold() {
    for mark in ["**", "__"] {
        same_as_before(".md", "a.md", |text| marked(text, mark));
    }
}

/// `**（一）主动公开。**2024年，……`: stars to CommonMark, bold to who wrote it.
#[test]
fn headings_in_bold_run_into_their_paragraph() {
    let run_in = |text: &str| {
        let mut out = String::new();
        let mut lines = text.split('\n').peekable();
        while let Some(line) = lines.next() {
            let heading = line.strip_prefix("### ").filter(|_| lines.peek() == Some(&""));
            let Some(heading) = heading else {
                out.push_str(line);
                out.push('\n');
                continue;
            };
            lines.next();
            if lines.peek().is_some_and(|next| next.starts_with(|c: char| !c.is_alphabetic())) {
                write!(out, "**{heading}。**\n\n").expect("a text takes it");
            } else {
                write!(out, "**{heading}。**").expect("a text takes it");
            }
        }
        out
    };
    same_as_before(".md", "a.md", run_in);
}

/// Without an empty line behind headings, Markdown takes heading and paragraph for one.
#[test]
fn headings_of_markdown_right_above_their_paragraph() {
    same_as_before(".md", "a.md", |text| {
        let mut out = String::new();
        let mut lines = text.split('\n').peekable();
        while let Some(line) = lines.next() {
            out.push_str(line.trim_start_matches(['#', ' ']));
            out.push('\n');
            if line.starts_with("##") && lines.peek() == Some(&"") {
                lines.next();
            }
        }
        out
    });
}

/// A table of contents before the first section, each entry with what leads to its page.
fn with_contents(text: &str, opening: &str, before: &str, page: &str) -> String {
    let is_section = |line: &&str| {
        let words = line.trim_start_matches(['#', ' ', '　']);
        words.starts_with(|c| "一二三四五六".contains(c)) && words.contains('、') && !line.contains(['\t', '|', '，'])
    };
    let entries: Vec<String> = (text.split('\n').filter(is_section))
        .map(|line| format!("{before}{}{page}\n", line.trim_start_matches(['#', ' ', '　'])))
        .collect();
    assert_eq!(entries.len(), 6, "{entries:?}");
    let first = text.split('\n').find(is_section).expect("there are six");
    text.replacen(first, &format!("{opening}\n\n{}\n{first}", entries.concat()), 1)
}

#[test]
fn a_table_of_contents_is_no_section() {
    for (opening, page) in [("目录", ""), ("目　　录", "\t1"), ("目 录", "……………………1"), ("目录", " ..... 12")]
    {
        same_as_before(".txt", "a.txt", |text| with_contents(text, opening, "", page));
    }
    for (opening, before) in [("目录", ""), ("## 目录", "- "), ("**目 录**", "* ")] {
        same_as_before(".md", "a.md", |text| with_contents(text, opening, before, ""));
    }
}

/// What a table of contents names and no section follows is missing.
#[test]
fn a_table_of_contents_makes_up_for_no_section() {
    let (_, text) = reports(".txt").swap_remove(0);
    let text = with_contents(&text, "目录", "", "").replacen("五、存在的主要问题及改进情况", "五、", 1);
    let last = text.rfind("五、存在的主要问题及改进情况").expect("the section itself");
    let (_, checked) = checking::check_text(&format!("{}五、下一步打算{}", &text[..last], &text[last + 42..]));
    assert!(at_least(&checked, Level::Error).any(|finding| &*finding.rule == "NB101"));
}

fn is_band(line: &str) -> bool {
    line.trim_end().starts_with("第二十条第（") && line.trim_end().ends_with("）项")
}

#[test]
fn a_label_above_its_band_without_tabs() {
    let reports_with_it = |line: &str| is_band(line).then(|| line.trim_end().to_owned());
    same_as_before(".txt", "a.txt", |text| {
        by_line(text, |line| reports_with_it(line).unwrap_or_else(|| line.to_owned()))
    });
    let apart = |line: &str| reports_with_it(line).map(|label| format!("\n{label}\n"));
    same_as_before(".txt", "a.txt", |text| by_line(text, |line| apart(line).unwrap_or_else(|| line.to_owned())));
}

/// The label of each band as a paragraph, the band as a table of its own.
#[test]
fn a_label_above_its_band_in_markdown() {
    same_as_before(".md", "a.md", |text| {
        let mut out: Vec<String> = Vec::new();
        let mut is_first = false;
        for line in text.split('\n') {
            let label = line.trim_matches(['|', ' ']);
            if line.starts_with("| 第二十条") {
                out.extend([String::new(), label.to_owned(), String::new()]);
                is_first = true;
            } else if is_first && !line.contains("---") {
                out.extend([line.to_owned(), "|---|---|---|---|".to_owned()]);
                is_first = false;
            } else if !is_first {
                out.push(line.to_owned());
            }
        }
        out.join("\n")
    });
}

/// A table behind that of the third section, below a line that says what it is.
#[test]
fn a_second_table_below_its_lead_is_no_part_of_the_first() {
    for lead in ["\n各季度收到申请情况如下：\n", "表5 各季度收到申请件数"] {
        same_as_before(".txt", "a.txt", |text| {
            by_line(text, |line| match line.starts_with("四、结转下年度继续办理\t") {
                true => format!("{line}\n{lead}\n季度\t件数\n一季度\t3\n二季度\t5"),
                false => line.to_owned(),
            })
        });
    }
    for (path, text) in reports(".md") {
        let lead = "\n各季度收到申请情况如下：\n\n| 季度 | 件数 |\n|---|---|\n| 一季度 | 3 |";
        let with = by_line(&text, |line| match line.starts_with("| 四、结转下年度继续办理") {
            true => format!("{line}\n{lead}"),
            false => line.to_owned(),
        });
        let n_tables = |text: &str| checking::read("a.md", text.as_bytes()).tables.len();
        assert_eq!(n_tables(&with), n_tables(&text) + 1, "{path}");
    }
}

#[test]
fn pipe_tables_in_plain_text() {
    let is_rule = |line: &&str| line.starts_with('|') && line.contains("---");
    same_as_before(".md", "a.txt", without_marks);
    same_as_before(".md", "a.txt", |text| {
        without_marks(text).split('\n').filter(|line| !is_rule(line)).collect::<Vec<_>>().join("\n")
    });
}

/// The cells of a table as a converter fills them in that repeats what was merged; without the line below the header.
fn repeated(rows: &[&str]) -> Vec<Vec<String>> {
    let is_value = |cell: &String| !cell.is_empty() && cell.chars().all(|c| c.is_ascii_digit() || c == '.');
    let cells = |row: &&str| row[1..row.len() - 1].split('|').map(|cell| cell.trim().to_owned()).collect();
    let plain: Vec<Vec<String>> = rows.iter().filter(|row| !row.contains("---")).map(cells).collect();
    let mut filled = plain.clone();
    for at in 0..filled.len() {
        let first_value = plain[at].iter().position(is_value);
        let n_labels = first_value.unwrap_or(plain[at].len());
        for cell in (0..n_labels).filter(|&cell| plain[at][cell].is_empty()) {
            let below = match (first_value, at.checked_sub(1).map(|above| &filled[above])) {
                (_, None) => None,
                // Labels stand to the left of their parts, so what is empty before the first belongs to the row above.
                (Some(_), Some(above)) => plain[at][..=cell].iter().all(String::is_empty).then(|| above[cell].clone()),
                (None, Some(_)) if is_band(&plain[at][0]) => None,
                (None, Some(above)) => {
                    let same = cell > 0 && above[cell] == above[cell - 1] && !above[cell].contains("本列数据");
                    (!same).then(|| above[cell].clone())
                }
            };
            filled[at][cell] = below.unwrap_or_else(|| filled[at][cell.saturating_sub(1)].clone());
        }
    }
    filled
}

/// Every table of a Markdown text with its merged cells repeated, written by `write`.
fn with_repeats(text: &str, write: impl Fn(&[Vec<String>]) -> String) -> String {
    let mut out = String::new();
    let mut rows: Vec<&str> = Vec::new();
    for line in text.split('\n') {
        if line.starts_with('|') {
            rows.push(line);
            continue;
        }
        if !rows.is_empty() {
            out.push_str(&write(&repeated(&std::mem::take(&mut rows))));
        }
        out.push_str(line);
        out.push('\n');
    }
    out
}

#[test]
fn labels_that_a_converter_repeated() {
    same_as_before(".md", "a.md", |text| {
        with_repeats(text, |rows| {
            let rule = format!("|{}\n", "---|".repeat(rows[0].len()));
            let line = |(at, row): (usize, &Vec<String>)| {
                format!("| {} |\n{}", row.join(" | "), if at == 0 { rule.as_str() } else { "" })
            };
            rows.iter().enumerate().map(line).collect()
        })
    });
    same_as_before(".md", "a.txt", |text| {
        without_marks(&with_repeats(text, |rows| rows.iter().map(|row| row.join("\t") + "\n").collect()))
    });
}

/// Tables in HTML are not read: they are not called missing either.
#[test]
fn tables_in_html_are_not_missing() {
    for (path, text) in reports(".md") {
        let html = with_repeats(&text, |rows| {
            let row = |row: &Vec<String>| format!("<tr><td>{}</td></tr>\n", row.join("</td><td>"));
            format!("<table>\n{}</table>\n", rows.iter().map(row).collect::<String>())
        });
        let document = checking::read("a.md", html.as_bytes());
        let checked = checking::check(&document);
        let errors: Vec<String> = at_least(&checked, Level::Warning).map(|finding| told(&document, finding)).collect();
        assert!(errors.is_empty(), "{path}: {}", errors.join("\n"));
        let tables = checked.ledger.iter().find(|entry| &*entry.rule == "NB201").expect("it is shipped");
        assert_eq!(tables.status, Status::Unbound, "{path}");
        assert!(tables.why.as_ref().is_some_and(|why| why.contains("HTML")), "{path}: {:?}", tables.why);
    }
}

/// The tables of two sections stand one below the other, and each is still the one it is.
#[test]
fn a_missing_heading_between_tables_is_told_as_that_alone() {
    let mut n_tried = 0;
    for seed in 0..20 {
        let text = generator::Report::clean(seed).to_text(&Layout::straight());
        for title in ["收到和处理政府信息公开申请情况", "政府信息公开行政复议、行政诉讼情况"]
        {
            let heading = |line: &&str| line.contains('、') && line.ends_with(title);
            let Some(heading) = text.lines().find(heading) else { continue };
            let document = checking::read("a.txt", text.replace(&format!("{heading}\n"), "").as_bytes());
            let report = checking::check(&document);
            let errors: Vec<&str> = at_least(&report, Level::Warning).map(|finding| &*finding.rule).collect();
            assert_eq!(errors, ["NB101"], "seed {seed}, {title}");
            n_tried += 1;
        }
    }
    assert!(n_tried >= 20, "only {n_tried} reports have a heading to take out");
}

/// A report's tables with the fields set apart otherwise: blank cells and merges are lost with the tabs.
fn without_tabs(text: &str, join: &str) -> String {
    by_line(text, |line| match line.contains('\t') {
        true => line.split('\t').filter(|field| !field.trim().is_empty()).collect::<Vec<_>>().join(join),
        false => line.to_owned(),
    })
}

/// What is said of a report, but for how its tables stand; the numbers of a tie with it.
fn said(name: &str, text: &str) -> Vec<String> {
    let report = checking::check(&checking::read(name, text.as_bytes()));
    let told = at_least(&report, Level::Warning).map(|finding| format!("{} {}", finding.rule, finding.message));
    told.collect()
}

#[test]
fn tables_aligned_with_blanks_or_copied_out_of_a_pdf() {
    let mut n_broken = 0;
    for seed in 0..24 {
        let report = match seed % 3 {
            0 => generator::Report::clean(seed),
            1 => Defect::ColumnTotal.inject(seed).report,
            _ => Defect::RowSum.inject(seed).report,
        };
        let text = report.to_text(&Layout::straight());
        let expected = said("a.txt", &text);
        n_broken += expected.len();
        for join in ["    ", "\u{3000}\u{3000}", " ", "\n"] {
            assert_eq!(said("a.txt", &without_tabs(&text, join)), expected, "seed {seed} {join:?}");
        }
    }
    assert!(n_broken >= 16, "only {n_broken} findings");
}

/// A number left out of such a row is not taken from its neighbour.
#[test]
fn a_row_that_lacks_a_number_is_not_guessed() {
    let text = generator::Report::clean(3).to_text(&Layout::straight());
    let line = text.lines().find(|line| line.starts_with("一、本年新收")).expect("the table has the row");
    let at = line.find(|c: char| c.is_ascii_digit()).expect("the row has numbers");
    let less = format!("{}{}", &line[..at], line[at..].split_once('\t').expect("several").1);
    let loose = without_tabs(&text.replace(line, &less), "    ");
    let told = said("a.txt", &loose);
    assert!(told.iter().all(|told| !told.starts_with("NB30")), "{told:?}");
    assert!(told.iter().any(|told| told.contains("本年新收")), "{told:?}");
}

/// The rows of table 3 with the first four characters of each label on a line of their own, as a narrow column breaks them.
fn broken_labels(text: &str) -> String {
    by_line(text, |line| {
        let Some((label, values)) = line.trim_start_matches('\t').split_once('\t').filter(|_| line.contains('\t'))
        else {
            return line.to_owned();
        };
        let is_row = values.split('\t').filter(|value| value.trim().parse::<u32>().is_ok()).count() >= 3;
        let (head, rest) = label.char_indices().nth(6).map_or((label, ""), |(at, _)| label.split_at(at));
        match is_row && label.starts_with(|c: char| c.is_ascii_digit()) && !rest.is_empty() {
            true => format!("{head}\n{rest}\t{values}"),
            false => line.to_owned(),
        }
    })
}

#[test]
fn labels_broken_over_lines_in_text_copied_out_of_a_pdf() {
    let mut n_broken = 0;
    for seed in 0..6 {
        let report = match seed % 2 {
            0 => generator::Report::clean(seed),
            _ => Defect::ColumnTotal.inject(seed).report,
        };
        let text = report.to_text(&Layout::straight());
        let expected = said("a.txt", &without_tabs(&text, " "));
        n_broken += expected.len();
        let broken = without_tabs(&broken_labels(&text), " ");
        assert_ne!(broken, without_tabs(&text, " "));
        assert_eq!(said("a.txt", &broken), expected, "seed {seed}");
        // A page may end between two rows.
        let paged = broken.replacen("\n2.重复申请", "\n— 3 —\n2.重复申请", 1);
        let told: Vec<String> = said("a.txt", &paged).into_iter().filter(|told| !told.starts_with("GW111")).collect();
        assert_eq!(told, expected, "seed {seed} with the number of a page");
        // A label over three lines, its numbers below it.
        let apart = paged.replacen("\n查询事项 ", "\n查询事项\n", 1);
        assert!(apart != paged, "seed {seed}");
        let told: Vec<String> = said("a.txt", &apart).into_iter().filter(|told| !told.starts_with("GW111")).collect();
        assert_eq!(told, expected, "seed {seed} with numbers below their label");
        // No fix moves a word of a table.
        let document = checking::read("a.txt", broken.as_bytes());
        let fixed = gouji_lint::fix::fix(
            &document,
            checking::rules(),
            &Default::default(),
            gouji_lint::finding::FixLevel::Safe,
        );
        let fixed = fixed.expect("text can be written").bytes.map(|bytes| String::from_utf8(bytes).expect("UTF-8"));
        assert_eq!(fixed.unwrap_or_else(|| broken.clone()).lines().count(), broken.lines().count());
    }
    assert!(n_broken > 0);
}
