//! The text of an invented report: paragraphs that say what its tables say.

use super::dice::Dice;
use super::form::{self, NUMERALS, PARTS, SECTIONS, TableName};
use super::organ::Organ;
use super::phrases::{self, Bank};
use super::report::Piece;
use super::values::{Amount, Values};
use std::collections::BTreeSet;

/// What a report's text is written with.
struct Writer<'a> {
    dice: &'a mut Dice,
    organ: &'a Organ,
    year: i32,
    values: &'a Values,
    pieces: Vec<Piece>,
    /// Sentences said before; none is said twice.
    said: BTreeSet<String>,
    /// Whether the parts of section 一 have their headings on the line of their text.
    run_in: bool,
}

/// All pieces of a report.
pub(super) fn compose(dice: &mut Dice, organ: &Organ, year: i32, values: &Values) -> Vec<Piece> {
    let run_in = dice.chance(50);
    let mut writer = Writer { dice, organ, year, values, pieces: Vec::new(), said: BTreeSet::new(), run_in };
    writer.pieces.push(Piece::Title(format!("{}{year}年政府信息公开工作年度报告", organ.name)));
    writer.opening();
    writer.section(0);
    if writer.dice.chance(60) {
        let overview = writer.dice.pick(&phrases::OVERVIEWS);
        writer.paragraph(overview);
    }
    writer.disclosing();
    writer.answering();
    writer.keeping();
    writer.showing();
    writer.minding();
    for (section, table) in [(1, TableName::Disclosure), (2, TableName::Applications), (3, TableName::Litigation)] {
        writer.section(section);
        writer.pieces.push(Piece::Table(table));
    }
    writer.section(4);
    writer.improving();
    writer.section(5);
    writer.closing();
    writer.pieces
}

/// `<own>的…` with the report's own words put in.
fn fill(template: &str, organ: &Organ, year: i32) -> String {
    let demand = if year >= form::NEW_FORM {
        "和《国务院办公厅政府信息与政务公开办公室关于印发〈中华人民共和国政府信息公开工作年度报告格式〉的通知》（国办公开办函〔2021〕30号）要求"
    } else {
        "和《国务院办公厅政府信息与政务公开办公室关于政府信息公开工作年度报告有关事项的通知》（国办公开办函〔2019〕60号）要求"
    };
    template
        .replace("<要求>", demand)
        .replace("<机关>", &organ.name)
        .replace("<我>", organ.own)
        .replace("<年>", &year.to_string())
}

impl Writer<'_> {
    fn paragraph(&mut self, template: &str) {
        self.pieces.push(Piece::Paragraph(fill(template, self.organ, self.year)));
    }

    fn section(&mut self, section: usize) {
        self.pieces.push(Piece::Heading(1, format!("{}、{}", NUMERALS[section], SECTIONS[section])));
    }

    /// A part of section 一: its heading, what must be said first, and as much of the bank as the organ has to tell.
    fn part(&mut self, part: usize, first: String, bank: &Bank) {
        let heading = format!("（{}）{}", NUMERALS[part], PARTS[part]);
        let weight = self.organ.weight();
        let n_sentences =
            1 + self.dice.between(weight, 2 * weight) + self.dice.between(weight * weight / 3, weight * weight * 2 / 3);
        let mut paragraphs = vec![first];
        for at in 0..n_sentences {
            let sentence = self.sentence(bank);
            match paragraphs.last_mut() {
                Some(last) if at % 4 != 3 => last.push_str(&sentence),
                _ => paragraphs.push(sentence),
            }
        }
        if self.run_in {
            paragraphs[0] = format!("{heading}。{}", paragraphs[0]);
        } else {
            self.pieces.push(Piece::Heading(2, heading));
        }
        for paragraph in paragraphs {
            self.paragraph(&paragraph);
        }
    }

    /// A sentence that was not said before.
    fn sentence(&mut self, bank: &Bank) -> String {
        loop {
            let sentence = format!(
                "{}，{}，{}。",
                self.dice.pick(bank.frames).replace("<t>", self.dice.pick(bank.topics)),
                self.dice.pick(bank.actions),
                self.dice.pick(bank.effects)
            );
            if self.said.insert(sentence.clone()) {
                return sentence;
            }
        }
    }

    fn opening(&mut self) {
        // 《条例》 is used further down, so it is always defined here.
        let opening = self.dice.pick(&phrases::OPENINGS);
        self.paragraph(opening);
    }

    fn disclosing(&mut self) {
        let total = self.dice.between(20, 200 * self.organ.weight());
        let n_subjects = 2 + self.dice.index(4);
        let counts = self.dice.split(total - n_subjects as u64, n_subjects);
        let subjects = self.dice.shuffled(&phrases::SUBJECTS);
        let items: Vec<String> =
            subjects.iter().zip(counts).map(|(subject, count)| format!("{subject}{}条", count + 1)).collect();
        let lead = self.dice.pick(&["其中", "包括", "具体包括"]);
        let mut first = format!(
            "<年>年，{}主动公开政府信息{total}条，{lead}{}。",
            self.dice.pick(&["<我>", "<机关>", "通过各类渠道共"]),
            items.join(if lead == "其中" { "，" } else { "、" })
        );
        first.push_str(&self.table_two());
        self.part(0, first, &phrases::DISCLOSING);
    }

    /// What table 2 says, in a sentence; empty where the report does not speak of it.
    fn table_two(&mut self) -> String {
        if self.year < form::NEW_FORM {
            return String::new();
        }
        let count = |row: usize, column: usize| match self.values.disclosure[row][column] {
            Amount::Count(n) | Amount::Money(n) => n,
        };
        let mut out = String::new();
        let (made, gone, standing) = (count(1, 0), count(1, 1), count(1, 2));
        if made > 0 && self.dice.chance(70) {
            out += &format!("制发行政规范性文件{made}件，废止{gone}件，现行有效{standing}件。");
        }
        let (permits, fines) = (count(2, 0), count(3, 0));
        if permits > 0 && fines > 0 && self.dice.chance(60) {
            out += &format!("全年作出行政许可决定{permits}件、行政处罚决定{fines}件，相关信息均已按规定公开。");
        }
        out
    }

    fn answering(&mut self) {
        let (received, before, done, next) =
            (self.values.received(), self.values.carried_in(), self.values.done(), self.values.carried_out());
        let mut first = match received {
            0 => self
                .dice
                .pick(&[
                    "<年>年，<我>未收到政府信息公开申请。",
                    "本年度<我>未收到公民、法人或其他组织提出的政府信息公开申请。",
                ])
                .to_owned(),
            n => self
                .dice
                .pick(&[
                    "<年>年，<我>新收政府信息公开申请<n>件",
                    "<年>年，<我>共收到政府信息公开申请<n>件",
                    "本年度<我>收到政府信息公开申请<n>件",
                ])
                .replace("<n>", &n.to_string()),
        };
        if received > 0 {
            let people = self.values.applications[0][0];
            if people > 0 && people < received && self.dice.chance(60) {
                first += &format!("，其中自然人申请{people}件，法人或其他组织申请{}件", received - people);
            }
            first.push('。');
        }
        if before > 0 {
            first += &format!("上年结转政府信息公开申请{before}件。");
        }
        if done > 0 {
            let kinds: Vec<String> =
                self.values.kinds().iter().filter(|(_, n)| *n > 0).map(|(kind, n)| format!("{kind}{n}件")).collect();
            first += &match kinds.len() {
                1 => format!(
                    "全年共办结{done}件，均为{}。",
                    kinds[0].trim_end_matches(|c: char| c.is_ascii_digit() || c == '件')
                ),
                _ => format!("全年共办结{done}件，包括{}。", kinds.join("、")),
            };
        }
        if next > 0 {
            first += &format!("结转下年度继续办理{next}件。");
        }
        first += &self.table_four();
        self.part(1, first, &phrases::ANSWERING);
    }

    fn table_four(&mut self) -> String {
        let reviews = self.values.litigation[4];
        let suits = self.values.litigation[9] + self.values.litigation[14];
        match (reviews, suits) {
            (0, 0) => self
                .dice
                .pick(&[
                    "未发生因政府信息公开工作被申请行政复议、提起行政诉讼的情况。",
                    "未因政府信息公开工作引发行政复议或行政诉讼案件。",
                ])
                .to_owned(),
            (reviews, 0) => {
                format!("因政府信息公开工作被申请行政复议{reviews}件，未被提起行政诉讼。")
            }
            (0, suits) => format!("因政府信息公开工作被提起行政诉讼{suits}件，未被申请行政复议。"),
            (reviews, suits) => {
                format!("因政府信息公开工作被申请行政复议{reviews}件、提起行政诉讼{suits}件。")
            }
        }
    }

    fn keeping(&mut self) {
        let first = self.dice.pick(&[
            "<我>严格落实政府信息管理责任，对拟公开信息逐条审查。",
            "<我>坚持把政府信息管理贯穿文件制发全过程。",
            "<我>按照《条例》规定，明确政府信息的制作、保存、公开和更新要求。",
        ]);
        self.part(2, first.to_owned(), &phrases::KEEPING);
    }

    fn showing(&mut self) {
        let first = match self.dice.below(3) {
            0 => "<我>加强政府网站和政务新媒体建设，不断完善公开平台功能。".to_owned(),
            1 => format!("<我>依托政府门户网站开展信息公开，全年更新栏目信息{}次。", self.dice.between(12, 300)),
            _ => "<我>坚持以网站为主、新媒体为辅，推进政府信息公开平台建设。".to_owned(),
        };
        self.part(3, first, &phrases::SHOWING);
    }

    fn minding(&mut self) {
        let mut first = match self.dice.below(3) {
            0 => "<我>成立政府信息公开工作领导小组，定期研究部署重点任务。".to_owned(),
            1 => format!(
                "<我>全年组织政府信息公开业务培训{}次，召开工作推进会{}次。",
                self.dice.between(1, 6),
                self.dice.between(1, 6)
            ),
            _ => "<我>把政府信息公开工作列入年度重点任务，做到有部署、有检查、有总结。".to_owned(),
        };
        if self.organ.is_government() {
            first += "<年>年，政府信息公开工作考核结果良好，社会评议总体满意，未发生需要责任追究的情形。";
        }
        self.part(4, first, &phrases::MINDING);
    }

    fn improving(&mut self) {
        let wanting = self.listed(&phrases::WANTING);
        let start = self.dice.pick(&[
            "取得了一定成效，但仍存在一些不足",
            "总体平稳有序，但也存在一些问题",
            "有了新的进步，但对照《条例》要求还有差距",
        ]);
        self.paragraph(&format!("<年>年，<我>政府信息公开工作{start}：{wanting}。"));
        let planned = self.listed(&phrases::PLANNING);
        self.paragraph(&format!("下一步，<我>将重点做好以下工作：{planned}。"));
        let mut more = String::new();
        for _ in 0..self.organ.weight() {
            more += &self.sentence(&phrases::MENDING);
        }
        self.paragraph(&more);
    }

    /// 一是…；二是…: two to four of the items.
    fn listed(&mut self, items: &[&str]) -> String {
        let n_items = 2 + self.dice.index(3);
        let chosen: Vec<String> = self
            .dice
            .shuffled(items)
            .iter()
            .take(n_items)
            .enumerate()
            .map(|(at, item)| format!("{}是{item}", NUMERALS[at]))
            .collect();
        chosen.join("；")
    }

    fn closing(&mut self) {
        if self.year < form::NEW_FORM {
            self.paragraph("无其他需要报告的事项。");
            return;
        }
        let fee = self.fee_yuan();
        let template = match (fee, self.dice.below(3)) {
            (0, 0) => "<年>年，<我>未收取信息处理费，无其他需要报告的事项。".to_owned(),
            (0, 1) => {
                format!("按照{FEE_RULES}规定的收费标准，<我>本年度未收取政府信息公开信息处理费。")
            }
            (0, _) => format!("依据{FEE_RULES}，<年>年<我>没有产生信息处理费。"),
            (fee, _) => format!("按照{FEE_RULES}规定的收费标准，<年>年<我>收取信息处理费{fee}元。"),
        };
        self.paragraph(&template);
    }

    /// What was charged, in 元; only where table 2 has a fee that holds it.
    fn fee_yuan(&mut self) -> u64 {
        match self.values.disclosure.last().and_then(|row| row.first()) {
            Some(Amount::Money(yuan)) if *yuan >= 1000 && self.values.received() > 10 && self.dice.chance(30) => {
                self.dice.between(1, 10) * 100
            }
            _ => 0,
        }
    }
}

/// The fee rules as they are cited.
pub(super) const FEE_RULES: &str =
    "《国务院办公厅关于印发〈政府信息公开信息处理费管理办法〉的通知》（国办函〔2020〕109号）";
