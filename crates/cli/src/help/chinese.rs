//! The Chinese texts of the help.

/// What a command is for.
pub(super) fn about(command: &str) -> Option<&'static str> {
    Some(match command {
        "gouji" => "勾稽：发布之前检查政府信息公开工作年度报告等公文",
        "check" => "检查报告，指出问题",
        "fix" => "修正官方格式或标准已有定论的问题",
        "annotate" => "把发现的问题写成 Word 文件的批注",
        "inspect" => "显示报告被理解成什么样：提纲、表格、数字",
        "rollup" => "核对汇总报告：每个数是否等于各单位之和",
        "explain" => "说明一条规则，或报告中的一行：查什么、为什么、怎么改",
        "baseline" => "记下现有的问题，此后只算新问题",
        "create" => "把现有的问题写入基线",
        "prune" => "从基线中去掉已经没有的问题，不添加",
        "config" => "显示用了哪份配置，一条规则由谁决定",
        "rules" => "列出规则，或运行规则文件里的测试",
        "rules check" => "查看规则文件：错误，以及不可能是本意的写法",
        "list" => "列出全部规则",
        "test" => "运行规则文件里的测试",
        "init" => "写一份带说明的配置和一条示例规则",
        "new" => "写一条规则的底稿",
        "schema" => "输出 JSON Schema，供编辑器补全和检查",
        "doc" => "为每条规则写一页说明，并写目录",
        _ => return None,
    })
}

/// How a command is called.
pub(super) fn usage(command: &str) -> Option<&'static str> {
    Some(match command {
        "gouji" => "gouji <命令> [选项]",
        "check" => "gouji check [选项] <PATH>...",
        "fix" => "gouji fix [选项] <PATH>...",
        "annotate" => "gouji annotate [选项] <PATH>...",
        "inspect" => "gouji inspect [选项] <FILE>",
        "rollup" => "gouji rollup [选项] <CONSOLIDATED> [MEMBER]...",
        "explain" => "gouji explain [选项] <CODE>\n      gouji explain [选项] --at <FILE:LINE[:COLUMN]>",
        "baseline" => "gouji baseline <命令> [选项]",
        "create" => "gouji baseline create [选项] [PATH]...",
        "prune" => "gouji baseline prune [选项]",
        "config" => "gouji config [选项] [PATH]",
        "rules" => "gouji rules <命令> [选项]",
        "rules check" => "gouji rules check [选项] [PATH]...",
        "list" => "gouji rules list [选项]",
        "test" => "gouji rules test [选项] [PATH]...",
        "init" => "gouji init [FOLDER]",
        "new" => "gouji rules new [选项] [CODE]",
        "schema" => "gouji rules schema [选项] [KIND]",
        "doc" => "gouji rules doc [选项] [PATH]...",
        _ => return None,
    })
}

/// What an argument does, by its id.
pub(super) fn arg(id: &str) -> Option<&'static str> {
    Some(match id {
        "paths" => "文件或文件夹；可写多个，- 表示标准输入",
        "file" => "报告文件；- 表示标准输入",
        "consolidated" => "汇总报告；--year、--organ、--as 说的是这一份",
        "member_paths" => "各单位的报告或文件夹；不写则为配置中 members 所写的",
        "rollup_format" => {
            "输出：pretty（问题，给人看）、short（一行一个）、json、ndjson、table（主要数字的表）、csv、html [默认 pretty]"
        }
        "rollup_fail_on" => "哪一级起退出码为 1：error、warning、info、never [默认 error]；与各单位之和不符是 warning",
        "rollup_quiet" => "只说问题和表，不写小结",
        "code" => "规则编号，如 NB301",
        "at" => "不说规则，而说报告中的一行：有什么问题、怎样理解，如 报告.txt:12 或 报告.txt:12:5",
        "stdin_name" => "标准输入的文件名，扩展名决定格式 [默认 stdin.txt]",
        "year" => "报告年份（1900 至 2999），代替标题中的年份",
        "organ" => "机关名称，代替标题中的名称",
        "form" => "表样，代替按表头选出的表样",
        "prev" => "上年年报，或存放历年年报的文件夹（按机关和年度找），可多次给出",
        "html_root" => "网页中要读的元素，如 #zoom、.article、div[name=zoom]，代替自动认定的正文",
        "today" => "今天的日期，如 2026-01-31 [默认为系统日期]",
        "select" => "只用编号以此开头的规则，如 NB3,GW201",
        "ignore" => "不用编号以此开头的规则",
        "config" => "用这份配置，代替报告上层最近的 gouji.yaml",
        "no_config" => "不用任何配置",
        "profile" => "档次：draft（起草）、publish（发布）、strict（从严），代替配置中的档次",
        "config_path" => "报告或文件夹；不写则为当前文件夹",
        "why" => "这条规则开、关、级别由谁决定",
        "rule_paths" => "自带规则之外的规则文件或文件夹，可重复",
        "format" => "输出格式：pretty（给人看）、short（一行一个）、json、ndjson [默认 pretty]",
        "list_format" => "输出格式：pretty（给人看）、json [默认 pretty]",
        "fail_on" => "哪一级起退出码为 1：error、warning、info、never [默认 error]",
        "init_folder" => "写入哪个文件夹 [默认为当前文件夹]",
        "new_code" => "规则编号 [默认 XX102]",
        "from_table" => "一份报告：按它的一张表写规则，行、列用表里的名称",
        "table_number" => "报告里的第几张表 [默认 1]",
        "file_kind" => {
            "文件种类：rule（规则）、config（配置）、form（表样）、data（数据表）、pack（规则包） [默认 rule]"
        }
        "doc_paths" => "规则文件或文件夹；不写则为自带规则",
        "page_folder" => "写入说明的文件夹 [默认 docs/rules]",
        "test_paths" => "规则文件或文件夹；不写则测自带规则和配置里的本地规则",
        "rule_files" => "规则文件或文件夹；不写则查看自带规则和配置里的本地规则",
        "mutate" => "检验测试本身：把正例逐处改错，看规则是否察觉",
        "only_failed" => "只列未通过的规则和末尾合计",
        "silent" => "不说修正了什么",
        "show_accepted" => "连同已按说明接受的问题一并列出",
        "show_known" => "连同基线中已有的问题一并列出",
        "baseline" => "用这份基线，代替配置中写的",
        "no_baseline" => "不用基线",
        "baseline_paths" => "报告或文件夹；不写则为当前文件夹",
        "baseline_output" => "基线文件；不写则为配置中写的，再没有则为 gouji-baseline.jsonl",
        "quiet" => "只说问题，不说其他",
        "trace" => "列出这些规则的检查过程：对上了什么、怎样判断，如 NB301,GW2",
        "stats" => "在末尾列出每条规则核对了多少、用时多少",
        "and_unsafe" => "同时执行须人工核对的修正",
        "diff" => "只显示改动，不写文件",
        "check" => "不写文件；有内容要改时退出码为 1",
        "convert" => "请 LibreOffice 把旧版 Word 文件（.doc、.wps、.rtf）转成 .docx 再读",
        "docx" => {
            "怎样把修正写入 Word 文件：tracked（修订，可接受或拒绝）、plain（直接改）、comments（批注） [默认 tracked]"
        }
        "in_place" => "直接改 Word 文件本身，而不是在旁边另存 文件名.修订.docx",
        "backup" => "原文件另存为 文件名.bak",
        "json" => "以 JSON 输出",
        "text" => "只输出规则看到的文字",
        "output" => "把结果写入文件；fix、annotate 则写入改好的文件，原文件不动（只限一份）",
        "lang" => "语言：zh、en [默认随系统，一般为 zh]",
        "color" => "颜色：auto、always、never [默认 auto]",
        "width" => "每行列数 [默认为终端宽度]",
        _ => return None,
    })
}

/// The examples at the end of a command's help.
pub(super) fn examples(command: &str) -> Option<&'static str> {
    Some(match command {
        "gouji" => {
            "示例：
  gouji check 报告.txt                      检查一份报告
  gouji check 报告文件夹/                   检查文件夹里的全部报告
  gouji check 报告文件夹/ --format json -o 结果.json
  gouji fix --diff 报告.txt                 先看会改什么
  gouji fix --backup 报告.txt               修正，并保留原文件
  gouji explain NB301                       这条规则查什么、为什么

退出码：0 没有问题；1 有问题（见 --fail-on）；2 用法、配置或规则有误；3 有文件无法读取"
        }
        "check" => {
            "示例：
  gouji check 报告.txt
  gouji check 报告文件夹/ --select NB3,NB4  只查数字勾稽
  gouji check 报告文件夹/ --ignore GW4 --fail-on warning
  gouji check 报告.txt --trace NB301        这条规则核对了哪些数，怎样判断
  cat 报告.txt | gouji check - --stdin-name 报告.txt"
        }
        "fix" => {
            "示例：
  gouji fix --diff 报告.txt                 只看改动，不写文件
  gouji fix --backup 报告文件夹/            全部修正，保留原文件
  gouji fix 报告.txt -o 新报告.txt          修正后的全文另存，原文件不动
  gouji fix --unsafe 报告.txt               连同须人工核对的修正"
        }
        "inspect" => {
            "示例：
  gouji inspect 报告.txt                    提纲、表格、数字
  gouji inspect --json 报告.txt"
        }
        "rollup" => {
            "示例：
  gouji rollup 全县.txt 各单位/             每个数是否等于各单位之和
  gouji rollup 全县.txt                     各单位的报告由 gouji.yaml 的 members 写明
  gouji rollup 全县.txt 各单位/ --format table
  gouji rollup 全县.txt 各单位/ --format csv -o 汇总.csv

与各单位之和不符是警告：汇总报告可能另有口径。--fail-on warning 使退出码为 1。
同一年度的报告各计一份；没有计入的都会说明。"
        }
        "explain" => {
            "示例：
  gouji explain NB301                       这条规则查什么、为什么
  gouji explain --at 报告.txt:12            这一行有什么问题，怎样改，怎样接受"
        }
        "config" => {
            "示例：
  gouji config 报告文件夹/                  这里用哪份配置，它改了什么
  gouji config 报告.txt --why NB301         这条规则由谁决定"
        }
        "baseline" => {
            "示例：
  gouji baseline create 报告文件夹/         记下现有的问题
  gouji check 报告文件夹/ --baseline gouji-baseline.jsonl
  gouji baseline prune                      去掉已经改好的"
        }
        "rules" => {
            "示例：
  gouji rules list
  gouji rules test 我的规则/
  gouji rules doc 我的规则/ -o 说明         每条规则写一页说明
  gouji rules schema rule -o 规则.json      供编辑器补全
  gouji rules new --from-table 报告.txt     按报告里的一张表写规则"
        }
        _ => return None,
    })
}
