//! Where a finding stands in a file that has no lines: section and paragraph, or table, row and column by their labels.

use crate::layout::{cut_right, one_line};
use crate::words::pick;
use gouji_core::document::{BlockKind, Document};
use gouji_core::format::Format;
use gouji_lint::finding::{Finding, Lang};

/// The longest heading that is named, in columns.
const WIDEST: usize = 30;

/// The place in words, for Word files; none for what has lines, and where the place is the whole file.
pub(crate) fn of(document: &Document, finding: &Finding, lang: Lang) -> Option<String> {
    if document.format != Format::Docx {
        return None;
    }
    let at = document.block_at(finding.span.start)?;
    let block = &document.blocks[at];
    let place = match block.kind {
        BlockKind::Row(table) => {
            let own = || format!("{} {}", pick(lang, "表", "table"), table + 1);
            let labels = [&finding.place.table, &finding.place.row, &finding.place.col];
            let named = labels.into_iter().flatten().cloned();
            let table = finding.place.table.is_none().then(own);
            table.into_iter().chain(named).collect::<Vec<_>>().join(pick(lang, "，", ", "))
        }
        BlockKind::Aside => pick(lang, "页眉、页脚或注释", "header, footer or note").to_owned(),
        BlockKind::Title => pick(lang, "标题", "title").to_owned(),
        BlockKind::Heading | BlockKind::Paragraph => {
            let is_own = |before: &&gouji_core::document::Block| before.section == block.section;
            let is_counted = |kind: BlockKind| !matches!(kind, BlockKind::Row(_) | BlockKind::Heading);
            let own = document.blocks[..=at].iter().filter(is_own);
            let n = own.filter(|block| is_counted(block.kind)).count();
            let heading = block.section.map(|section| cut_right(&one_line(document.heading_text(section)), WIDEST));
            match (lang, heading, block.kind) {
                (_, None, BlockKind::Heading) => return None,
                (_, Some(heading), BlockKind::Heading) => heading,
                (Lang::Zh, None, _) => format!("第 {n} 段"),
                (Lang::En, None, _) => format!("paragraph {n}"),
                (Lang::Zh, Some(heading), _) => format!("“{heading}”第 {n} 段"),
                (Lang::En, Some(heading), _) => format!("“{heading}”, paragraph {n}"),
            }
        }
    };
    Some(format!("{}{}", pick(lang, "位置：", "place: "), one_line(&place)))
}
