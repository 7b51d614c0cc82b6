//! Invented organs: counties, cities and provinces that are on no map, and who governs them.

use super::dice::Dice;

/// The kinds of organs that hand in annual reports.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OrganKind {
    /// A bureau of a county.
    CountyBureau,
    /// A bureau of a city with districts.
    CityBureau,
    /// A department of a province.
    Department,
    /// The government of a town or township.
    Township,
    /// A street office.
    Street,
    /// The government of a county.
    CountyGovernment,
    /// The government of a city with districts.
    CityGovernment,
    /// A public hospital.
    Hospital,
}

/// Who makes a report.
#[derive(Clone, Debug)]
pub struct Organ {
    /// The full name, as in the title.
    pub name: String,
    /// How it names itself in the text: 我局, 我镇.
    pub own: &'static str,
    /// What it is.
    pub kind: OrganKind,
}

const PROVINCES: [&str; 4] = ["澜江省", "北屿省", "朔原省", "南泽省"];
const CITIES: [&str; 8] = ["霁州市", "临砚市", "云汀市", "丹岭市", "平湾市", "望津市", "青泊市", "永渡市"];
const COUNTIES: [&str; 12] = [
    "禾川县",
    "梧岭县",
    "砚溪县",
    "汀岚县",
    "石桥坪县",
    "柳沟县",
    "东泽县",
    "麦川县",
    "松台县",
    "白渡县",
    "云坪县",
    "安岭县",
];
pub(super) const TOWNS: [&str; 10] =
    ["枣林镇", "双河口镇", "石磨镇", "柳湾乡", "青石坎镇", "大坪乡", "杏花沟镇", "龙眼井镇", "渡头镇", "竹园坝乡"];
const STREETS: [&str; 6] = ["南桥街道", "北湖街道", "新市街道", "文昌阁街道", "临江路街道", "东园街道"];
pub(super) const BUREAUS: [&str; 16] = [
    "财政局",
    "教育局",
    "民政局",
    "司法局",
    "水利局",
    "农业农村局",
    "自然资源局",
    "卫生健康局",
    "市场监督管理局",
    "应急管理局",
    "交通运输局",
    "文化和旅游局",
    "住房和城乡建设局",
    "人力资源和社会保障局",
    "统计局",
    "审计局",
];
const DEPARTMENTS: [&str; 6] = ["财政厅", "教育厅", "水利厅", "生态环境厅", "农业农村厅", "交通运输厅"];

impl Organ {
    /// An organ of a random kind.
    pub fn invent(dice: &mut Dice) -> Self {
        let kind = match dice.below(100) {
            0..35 => OrganKind::CountyBureau,
            35..50 => OrganKind::CityBureau,
            50..56 => OrganKind::Department,
            56..74 => OrganKind::Township,
            74..82 => OrganKind::Street,
            82..90 => OrganKind::CountyGovernment,
            90..95 => OrganKind::CityGovernment,
            _ => OrganKind::Hospital,
        };
        Self::of(kind, dice)
    }

    /// An organ of this kind.
    pub fn of(kind: OrganKind, dice: &mut Dice) -> Self {
        let (city, county) = (dice.pick(&CITIES), dice.pick(&COUNTIES));
        let (name, own) = match kind {
            OrganKind::CountyBureau => (format!("{county}{}", dice.pick(&BUREAUS)), "我局"),
            OrganKind::CityBureau => (format!("{city}{}", dice.pick(&BUREAUS)), "我局"),
            OrganKind::Department => (format!("{}{}", dice.pick(&PROVINCES), dice.pick(&DEPARTMENTS)), "我厅"),
            OrganKind::Township => {
                let town = dice.pick(&TOWNS);
                (format!("{county}{town}人民政府"), if town.ends_with('乡') { "我乡" } else { "我镇" })
            }
            OrganKind::Street => (format!("{city}{}办事处", dice.pick(&STREETS)), "我街道"),
            OrganKind::CountyGovernment => (format!("{county}人民政府"), "我县"),
            OrganKind::CityGovernment => (format!("{city}人民政府"), "我市"),
            OrganKind::Hospital => (format!("{county}人民医院"), "我院"),
        };
        Self { name, own, kind }
    }

    /// Whether it is a government of any level, which must also report on 工作考核、社会评议和责任追究.
    #[must_use]
    pub fn is_government(&self) -> bool {
        self.name.ends_with("人民政府")
    }

    /// Whether it may make 规章.
    #[must_use]
    pub fn makes_regulations(&self) -> bool {
        self.kind == OrganKind::CityGovernment
    }

    /// How much it has to tell, from 1 to 6: a multiple of sentences and of numbers.
    #[must_use]
    pub fn weight(&self) -> u64 {
        match self.kind {
            OrganKind::Township | OrganKind::Street | OrganKind::Hospital => 1,
            OrganKind::CountyBureau => 2,
            OrganKind::CityBureau => 3,
            OrganKind::Department | OrganKind::CountyGovernment => 4,
            OrganKind::CityGovernment => 6,
        }
    }
}
