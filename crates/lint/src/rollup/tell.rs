//! What is said of a rollup: a finding at each cell that is not the sum, at the title what is wrong with the members.

use super::clue::{Cause, Suspect};
use super::sheet::Entry;
use super::standing::{Sign, Standing};
use super::sum::Sum;
use super::{Compared, Given};
use crate::finding::{Finding, FurtherPlace, Lang, Participant, Sides, Where};
use crate::fingerprint;
use crate::own;
use crate::repair::{Repair, RepairedCell};
use crate::ruleset::RuleInfo;
use crate::say::{Reason, reasons, top_heading};
use gouji_core::text::Span;
use rust_decimal::Decimal;

/// Says it in the language of the check.
pub(super) struct Teller<'a> {
    pub(super) given: &'a Given<'a>,
    pub(super) compared: &'a Compared,
    pub(super) lang: Lang,
}

impl Teller<'_> {
    fn pick<'t>(&self, zh: &'t str, en: &'t str) -> &'t str {
        if self.lang == Lang::En { en } else { zh }
    }

    fn one(&self, reason: &Reason) -> String {
        self.pick(&reason.0, &reason.1).to_owned()
    }

    /// A rule's sentence with its names filled.
    fn said(&self, info: &RuleInfo, names: &[(&str, &str)]) -> String {
        let filled = |text: String, (name, value): &(&str, &str)| text.replace(&format!("<{name}>"), value);
        names.iter().fold(info.say.of(self.lang).to_owned(), filled)
    }

    /// A cell that is not the sum of its members'.
    pub(super) fn sum(&self, info: &RuleInfo, sum: &Sum, suspect: Option<&Suspect>) -> Option<Finding> {
        let Given { frame, consolidated, document, .. } = self.given;
        let (said, delta) = (sum.said.number()?, sum.delta()?);
        let path = frame.name(sum.at);
        let sides = Sides { lhs: text(said), rhs: text(sum.sum), delta: text(delta) };
        let distance = text(delta.abs());
        let names = [("path", path.as_str()), ("lhs", &sides.lhs), ("rhs", &sides.rhs), ("delta", &distance)];
        let message = self.said(info, &names);
        let span = consolidated.cells[sum.at].span;
        let (row, col) = frame.row_and_col(sum.at);
        let table = frame.form.map(|form| form.tables[frame.cells[sum.at].table].name.clone());
        let place = Where { section: top_heading(document, span), table, row, col };
        let mut finding = Finding {
            help: Some(self.help(info, sum)),
            fingerprint: fingerprint::of(&info.id, &place, span, document, &document.text),
            place,
            participants: self.participants(sum, &path, said),
            sides: Some(sides),
            ..Finding::of(info, self.lang, message, span)
        };
        finding.repairs.extend(suspect.map(|suspect| self.repair(suspect, sum, path)));
        Some(finding)
    }

    /// What to do, and whose number is not in the sum.
    fn help(&self, info: &RuleInfo, sum: &Sum) -> String {
        let mut help = info.help.of(self.lang).to_owned();
        let mut add = |more: String| help.push_str(&format!("{}{more}", self.pick("；", "; ")));
        if !sum.gaps.is_empty() {
            let who: Vec<&str> = sum.gaps.iter().map(|&at| self.given.members[at].who()).collect();
            let who = few(self.lang, &who);
            add(match self.lang {
                Lang::Zh => format!("{who}的这个数没有读出，还不在其中"),
                Lang::En => format!("the number of {who} could not be read and is not in the sum"),
            });
        }
        help
    }

    /// `青禾县教育局（a.txt）的 21 若是 12（相邻两位数字颠倒）`.
    fn if_it_were(&self, suspect: &Suspect) -> Reason {
        let (from, to) = (text(suspect.from), text(suspect.to));
        let slip = |brackets: [&str; 2], pick: fn(&Reason) -> &String| {
            let words = suspect.slip.as_ref().map(pick);
            words.map_or_else(String::new, |words| format!("{}{words}{}", brackets[0], brackets[1]))
        };
        let (zh, en) = match suspect.member.map(|at| self.titled(at)) {
            Some(of) => (of.clone(), of),
            None => ("本报告".to_owned(), "this report".to_owned()),
        };
        (
            format!("{zh}的 {from} 若是 {to}{}", slip(["（", "）"], |slip| &slip.0)),
            format!("if {from} of {en} were {to}{}", slip([" (", ")"], |slip| &slip.1)),
        )
    }

    /// A member by its organ and file.
    fn titled(&self, at: usize) -> String {
        let member = &self.given.members[at];
        match (&member.organ, self.lang) {
            (Some(organ), Lang::Zh) => format!("{organ}（{}）", member.name),
            (Some(organ), Lang::En) => format!("{organ} ({})", member.name),
            (None, _) => member.name.clone(),
        }
    }

    fn participants(&self, sum: &Sum, path: &str, said: Decimal) -> Vec<Participant> {
        let Given { consolidated, members, .. } = self.given;
        let party = |name: &str, value: Decimal, entry: &Entry, file: Option<&str>| Participant {
            name: name.to_owned(),
            path: path.to_owned(),
            sign: 1,
            value: text(value),
            span: entry.span,
            right: file.is_some(),
            document: file.map(str::to_owned),
            line: file.map(|_| entry.line),
        };
        let own = party(self.pick("汇总", "consolidated"), said, &consolidated.cells[sum.at], None);
        let theirs =
            members.iter().zip(&self.compared.standings).filter(|(_, standing)| **standing == Standing::Counted);
        let theirs = theirs.filter_map(|(member, _)| {
            let value = member.number(sum.at)?;
            Some(party(member.who(), value, &member.cells[sum.at], Some(&member.name)))
        });
        std::iter::once(own).chain(theirs).collect()
    }

    fn repair(&self, suspect: &Suspect, sum: &Sum, path: String) -> Repair {
        let Given { consolidated, members, .. } = self.given;
        let sheet = suspect.member.map_or(*consolidated, |at| &members[at]);
        let cell = RepairedCell {
            path,
            from: text(suspect.from),
            to: text(suspect.to),
            span: sheet.cells[sum.at].span,
            document: suspect.member.map(|_| sheet.name.clone()),
            slip: suspect.slip.as_ref().map(|slip| self.one(slip)),
        };
        let why = self.pick("这份报告自己的勾稽也因这个数不平", "ties of its own report are broken by it, too");
        Repair { cells: vec![cell], only: true, why: why.to_owned() }
    }

    /// All open findings of one cause as one, at the number that is to blame, else at the first of their places.
    pub(super) fn grouped(&self, cause: &Cause, findings: Vec<Finding>) -> Vec<Finding> {
        let (mut open, mut rest): (Vec<Finding>, Vec<Finding>) = findings.into_iter().partition(Finding::is_open);
        let n = open.len();
        if let Cause::Number(at, _) = cause {
            let span = self.given.consolidated.cells[*at].span;
            open.sort_by_key(|finding| (finding.span != span, finding.span));
        }
        let mut open = open.into_iter();
        let Some(mut first) = open.next() else { return rest };
        first.message = self.one(&self.words_of(cause, n));
        first.repairs.clear();
        first.places = open
            .map(|finding| FurtherPlace { span: finding.span, fixes: Vec::new(), fingerprint: finding.fingerprint })
            .collect();
        rest.push(first);
        rest
    }

    fn words_of(&self, cause: &Cause, n: usize) -> Reason {
        match cause {
            Cause::Number(at, suspect) => {
                let path = self.given.frame.name(*at);
                let (zh, en) = match suspect.as_ref().map(|suspect| self.if_it_were(suspect)) {
                    Some((zh, en)) => (format!("{zh}，就都相符"), format!("{en} all would be")),
                    None => ("差额都相同".to_owned(), "all by the same".to_owned()),
                };
                (
                    format!("{path}：连同合计 {n} 个数与各单位之和不符；{zh}"),
                    format!("{path}: {n} numbers, totals included, are not the sums; {en}"),
                )
            }
            Cause::CountedTwice(at) => {
                let of = self.titled(*at);
                (
                    format!("{n} 个数与各单位之和不符，多出的正好都是{of}的数：可能重复计入"),
                    format!("{n} numbers are not the sums of the members', by just those of {of}: counted twice?"),
                )
            }
            Cause::LeftOut(at) => {
                let of = self.titled(*at);
                (
                    format!("{n} 个数与各单位之和不符，少的正好都是{of}的数：可能漏计"),
                    format!("{n} numbers lack just those of {of}, to be the sums of the members': left out?"),
                )
            }
            Cause::NotGiven => (
                format!("{n} 个数大于各单位之和，差额自身勾稽相符：可能缺了单位的报告"),
                format!(
                    "{n} numbers exceed the sums of the members', by numbers that tie themselves: is a report missing?"
                ),
            ),
        }
    }

    /// The finding of a member that is not there. A name that is part of another may be the same organ's.
    pub(super) fn missing(&self, info: &RuleInfo, organ: &str) -> Finding {
        let said = self.said(info, &[("organ", organ)]);
        let organs = self.given.members.iter().filter_map(|member| member.organ.as_deref());
        let near: Vec<&str> = organs.filter(|own| own.contains(organ) || organ.contains(own)).collect();
        let message = match (near.is_empty(), self.lang) {
            (true, _) => said,
            (false, Lang::Zh) => format!("{said}（相近的有{}）", few(self.lang, &near)),
            (false, Lang::En) => format!("{said} (near: {})", few(self.lang, &near)),
        };
        self.at_title(info, message, organ)
    }

    /// The finding of a report that must not be counted; none for others.
    pub(super) fn stranger(&self, info: &RuleInfo, at: usize) -> Option<Finding> {
        let member = &self.given.members[at];
        let what = self.one(&self.stranger_words(at)?);
        let message = self.said(info, &[("file", &member.name), ("what", &what)]);
        Some(self.at_title(info, message, member.who()))
    }

    fn stranger_words(&self, at: usize) -> Option<Reason> {
        let members = self.given.members;
        Some(match &self.compared.standings[at] {
            Standing::Counted | Standing::NoForm(_) => return None,
            Standing::OtherYear(year) => (format!("是 {year} 年的报告"), format!("it is the report of {year}")),
            Standing::Twice { first, n_differ } => {
                let (who, first) = (members[at].who(), &members[*first].name);
                match n_differ {
                    0 => (format!("{who}已有 {first}"), format!("{first} is the report of {who}, too")),
                    n => (
                        format!("{who}已有 {first}，两份有 {n} 个数不同"),
                        format!("{first} is the report of {who}, too, and {n} numbers differ"),
                    ),
                }
            }
            Standing::Consolidated(sign) => {
                let (zh, en) = match sign {
                    Sign::Organ => {
                        ("标题与汇总报告是同一个机关", "its title names the organ of the consolidated report")
                    }
                    Sign::SameNumbers => {
                        ("各数与汇总报告全部相同", "it has all the numbers of the consolidated report")
                    }
                    Sign::SumOfOthers => ("各数正好是其余单位之和", "its numbers are the sums of all the others"),
                };
                (format!("像是汇总报告（{zh}）"), format!("it seems to be consolidated itself ({en})"))
            }
        })
    }

    /// A finding of the whole report. `of` tells its fingerprint from others there.
    fn at_title(&self, info: &RuleInfo, message: String, of: &str) -> Finding {
        let document = self.given.document;
        let first = document.blocks.first().map_or(Span::new(0, 0), |block| block.span);
        let span = document.title.as_ref().map_or(first, |title| title.span);
        let known_by = Where { row: Some(of.to_owned()), ..Where::default() };
        Finding {
            help: Some(info.help.of(self.lang).to_owned()),
            fingerprint: fingerprint::of(&info.id, &known_by, span, document, &document.text),
            ..Finding::of(info, self.lang, message, span)
        }
    }

    /// Why a member is in no sum, in a few words.
    pub(super) fn left_out(&self, at: usize) -> Option<String> {
        match &self.compared.standings[at] {
            Standing::Counted => None,
            Standing::NoForm(reason) => Some(self.one(reason)),
            _ => self.stranger_words(at).map(|words| self.one(&words)),
        }
    }

    /// Reasons in one sentence.
    pub(super) fn why(&self, why: &[Reason]) -> Option<String> {
        reasons(self.lang, why)
    }
}

/// The codes of the rules of a rollup.
pub(super) fn codes() -> Vec<String> {
    [own::SUM, own::MISSING, own::STRANGER].map(str::to_owned).to_vec()
}

/// The first few of some names.
pub(super) fn few(lang: Lang, names: &[&str]) -> String {
    const FEW: usize = 3;
    let shown = &names[..names.len().min(FEW)];
    let n = names.len();
    match (lang, n > FEW) {
        (Lang::Zh, false) => shown.join("、"),
        (Lang::Zh, true) => format!("{}等 {n} 个", shown.join("、")),
        (Lang::En, false) => shown.join(", "),
        (Lang::En, true) => format!("{} and {} more", shown.join(", "), n - FEW),
    }
}

fn text(number: Decimal) -> String {
    number.normalize().to_string()
}
