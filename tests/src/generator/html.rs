//! An invented report as a page of a government's website, written as such pages are: menus around it, text split over
//! spans as Word leaves them, entities, end tags left out, tables that hold the whole article.

use super::dice::Dice;
use super::form::TableName;
use super::layout::{Cut, Layout};
use super::merged::Cell;
use super::report::{Piece, Report};

/// How a page holds its article.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Page {
    /// Nothing but the article.
    Bare,
    /// Menus, a trail of links, a share bar and a footer around it, marked as such.
    Site,
    /// The same in a table that sets out the page.
    Framed,
}

/// How paragraphs stand in the article.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Paragraphs {
    /// Each a `p`.
    Tags,
    /// Line breaks in one `div`.
    Breaks,
}

struct Writer {
    dice: Dice,
    paragraphs: Paragraphs,
    /// Tags in capitals, as old editors write them.
    capitals: bool,
    /// End tags that HTML does not ask for are left out.
    loose: bool,
    /// How many in a hundred places text is split over tags.
    split: u64,
    out: String,
}

impl Report {
    /// The report as a page of HTML, its tables laid out by `layout`; the seed decides what the page looks like.
    #[must_use]
    pub fn to_html(&self, layout: &Layout) -> String {
        let mut dice = Dice::new(self.seed ^ 0x4854_4D4C);
        let page = [Page::Bare, Page::Site, Page::Framed][dice.index(3)];
        let paragraphs = if dice.chance(70) { Paragraphs::Tags } else { Paragraphs::Breaks };
        let (capitals, loose) = (dice.chance(25), dice.chance(40));
        let split = if dice.chance(60) { 15 } else { 1 };
        let mut writer = Writer { dice, paragraphs, capitals, loose, split, out: String::new() };
        let title_outside = page != Page::Bare && writer.dice.chance(50);
        let (outside, inside): (Vec<&Piece>, Vec<&Piece>) =
            self.pieces.iter().partition(|piece| title_outside && matches!(piece, Piece::Title(_)));
        writer.head(&self.organ.name);
        writer.opening(page, &self.organ.name);
        for piece in outside {
            let words = writer.inline(&layout.line(piece));
            writer.line(&format!("<h1 class=\"article-title\">{words}</h1>"));
        }
        writer.article(page, |writer| {
            for piece in inside {
                writer.piece(self, layout, piece);
            }
        });
        writer.closing(page);
        layout.with_line_ends(&writer.out)
    }
}

impl Writer {
    fn line(&mut self, words: &str) {
        self.out.push_str(words);
        self.out.push('\n');
    }

    /// A tag's name as this page writes it.
    fn name(&self, tag: &str) -> String {
        if self.capitals { tag.to_ascii_uppercase() } else { tag.to_owned() }
    }

    /// An end tag that HTML does not ask for.
    fn end(&mut self, tag: &str) -> String {
        if self.loose && self.dice.chance(60) { String::new() } else { format!("</{}>", self.name(tag)) }
    }

    fn head(&mut self, organ: &str) {
        if self.dice.chance(80) {
            self.line("<!DOCTYPE html>");
        }
        self.line("<html><head>\n<meta charset=\"utf-8\">");
        self.line(&format!("<title>政府信息公开-{organ}</title>"));
        self.line("<style>.nav > li { float: left } p { text-indent: 2em }</style>");
        self.line("<script>if (1 < 2) { document.title = '<td>截止2023年</td>'; }</script>");
        self.line("</head><body>");
    }

    fn opening(&mut self, page: Page, organ: &str) {
        if page == Page::Bare {
            return;
        }
        self.line("<div class=\"header\"><div class=\"logo\"><img src=\"logo.png\" alt=\"徽标\"></div>");
        self.line("<ul class=\"nav\"><li><a href=\"/\">首页</a><li><a href=\"/xw\">新闻中心</a><li><a href=\"/gk\">政务公开</a></ul></div>");
        self.line(&format!(
            "<div class=\"crumbs\">当前位置：<a href=\"/\">首页</a> &gt; <a href=\"/gk\">{organ}</a> &gt; <a href=\"/nb\">年度报告</a></div>"
        ));
        if self.dice.chance(50) {
            self.line("<div style=\"display:none\">统计代码，截止2023年12月31日</div>");
        }
    }

    fn article(&mut self, page: Page, fill: impl FnOnce(&mut Self)) {
        if page == Page::Framed {
            self.line("<table width=\"1000\" align=\"center\" cellpadding=\"0\"><tr><td class=\"main\">");
        }
        let holder = match page {
            Page::Bare => "<div>",
            _ => ["<div id=\"zoom\">", "<div class=\"TRS_Editor\">", "<div class=\"article-content\" id=\"content\">"]
                [self.dice.index(3)],
        };
        self.line(holder);
        fill(self);
        self.line("</div>");
        if page == Page::Framed {
            self.line("</td></tr></table>");
        }
    }

    fn closing(&mut self, page: Page) {
        if page != Page::Bare {
            self.line("<div class=\"share\">分享到：<a href=\"#\">微信</a> <a href=\"#\">微博</a> 【<a href=\"#\">打印</a>】【<a href=\"#\">关闭</a>】</div>");
            self.line("<div class=\"footer\"><p>版权所有 &copy; 青禾县人民政府办公室　网站标识码：3300000001</p><p>联系电话：0571-00000000</p></div>");
            self.line("<script src=\"count.js\"></script>");
        }
        self.line("</body></html>");
    }

    fn piece(&mut self, report: &Report, layout: &Layout, piece: &Piece) {
        match piece {
            Piece::Table(table) => self.table(report, layout, *table),
            Piece::Title(_) => {
                let words = self.inline(&layout.line(piece));
                let tag = if self.dice.chance(50) { "h1" } else { "p" };
                self.line(&format!("<{tag} align=\"center\">{words}</{tag}>"));
            }
            Piece::Heading(depth, words) => {
                let words = self.inline(words);
                match self.dice.below(3) {
                    0 => self.line(&format!("<h{0}>{words}</h{0}>", depth + 1)),
                    1 => self.paragraph(&format!("<strong>{words}</strong>")),
                    _ => self.paragraph(&words),
                }
            }
            Piece::Paragraph(words) => {
                let words = self.inline(words);
                self.paragraph(&words);
            }
        }
    }

    fn paragraph(&mut self, words: &str) {
        let indent = ["", "　　", "&nbsp;&nbsp;&nbsp;&nbsp;", "&emsp;&emsp;"][self.dice.index(4)];
        if self.paragraphs == Paragraphs::Breaks {
            let breaks = ["<br>", "<br/>", "<BR><br>"][self.dice.index(3)];
            return self.line(&format!("{indent}{words}{breaks}"));
        }
        let style = ["", " class=\"MsoNormal\" style=\"text-indent:32pt;mso-char-indent-count:2.0\"", " align=left"]
            [self.dice.index(3)];
        let (name, end) = (self.name("p"), self.end("p"));
        self.line(&format!("<{name}{style}>{indent}{words}{end}"));
    }

    fn table(&mut self, report: &Report, layout: &Layout, table: TableName) {
        let name = self.name("table");
        self.line(&format!("<{name} border=\"1\" cellspacing=0 style=\"border-collapse:collapse\">"));
        if self.dice.chance(70) {
            self.line("<tbody>");
        }
        for (at, row) in layout.cells_of(report, table).into_iter().enumerate() {
            if layout.cuts.contains(&Cut { table, before: at }) {
                self.line("</table>\n<p>&nbsp;</p>\n<table>");
            }
            let line: String = row.iter().map(|cell| self.cell(cell)).collect();
            let (name, end) = (self.name("tr"), self.end("tr"));
            self.line(&format!("<{name}>\n{line}{end}"));
        }
        self.line("</table>");
    }

    fn cell(&mut self, cell: &Cell) -> String {
        let mut start = self.name("td");
        if cell.columns > 1 {
            start += &format!(" colspan=\"{}\"", cell.columns);
        }
        if cell.rows > 1 {
            start += &format!(" rowspan={}", cell.rows);
        }
        let words = match cell.words.as_str() {
            "" => ["", "&nbsp;", "<p>&nbsp;</p>"][self.dice.index(3)].to_owned(),
            words => match self.dice.below(3) {
                0 => format!("<p class=MsoNormal align=center>{}</p>", self.inline(words)),
                1 => format!("\n  <span lang=EN-US>{}</span>\n", self.inline(words)),
                _ => self.inline(words),
            },
        };
        format!("<{start}>{words}{}\n", self.end("td"))
    }

    /// Words with their entities, split over tags here and there.
    fn inline(&mut self, words: &str) -> String {
        let mut out = String::new();
        let mut part = String::new();
        for c in words.chars() {
            if !part.is_empty() && self.dice.chance(self.split) {
                out += &self.wrapped(&std::mem::take(&mut part));
            }
            part += &self.entity(c);
        }
        out += &self.wrapped(&part);
        out
    }

    fn wrapped(&mut self, part: &str) -> String {
        match self.dice.below(if self.split > 1 { 8 } else { 40 }) {
            0 => format!("<span style=\"font-family:仿宋_GB2312;mso-hansi-font-family:宋体\">{part}</span>"),
            1 => format!("<font face=\"仿宋\">{part}</font>"),
            2 => format!("<span lang=EN-US><span style='mso-spacerun:yes'></span>{part}</span>"),
            3 => format!("<B>{part}</B>"),
            4 => format!("<!-- {} -->{part}", self.dice.below(100)),
            _ => part.to_owned(),
        }
    }

    fn entity(&mut self, c: char) -> String {
        let named = match c {
            '&' => return "&amp;".to_owned(),
            '<' => return "&lt;".to_owned(),
            '>' => return "&gt;".to_owned(),
            '“' => "&ldquo;",
            '”' => "&rdquo;",
            '·' => "&middot;",
            '0'..='9' if self.dice.chance(3) => return format!("&#{};", u32::from(c)),
            '0'..='9' if self.dice.chance(3) => return format!("&#x{:x};", u32::from(c)),
            _ => return c.to_string(),
        };
        if self.dice.chance(30) { named.to_owned() } else { c.to_string() }
    }
}
