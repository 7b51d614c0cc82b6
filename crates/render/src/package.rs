//! Why a Word file, or a file that is another's, could not be read, in Chinese.

use gouji_core::format::Foreign;
use gouji_core::format::docx::{MAX_DEPTH, MAX_ELEMENTS, MAX_ENTRIES, MAX_PART, MAX_UNPACKED, PackageFault};

const MB: u64 = 1024 * 1024;

/// Why, and where it helps, what to do.
pub(crate) fn fault(fault: &PackageFault) -> String {
    match fault {
        PackageFault::NotZip => "不是完整的 docx 文件：压缩包的目录读不出来，可能没有下载完整".to_owned(),
        PackageFault::Empty => "是空文件，一个字节也没有".to_owned(),
        PackageFault::Page => "内容其实是网页，不是 Word 文件；请把扩展名改为 .html 再检查".to_owned(),
        PackageFault::Text => "内容其实是纯文本，不是 Word 文件；请把扩展名改为 .txt 再检查".to_owned(),
        PackageFault::TooManyEntries => format!("压缩包里的文件超过 {MAX_ENTRIES} 个，不读取"),
        PackageFault::UnsafeName { name } => format!("压缩包里有不安全的文件名“{name}”，不读取"),
        PackageFault::DoubledName { name } if name.is_empty() => "压缩包里有重名的文件，不读取".to_owned(),
        PackageFault::DoubledName { name } => format!("压缩包里有两个“{name}”，不读取"),
        PackageFault::Locked => "有密码保护；请在 Word 或 WPS 中去掉密码后再检查".to_owned(),
        PackageFault::NoDocument => "是压缩包，但里面没有 Word 文档".to_owned(),
        PackageFault::TwoDocuments => "文件里有两个正文，不知道该读哪一个；请在 Word 或 WPS 中另存一份".to_owned(),
        PackageFault::Damaged { part } => format!("文件里的 {part} 已损坏"),
        PackageFault::TooLarge { part } => {
            format!("文件里的 {part} 解开后太大（单个上限 {} MB，合计上限 {} MB）", MAX_PART / MB, MAX_UNPACKED / MB)
        }
        PackageFault::Markup { part } => format!("文件里的 {part} 不是合格的 XML"),
        PackageFault::Entities { part } => format!("文件里的 {part} 带有文档类型声明，不读取"),
        PackageFault::TooDeep { part } => format!("文件里的 {part} 嵌套超过 {MAX_DEPTH} 层，不读取"),
        PackageFault::TooMany { part } => format!("文件里的 {part} 元素超过 {MAX_ELEMENTS} 个，不读取"),
        fault => fault.to_string(),
    }
}

/// What a file is that is not read, and what to do with it.
pub(crate) fn foreign(format: Foreign) -> String {
    match format {
        Foreign::OldWord => "旧版 Word 文件（.doc），WPS 的 .wps 多半也是；请在 Word 或 WPS 中另存为 .docx，\
                             装有 LibreOffice 的可加 --convert"
            .to_owned(),
        Foreign::OldSheet => {
            "旧版表格文件（.xls），WPS 的 .et 多半也是；gouji 读的是报告正文，请另存为 .docx".to_owned()
        }
        Foreign::Old => "旧版 Office 文件；请在 Word 或 WPS 中另存为 .docx".to_owned(),
        Foreign::Sheet => "表格文件（.xlsx）；gouji 读的是报告正文，请另存为 .docx".to_owned(),
        Foreign::Slides => "演示文件（.pptx）；请另存为 .docx".to_owned(),
        Foreign::Ofd => "OFD 版式文件；请用排版之前的 .docx 检查".to_owned(),
        Foreign::Pdf => "PDF 文件；请用排版之前的 .docx 检查，或另存为 .docx".to_owned(),
        Foreign::Rtf => "RTF 文件；请在 Word 或 WPS 中另存为 .docx".to_owned(),
    }
}
