//! Projects as people and their editors really leave them: the samples, and texts that are valid but difficult.

use crate::support::{samples, samples_folder};
use std::path::PathBuf;

/// The name and the text of a case.
pub(crate) type Case = (String, String);

/// The path of a case; only the files that it extends are read there.
pub(crate) fn place() -> PathBuf {
    samples_folder().join("case.retake.toml")
}

pub(crate) fn corpus() -> Vec<Case> {
    let mut cases: Vec<Case> =
        samples().into_iter().map(|(name, path)| (name, std::fs::read_to_string(path).unwrap())).collect();
    let launch = cases.iter().find(|(name, _)| name.starts_with("product")).unwrap().1.clone();
    let brand = cases[0].1.clone();
    let mixed: String = launch
        .split_inclusive('\n')
        .enumerate()
        .map(|(at, line)| if at % 3 == 0 { crlf(line) } else { line.to_owned() })
        .collect();
    let made = [
        ("byte order mark", format!("\u{feff}{launch}")),
        ("crlf", crlf(&brand)),
        ("crlf and byte order mark", format!("\u{feff}{}", crlf(&launch))),
        ("mixed endings", mixed),
        ("no final newline", launch.trim_end().to_owned()),
        ("crlf without the last", crlf(&brand).trim_end().to_owned()),
    ];
    cases.extend(made.map(|(name, text)| (name.to_owned(), text)));
    cases.extend(TEXTS.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())));
    cases
}

fn crlf(text: &str) -> String {
    text.replace('\n', "\r\n")
}

const TEXTS: &[(&str, &str)] = &[
    ("nothing but the version", "retake = 1\n"),
    ("one empty table", "retake = 1\n[deliverable.a]"),
    (
        "comments in odd places",
        "# top\n\n# loose\n\nretake = 1 # v\n# before name\nname = \"Odd\"     # column\n# after name\n\n# loose two\n\n\
         # lead of assumptions\n[assumptions] # head\n# first in\nquality = \"high\" # q\n\n# middle\n\nbuffer = \"20%\" # b\n\
         # last in\n\n# between\n\n# lead of b\n[deliverable.b] # head b\n# in b\nfinals = 4      # how many\nquality = \"low\" # cheap\n\
         # tail of b\n\n\n\n# lead of a\n[deliverable.a]\nfinals = 1 # one\n# end of file",
    ),
    (
        "interleaved dotted keys",
        "retake = 1\nassumptions.quality = \"high\" # q\ndeliverable.b.finals = 2\nassumptions.buffer = \"10%\"\n\
         deliverable.a.finals = 3 # a\ndeliverable.b.retry.low = 1.5\ndeliverable.b.retry.likely = 2.0\n\
         deliverable.b.retry.high = 3.0\ndeliverable.a.explore.drafts_per_final = 4\ndeliverable.b.name = \"B\"\n",
    ),
    (
        "quoted keys",
        "\"retake\" = 1\n'name' = \"Quoted\"\n[\"assumptions\"]\n\"quality\" = \"low\"\n'buffer' = '5%'\n\
         [deliverable.\"with space\"]\n\"finals\" = 3\n[deliverable.'dot.ted']\nfinals = 4\n[deliverable.\"quo\\\"te\"]\nfinals = 5\n",
    ),
    (
        "deliverables as inline tables",
        "retake = 1\nassumptions = { quality = \"high\", buffer = \"20%\" }   # all in a row\n\n[deliverable]\n\
         hero = { name = \"Hero\", finals = 3, retry = 2.0 } # hero\ndetail = { finals = 5, explore = { drafts_per_final = 2, quality = \"low\" } }\n\
         empty = {}\n",
    ),
    (
        "everything in one inline table",
        "retake = 1\ndeliverable = { b = { finals = 1 }, a = { finals = 2, quality = \"low\" } }\n",
    ),
    (
        "unknown keys",
        "retake = 1\nowner = \"studio\"      # not ours\nx.y = [1, 2]\n[assumptions]\nqality = \"high\" # a slip\nbuffer = \"10%\"\n\
         [deliverable.hero]\nfinals = 3\ncolour = \"red\"\n[deliverable.hero.links]\nbrief = \"a.pdf\" # kept\n\
         [deliverable.other]\nfinals = 2\n[plugin.thing]\nstate = { on = true }\n",
    ),
    (
        "scenario, bills and profiles",
        "retake = 1\n\n[retry_profile.house]   # ours\nlow = 1.2\nlikely = 1.6\nhigh = 2.5\nsource = \"last year\"\n\n[assumptions]\n\
         retry = \"house\"\n\n[deliverable.hero]\nfinals = 12\nretry = { factor = 2.0, confidence = \"measured\" }\n\n\
         [deliverable.side]\nfinals = 4\nretry = { accepted = \"40%\", confidence = 12 }\n\n\
         [scenario.client-2k]                # a set of changes\nname = \"Client wants 2K\"\nassumptions.retry = 2.5\n\
         deliverable.hero.size = \"1600x2000\"\n\n[bills]\ncompare = [\"pixapi\", \"laozhang-vip\"] # beside ours\n",
    ),
    (
        "unicode keys and names",
        "retake = 1\nname = \"発表 · été\"\n[deliverable.\"発表\"]\nfinals = 3 # 三\n[deliverable.\"ünïcode\"]\nname = \"Über\"\nposition = -5\nfinals = 2\n",
    ),
    (
        "no positions, unsorted",
        "retake = 1\n\n[deliverable.zebra]\nfinals = 1\n\n[deliverable.apple]\nfinals = 2\n\n[deliverable.mango]\nfinals = 3\n\n[deliverable.fig]\nfinals = 4\n",
    ),
    (
        "dotted keys of deliverables in turns",
        "retake = 1\ndeliverable.b.finals = 2\ndeliverable.a.finals = 3\ndeliverable.b.name = \"B\"\ndeliverable.a.note = \"n\"\n",
    ),
    (
        "positions that tie and run backwards",
        "retake = 1\n[deliverable.a]\nposition = 30\nfinals = 1\n[deliverable.b]\nposition = 10\n[deliverable.c]\nposition = 10\nfinals = 2\n\
         [deliverable.d]\n[deliverable.e]\nposition = 1000000000\n[deliverable.f]\nposition = -1000000000\n",
    ),
    (
        "sub-tables before and apart from their table",
        "retake = 1\n[deliverable.hero.explore]\ndrafts_per_final = 3 # first\n\n[assumptions]\nbuffer = \"10%\"\n\n[deliverable.hero]\nfinals = 2\n\n\
         [deliverable.hero.retry] # as a table\nlow = 1.5 # p10\nlikely = 2.0\nhigh = 3.0\n\n[deliverable.only.explore]\ndrafts_per_final = 2\n",
    ),
    (
        "old prices with remarks",
        "retake = 1\ncurrency = \"JPY\"\n[exchange]\nrate = 152.40 # bank\nas_of = 2026-11-20\nsource = \"finance desk\"\n[assumptions]\n\
         cap = \"25 USD\" # theirs\n[deliverable.hero]\nfinals = 4\n[rates.\"openai/gpt-image-2\"] # agreed in spring\n\
         checked = 2026-10-01\nsource = \"the contract\"\nstandard = { image_output = 28.00, image_input = 8.00, text_input = 5.00 } # less\n\
         mine = \"kept\"\n[rates.\"reseller/thing\"]\nsource = \"them\"\nchecked = 2026-01-01\n",
    ),
    (
        "prices as tables",
        "retake = 1\n[deliverable.hero]\nfinals = 4\n[rates.\"openai/gpt-image-2\"]\nchecked = 2026-10-01\nsource = \"us\"\n\
         [rates.\"openai/gpt-image-2\".standard]\n# per million\nimage_output = 28.00 # negotiated\nimage_input = \"8.00\"\ntext_input = 5\n",
    ),
    (
        "indented, spaced out, several lines",
        "retake   =   1\n\n  [assumptions]\n    quality   =   \"high\"   # wide\n\n  [deliverable.hero]\n    finals = 1_000\n    references = [\n\
         \x20     \"1024x1024\", # front\n      \"1024x1280\", # side\n    ]\n    note = \"\"\"\nfirst\n[not.a.table]\n\"\"\" # end of note\n    retry = {\n\
         \x20     low = 1.5, # p10\n      likely = 2.0,\n      high = 3.0\n    }\n",
    ),
    (
        "values that cannot be read, prompts without a count",
        "retake = 1\n[assumptions]\nquality = \"hgih\" # a slip\nprompt_file = \"base.txt\"\n[deliverable.hero]\nfinals = \"many\"\nprompt = \"a cup\"\n\
         [deliverable.side]\nfinals = 2\nretry = 0.5\n",
    ),
    (
        "values that cannot be read, beside the knobs",
        "retake = 1\n[deliverable.hero]\nfinals = 4\n[fee.studio]\namount = \"much\" # a slip\nper = \"final\"\n\
         [scenario.more]\nassumptions.retry = \"often\"\ndeliverable.hero.finals = \"many\"\n\
         [bills]\ncompare = [\"packs\"]\nmonths = \"3\"\n\
         [card.packs]\nkind = \"credits per image\"\nprice = 2\npack.a = { usd = 3, credits = 10, months = 1 }\nsource = \"a page\"\n",
    ),
];
