//! One thing wrong in an otherwise clean report, and the ids of the catalogue that must say so.

use super::defect_text;
use super::form::{self, TableName};
use super::layout::{Cut, Labels, Layout};
use super::report::{Piece, Report};
use super::values::TOTAL;

/// What is wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[expect(missing_docs, reason = "the catalogue ids in Defect::catalogue say what each is")]
pub enum Defect {
    RowSum,
    ColumnTotal,
    Unbalanced,
    LitigationSum,
    MissingSection,
    SectionOrder,
    SectionTitle,
    MissingPart,
    EnumeratorGap,
    TitleForm,
    TitleBlank,
    NoFullStop,
    MissingTable,
    DisclosureLabel,
    ApplicationLabel,
    BandLabel,
    LabelWidth,
    MissingColumn,
    MissingRow,
    ShiftedRow,
    CutTable,
    BlankCell,
    UnitInCell,
    OldLayout,
    ReceivedDiffers,
    NotReceived,
    NoLitigation,
    ListSum,
    ListExceeds,
    OtherYear,
    YearBracket,
    NumberWithDi,
    LeadingZero,
    BlankInNumber,
    CodeAgainstOrgan,
    InnerMarks,
    InnerMarksMissing,
    UnclosedMark,
    UndefinedAbbreviation,
    SetPhrase,
    FeeName,
    Until,
    OtherWord,
    TraditionalCharacter,
    HalfWidthComma,
    HalfWidthBrackets,
    BlankAtDigit,
    StraightQuotes,
    RepeatedMark,
}

/// A report with one defect, and how it must be laid out to show it.
#[derive(Clone, Debug)]
pub struct Flawed {
    /// The report.
    pub report: Report,
    /// Its layout.
    pub layout: Layout,
}

impl Flawed {
    /// The report as plain text.
    #[must_use]
    pub fn to_text(&self) -> String {
        self.report.to_text(&self.layout)
    }
}

impl Defect {
    /// All of them.
    pub const ALL: [Self; 49] = [
        Self::RowSum,
        Self::ColumnTotal,
        Self::Unbalanced,
        Self::LitigationSum,
        Self::MissingSection,
        Self::SectionOrder,
        Self::SectionTitle,
        Self::MissingPart,
        Self::EnumeratorGap,
        Self::TitleForm,
        Self::TitleBlank,
        Self::NoFullStop,
        Self::MissingTable,
        Self::DisclosureLabel,
        Self::ApplicationLabel,
        Self::BandLabel,
        Self::LabelWidth,
        Self::MissingColumn,
        Self::MissingRow,
        Self::ShiftedRow,
        Self::CutTable,
        Self::BlankCell,
        Self::UnitInCell,
        Self::OldLayout,
        Self::ReceivedDiffers,
        Self::NotReceived,
        Self::NoLitigation,
        Self::ListSum,
        Self::ListExceeds,
        Self::OtherYear,
        Self::YearBracket,
        Self::NumberWithDi,
        Self::LeadingZero,
        Self::BlankInNumber,
        Self::CodeAgainstOrgan,
        Self::InnerMarks,
        Self::InnerMarksMissing,
        Self::UnclosedMark,
        Self::UndefinedAbbreviation,
        Self::SetPhrase,
        Self::FeeName,
        Self::Until,
        Self::OtherWord,
        Self::TraditionalCharacter,
        Self::HalfWidthComma,
        Self::HalfWidthBrackets,
        Self::BlankAtDigit,
        Self::StraightQuotes,
        Self::RepeatedMark,
    ];

    /// The ids of the catalogue: the first must be reported, by a rule that has it among its tags; the others may be,
    /// as the same words break them too.
    #[must_use]
    pub fn catalogue(self) -> &'static [&'static str] {
        match self {
            Self::RowSum => &["ARI001"],
            Self::ColumnTotal => &["ARI002", "NAR009", "NAR004", "NAR010", "NAR002"],
            Self::Unbalanced => &["ARI003", "NAR010"],
            Self::LitigationSum => &["ARI004"],
            Self::MissingSection => &["STR001"],
            Self::SectionOrder => &["STR002", "STR001"],
            Self::SectionTitle => &["STR003"],
            Self::MissingPart => &["STR005"],
            Self::EnumeratorGap => &["STR013"],
            Self::TitleForm => &["STR014"],
            Self::TitleBlank => &["STR015", "TYP003"],
            Self::NoFullStop => &["STR020", "TYP012"],
            Self::MissingTable => &["TAB001"],
            Self::DisclosureLabel => &["TAB002"],
            Self::ApplicationLabel => &["TAB003"],
            Self::BandLabel => &["TAB013"],
            Self::LabelWidth => &["TAB004", "TAB014", "TAB015"],
            Self::MissingColumn => &["TAB005"],
            Self::MissingRow => &["TAB006"],
            Self::ShiftedRow => &["TAB007"],
            Self::CutTable => &["TAB009"],
            Self::BlankCell => &["TAB010"],
            Self::UnitInCell => &["TAB011"],
            Self::OldLayout => &["TAB012", "TAB002", "TAB005"],
            Self::ReceivedDiffers => &["NAR001", "NAR009", "NAR015", "NAR010"],
            Self::NotReceived => &["NAR005", "NAR001"],
            Self::NoLitigation => &["NAR007", "NAR006"],
            Self::ListSum => &["NAR009"],
            Self::ListExceeds => &["NAR015", "NAR009"],
            Self::OtherYear => &["NAR019"],
            Self::YearBracket => &["CIT001", "TYP002"],
            Self::NumberWithDi => &["CIT002"],
            Self::LeadingZero => &["CIT003"],
            Self::BlankInNumber => &["CIT005", "TYP003"],
            Self::CodeAgainstOrgan => &["CIT009", "CIT010"],
            Self::InnerMarks => &["CIT013", "CIT014"],
            Self::InnerMarksMissing => &["CIT014"],
            Self::UnclosedMark => &["CIT015"],
            Self::UndefinedAbbreviation => &["CIT020"],
            Self::SetPhrase => &["WRD001"],
            Self::FeeName => &["WRD003"],
            Self::Until => &["WRD005"],
            Self::OtherWord => &["WRD006"],
            Self::TraditionalCharacter => &["WRD010"],
            Self::HalfWidthComma => &["TYP001"],
            Self::HalfWidthBrackets => &["TYP002"],
            Self::BlankAtDigit => &["TYP003"],
            Self::StraightQuotes => &["TYP005"],
            Self::RepeatedMark => &["TYP007"],
        }
    }

    /// A report with this defect and no other.
    #[must_use]
    pub fn inject(self, seed: u64) -> Flawed {
        let mut clean = Report::clean(seed);
        for next in 1.. {
            if self.suits(&clean) {
                break;
            }
            clean = Report::clean(seed + 10_007 * next);
        }
        let mut flawed = Flawed { report: clean, layout: Layout::straight() };
        if !defect_text::write(self, &mut flawed.report) {
            self.spoil_form(&mut flawed);
            self.spoil_values(&mut flawed.report);
        }
        flawed
    }

    /// Whether a report has what this defect needs.
    fn suits(self, report: &Report) -> bool {
        let values = &report.values;
        let current = report.year >= form::NEW_FORM;
        match self {
            // Both ends of a carried application are moved together, and the text speaks of both.
            Self::RowSum | Self::Unbalanced => current && values.carried_in() > 0 && values.carried_out() > 0,
            Self::ReceivedDiffers | Self::NotReceived | Self::ColumnTotal => current && values.received() > 0,
            Self::NoLitigation => current && values.litigation[4] > 0,
            Self::UndefinedAbbreviation => {
                current && report.pieces.iter().filter(|piece| piece.words().contains("《条例》")).count() > 1
            }
            _ => current,
        }
    }

    /// Defects of sections, labels and layout.
    fn spoil_form(self, flawed: &mut Flawed) {
        let Flawed { report, layout } = flawed;
        match self {
            Self::MissingSection => report.pieces.truncate(section_start(report, "六、")),
            Self::SectionOrder => swap_last_sections(report),
            Self::SectionTitle => replace_heading(report, "五、", "五、存在问题及改进情况"),
            Self::MissingPart => {
                let (from, to) = (part_start(report, "（五）"), section_start(report, "二、"));
                report.pieces.drain(from..to);
            }
            Self::EnumeratorGap => {
                let at = part_start(report, "（五）");
                if let Piece::Heading(_, words) | Piece::Paragraph(words) = &mut report.pieces[at] {
                    *words = words.replacen("（五）", "（六）", 1);
                }
            }
            Self::TitleForm => {
                report.pieces[0] = Piece::Title(report.pieces[0].words().replace("工作年度报告", "工作报告"));
            }
            Self::TitleBlank => layout.blank_title = true,
            Self::MissingTable => report.pieces.retain(|piece| *piece != Piece::Table(TableName::Litigation)),
            Self::DisclosureLabel => report.relabelled.push(("本年废止件数", "本年度止件数".to_owned())),
            Self::ApplicationLabel => {
                report.relabelled.push(("2.其他法律行政法规禁止公开", "2.其他法律法规禁止公开".to_owned()));
            }
            Self::BandLabel => report.relabelled.push(("第二十条第（六）项", "第二十条（六）项".to_owned())),
            Self::OldLayout => report.relabelled.push(("本年制发件数", "本年新制作数量".to_owned())),
            Self::LabelWidth => layout.labels = Labels::HalfWidth,
            Self::MissingColumn => layout.omitted = Some((TableName::Applications, 3)),
            Self::MissingRow => report.without_rows.push(9),
            Self::ShiftedRow => layout.slid = Some(0),
            Self::CutTable => layout.cuts.push(Cut { table: TableName::Applications, before: 15 }),
            _ => {}
        }
    }

    /// Defects of numbers; each keeps all other ties and writes the text from the spoilt numbers.
    fn spoil_values(self, report: &mut Report) {
        let mut values = report.values.clone();
        let last = values.applications.len() - 1;
        match self {
            // 上年结转 and 结转下年度 both claim one more in all: the columns still balance, the two rows do not.
            Self::RowSum => {
                values.applications[1][TOTAL] += 1;
                values.applications[last][TOTAL] += 1;
            }
            Self::ColumnTotal => {
                for row in [0, last - 1] {
                    values.applications[row][0] += 1;
                    values.applications[row][TOTAL] += 1;
                }
            }
            Self::Unbalanced => {
                values.applications[last][0] += 1;
                values.applications[last][TOTAL] += 1;
            }
            Self::LitigationSum => values.litigation[4] += 1,
            Self::BlankCell => report.shown.push((TableName::Applications, 6, 2, "/".to_owned())),
            Self::UnitInCell => {
                let count = values.applications[0][0];
                report.shown.push((TableName::Applications, 0, 0, format!("{count}件")));
            }
            _ => {}
        }
        if values != report.values {
            *report = Report::compose(report.seed, report.organ.clone(), report.year, values);
        }
    }
}

/// The piece that starts with a section's enumerator.
fn section_start(report: &Report, enumerator: &str) -> usize {
    report
        .pieces
        .iter()
        .position(|piece| matches!(piece, Piece::Heading(1, words) if words.starts_with(enumerator)))
        .unwrap_or(report.pieces.len())
}

/// The piece that starts with a part's enumerator, on a line of its own or run in.
pub(super) fn part_start(report: &Report, enumerator: &str) -> usize {
    report.pieces.iter().position(|piece| piece.words().starts_with(enumerator)).unwrap_or(0)
}

fn replace_heading(report: &mut Report, enumerator: &str, words: &str) {
    let at = section_start(report, enumerator);
    report.pieces[at] = Piece::Heading(1, words.to_owned());
}

/// Section 六 before section 五, each with the number of its new place.
fn swap_last_sections(report: &mut Report) {
    let (five, six) = (section_start(report, "五、"), section_start(report, "六、"));
    let n_last = report.pieces.len() - six;
    report.pieces[five..].rotate_left(six - five);
    report.pieces[five] = Piece::Heading(1, format!("五、{}", form::SECTIONS[5]));
    report.pieces[five + n_last] = Piece::Heading(1, format!("六、{}", form::SECTIONS[4]));
}
