//! What a number is a number of: each kind has a form of its own, by which rules judge it.

/// What a number in running text is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// 发文字号: code, year in 〔〕, serial without 第 and zeros (GB/T 9704—2012, 7.2.5): 青政办〔2023〕12号.
    Document,
    /// 令: 国务院令第711号, 国务院第711号令, 中国人民银行令〔2019〕第3号. It keeps 第.
    Order,
    /// 公告、通告: 国家税务总局公告2018年第31号, 中国人民银行公告〔2018〕第7号. It keeps 第.
    Announcement,
    /// 案号: （2020）豫01行初5号, with round brackets.
    Case,
    /// Numbers of enforcement documents, decisions and certificates: 青环罚决字〔2019〕第045号. They keep 第 and zeros.
    Enforcement,
    /// Numbers of procurements and contracts: 磋商采购（2023）12号.
    Procurement,
    /// 标准号: GB/T 9704—2012, DB41/T 2021—2020.
    Standard,
    /// Older than the year in full in 〔〕, quoted as printed: （81）卫防字26号, 国办发(1985)49号.
    Historic,
    /// A year in brackets, 第 and a serial behind words that tell nothing: not to be judged.
    Other,
}

impl Kind {
    /// All, in order.
    pub const ALL: [Self; 9] = [
        Self::Document,
        Self::Order,
        Self::Announcement,
        Self::Case,
        Self::Enforcement,
        Self::Procurement,
        Self::Standard,
        Self::Historic,
        Self::Other,
    ];

    /// The word in rule files and scripts.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Document => "document",
            Self::Order => "order",
            Self::Announcement => "announcement",
            Self::Case => "case",
            Self::Enforcement => "enforcement",
            Self::Procurement => "procurement",
            Self::Standard => "standard",
            Self::Historic => "historic",
            Self::Other => "other",
        }
    }

    /// What it is called, in Chinese.
    #[must_use]
    pub fn chinese(self) -> &'static str {
        match self {
            Self::Document => "发文字号",
            Self::Order => "令号",
            Self::Announcement => "公告号",
            Self::Case => "案号",
            Self::Enforcement => "执法文书号",
            Self::Procurement => "采购、合同编号",
            Self::Standard => "标准号",
            Self::Historic => "历史文号",
            Self::Other => "其他编号",
        }
    }
}
