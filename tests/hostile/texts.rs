//! Texts that try to command a terminal, to hide or to turn text around, and a project that says one wherever a string can stand.
#![allow(dead_code, reason = "each test binary that includes this uses a part of it")]

/// Random numbers that are the same on every run: a failure names its seed, and the seed brings it back.
pub(crate) struct Dice(u64);

impl Dice {
    pub(crate) fn new(seed: u64) -> Dice {
        Dice(seed.wrapping_mul(0x2545_f491_4f6c_dd1d))
    }

    /// SplitMix64: every seed is a good one.
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number from 0 up to and without `end`; 0 where there is none.
    pub(crate) fn below(&mut self, end: usize) -> usize {
        if end == 0 { 0 } else { usize::try_from(self.next() % end as u64).unwrap() }
    }

    pub(crate) fn pick<'a, T>(&mut self, among: &'a [T]) -> &'a T {
        &among[self.below(among.len())]
    }
}

/// How many cases a campaign runs: `RETAKE_CASES`, else this many.
pub(crate) fn cases(few: u64) -> u64 {
    std::env::var("RETAKE_CASES").map_or(few, |all| all.parse().expect("RETAKE_CASES is a number"))
}

/// What begins, ends or is a command, in the spellings of 7 and of 8 bits.
const COMMANDS: &[&str] = &[
    "\u{1b}[2J",
    "\u{1b}[H\u{1b}[J",
    "\u{1b}[31m",
    "\u{1b}[?1049l",
    "\u{1b}[?25l",
    "\u{1b}[?1003h",
    "\u{1b}[?2004l",
    "\u{1b}[201~",
    "\u{1b}[200~",
    "\u{1b}[6n",
    "\u{1b}[c",
    "\u{1b}[>c",
    "\u{1b}[>q",
    "\u{1b}[?u",
    "\u{1b}[=c",
    "\u{1b}[21t",
    "\u{1b}[8;1;1t",
    "\u{1b}[20t",
    "\u{1b}[!p",
    "\u{1b}[4h",
    "\u{1b}[12l",
    "\u{1b}[1;2r",
    "\u{1b}[99999999999b",
    "\u{1b}[5i",
    "\u{1b}[$}",
    "\u{1b}[\"p",
    "\u{1b}]0;title\u{7}",
    "\u{1b}]0;title\u{1b}\\",
    "\u{1b}]2;$(id)\u{7}",
    "\u{1b}]4;1;?\u{7}",
    "\u{1b}]7;file://host/\u{7}",
    "\u{1b}]8;;http://example.org\u{1b}\\link\u{1b}]8;;\u{1b}\\",
    "\u{1b}]9;note\u{7}",
    "\u{1b}]10;?\u{1b}\\",
    "\u{1b}]11;?\u{7}",
    "\u{1b}]50;font\u{7}",
    "\u{1b}]52;c;ZXZpbA==\u{7}",
    "\u{1b}]52;c;?\u{7}",
    "\u{1b}]99;i=1:d=0;x\u{1b}\\",
    "\u{1b}]133;A\u{7}",
    "\u{1b}]633;E;id\u{7}",
    "\u{1b}]777;notify;a;b\u{7}",
    "\u{1b}]1337;File=inline=1:AAAA\u{7}",
    "\u{1b}]",
    "\u{1b}[",
    "\u{1b}",
    "\u{1b}P$q\"p\u{1b}\\",
    "\u{1b}P+q544e\u{1b}\\",
    "\u{1b}Pq#0;2;0;0;0#0~~\u{1b}\\",
    "\u{1b}P1000p",
    "\u{1b}_Gi=1,a=T;AAAA\u{1b}\\",
    "\u{1b}^private\u{1b}\\",
    "\u{1b}Xstring\u{1b}\\",
    "\u{1b}kname\u{1b}\\",
    "\u{1b}c",
    "\u{1b}#8",
    "\u{1b}7\u{1b}8",
    "\u{1b}(0lqk\u{1b}(B",
    "\u{1b}%G",
    "\u{1b}=\u{1b}>",
    "\u{1b}D\u{1b}M\u{1b}E",
    "\u{1b}N\u{1b}O",
    "\u{1b}\u{1b}[A",
    "\u{9b}31m",
    "\u{9b}2J",
    "\u{9d}0;x\u{9c}",
    "\u{9d}52;c;ZQ==\u{9c}",
    "\u{90}q\u{9c}",
    "\u{98}x\u{9c}",
    "\u{9e}x\u{9c}",
    "\u{9f}Gx\u{9c}",
    "\u{84}\u{85}\u{88}\u{8d}",
    "\u{8e}\u{8f}",
    "a\0b",
    "a\rb\nc\td",
    "\r\nHTTP/1.1 200 OK\r\n",
    "back\u{8}\u{8}\u{8}\u{7f}",
    "\u{e}shift\u{f}",
    "\u{5}answer\u{6}",
    "\u{18}\u{1a}",
    "\u{b}\u{c}",
];

/// What turns text around, hides it or makes it too wide, too tall, or like a frame of ours.
const DISGUISES: &[&str] = &[
    "\u{202e}gnp.exe",
    "\u{202d}abc\u{202c}",
    "\u{2066}a\u{2069}\u{2067}b",
    "\u{2068}x",
    "\u{200e}\u{200f}\u{61c}",
    "عربي \u{202b}nested\u{202c}",
    "zero\u{200b}width\u{2060}\u{feff}",
    "\u{200c}\u{200d}",
    "soft\u{ad}hyphen",
    "line\u{2028}para\u{2029}",
    "a\u{200d}b",
    "\u{e0041}\u{e0042}",
    "\u{e0001}\u{e007f}",
    "\u{fff9}x\u{fffa}y\u{fffb}",
    "\u{85}next",
    "\u{180e}mongolian",
    "\u{206a}\u{206f}",
    "\u{2061}\u{2062}\u{2063}\u{2064}",
    "\u{115f}\u{1160}\u{3164}\u{ffa0}",
    "\u{34f}joined",
    "\u{fe0f}\u{fe0e}",
    "\u{1d173}\u{1d17a}",
    "\u{13430}\u{1343f}",
    "\u{fffe}\u{ffff}",
    "\u{e000}\u{f8ff}",
    "\u{10ffff}",
    "e\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}",
    "Z\u{335}\u{321}\u{353}a\u{489}l\u{334}g\u{336}o\u{20dd}",
    "発表会\u{1b}[31m資料",
    "👩\u{200d}💻\u{202e}🎨",
    "👩\u{200d}",
    "\u{200d}👩",
    "👨‍👩‍👧‍👦👨‍👩‍👧‍👦👨‍👩‍👧‍👦👨‍👩‍👧‍👦👨‍👩‍👧‍👦",
    "🏴\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}",
    "🇯🇵🇯",
    "☺\u{fe0f}☺\u{fe0e}",
    "क\u{94d}\u{200d}ष",
    "ﷺﷺﷺ",
    "𒐫𒐫",
    "…………",
    "┃━┏┓│─┌┐",
    "▸ Finals",
    "TOTAL $0.00",
    "saved · unsaved",
    "\\u001b[2J",
    "^[[2J",
    "%s%n%x{}{0}{name}",
    "$(reboot)`id`;|&",
    "../../../../etc/passwd",
    "\"\"\"'''\\",
    "<script>alert(1)</script>",
    "=cmd|' /C calc'!A0",
    "NUL",
    "",
    " ",
    "                                                                                ",
];

/// Every known payload: each control and direction character alone and between letters, commands, disguises.
pub(crate) fn known() -> Vec<String> {
    let controls = ('\0'..='\u{1f}').chain('\u{7f}'..='\u{9f}');
    let directions = "\u{61c}\u{200e}\u{200f}\u{202a}\u{202b}\u{202c}\u{202d}\u{202e}\u{2066}\u{2067}\u{2068}\u{2069}";
    let hidden = "\u{ad}\u{180e}\u{200b}\u{2028}\u{2029}\u{2060}\u{feff}\u{fff9}\u{fffa}\u{fffb}";
    let alone = controls.chain(directions.chars()).chain(hidden.chars()).map(|c| format!("a{c}b"));
    let long = [format!("{}\u{1b}[2J", "x".repeat(5000)), "\u{1b}[31m".repeat(500), "\u{301}".repeat(3000)];
    let listed = COMMANDS.iter().chain(DISGUISES).map(|text| (*text).to_owned());
    alone.chain(listed).chain(long).collect()
}

/// Names as people write them, in every script and width: wide, narrow, combining, joined, right to left, ambiguous. 300 of them.
pub(crate) fn scripts() -> Vec<String> {
    const NAMES: [&str; 50] = [
        "発表資料",
        "한국어 이름",
        "ｗｉｄｅ",
        "ﾊﾝｶｸ",
        "ひらがな",
        "カタカナ",
        "繁體中文",
        "简体中文",
        "ㄅㄆㄇ",
        "㈱㍿",
        "e\u{301}a\u{308}o\u{302}",
        "naïve",
        "Ελληνικά",
        "Кириллица",
        "Ծառ",
        "ქართული",
        "عربي",
        "שם המוצר",
        "فارسی",
        "اردو",
        "हिन्दी",
        "বাংলা",
        "தமிழ்",
        "తెలుగు",
        "ಕನ್ನಡ",
        "മലയാളം",
        "සිංහල",
        "ไทย",
        "ລາວ",
        "မြန်မာ",
        "ខ្មែរ",
        "བོད་ཡིག",
        "አማርኛ",
        "ᏣᎳᎩ",
        "ᐃᓄᒃᑎᑐᑦ",
        "ᚠᚢᚦ",
        "Tiếng Việt",
        "ß ﬁ ĳ",
        "※±×÷°§¶",
        "①②③",
        "←↑→↓",
        "■□▲△",
        "🎨",
        "👩‍💻",
        "👨‍👩‍👧‍👦",
        "🏳️‍🌈",
        "🇯🇵",
        "👍🏽",
        "❤️‍🔥",
        "5\u{fe0f}\u{20e3}",
    ];
    let forms: [fn(&str) -> String; 6] = [
        str::to_owned,
        |name| name.repeat(20),
        |name| format!("a{name}b"),
        |name| format!("{name} 発{name}"),
        |name| format!("{}{name}", "x".repeat(25)),
        |name| format!("{name}\u{301}🎨{name}"),
    ];
    NAMES.iter().flat_map(|name| forms.iter().map(|form| form(name))).collect()
}

/// A random one: pieces of the known ones, any character, and what begins commands more often than chance would.
pub(crate) fn random(dice: &mut Dice) -> String {
    const BEGINNINGS: &[char] =
        &['\u{1b}', '\u{9b}', '\u{9d}', '\u{90}', '\u{7}', '\u{202e}', '\u{200d}', '\n', '\t', '\0'];
    let mut text = String::new();
    for _ in 0..dice.below(12) {
        match dice.below(6) {
            0 => text.push_str(dice.pick::<&str>(COMMANDS)),
            1 => text.push_str(dice.pick::<&str>(DISGUISES)),
            2 => text.push(*dice.pick(BEGINNINGS)),
            3 => text.push(char::from(u8::try_from(0x20 + dice.below(0x60)).unwrap())),
            4 => text.extend(char::from_u32(u32::try_from(dice.below(0x300)).unwrap())),
            _ => text.extend(char::from_u32(u32::try_from(dice.below(0x11_0000)).unwrap())),
        }
    }
    text
}

/// The text as a TOML string on one line.
pub(crate) fn quoted(text: &str) -> String {
    let escaped = text.chars().map(|c| match c {
        '"' | '\\' => format!("\\{c}"),
        ' '..='~' => c.to_string(),
        c => format!("\\U{:08X}", u32::from(c)),
    });
    format!("\"{}\"", escaped.collect::<String>())
}

/// A project that says the text in every string that may be anything; it reads without errors.
pub(crate) fn anything(text: &str) -> String {
    // A key of blanks alone is none.
    let (t, key) = (quoted(text), quoted(&format!("k{text}")));
    format!(
        "retake = 1\nname = {t}\nclient = {t}\nnotes = {t}\ncurrency = \"JPY\"\n\n[exchange]\nrate = 152.4\n\
         as_of = 2026-11-20\nsource = {t}\n\n[assumptions]\nquality = \"high\"\nprompt = {t}\n\n\
         [deliverable.{key}]\nname = {t}\nnote = {t}\nfinals = 24\nprompt = {t}\n\n\
         [deliverable.second]\nname = {t}\nfinals = 3\nexplore = {{ drafts_per_final = 2 }}\n\n\
         [retry_profile.{t}]\nfactor = 2\nsource = {t}\n\n[scenario.{t}]\n{t} = {t}\n\n[bills.{t}]\n{t} = {t}\n"
    )
}

/// A project that says it as every key and every value that has to be something else: errors quote it, and name what would be
/// allowed, a profile of that name among it.
pub(crate) fn everywhere(text: &str) -> String {
    let (t, key) = (quoted(text), quoted(&format!("k{text}")));
    let knobs = [
        "model",
        "service_tier",
        "quality",
        "ratio",
        "size",
        "retry",
        "buffer",
        "images_per_call",
        "pick",
        "prompt_tokens",
        "cached_input",
        "partial_images",
        "cap",
        "prompt_file",
    ];
    let wrong: String = knobs.iter().map(|knob| format!("{knob} = {t}\n")).collect();
    format!(
        "retake = 1\n{t} = {t}\nextends = {t}\ncurrency = {t}\n\n[exchange]\nrate = {t}\nas_of = {t}\n{t} = {t}\n\n\
         [assumptions]\nreferences = [{t}]\n{t} = {t}\n{wrong}\n[deliverable.{t}]\nposition = {t}\npreset = {t}\n\
         finals = {t}\n{wrong}references = [{t}, 5]\nexplore = {{ quality = {t}, size = {t}, {t} = {t} }}\n\n\
         [retry_profile.{key}]\nfactor = {t}\n\n[rates.{t}]\nchecked = {t}\nsource = {t}\ngrade = {t}\n\
         standard = {{ image_output = {t}, {t} = {t} }}\n\n[{key}]\n{t} = {t}\n"
    )
}
