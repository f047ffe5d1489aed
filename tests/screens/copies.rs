//! The estimate on the clipboard: what is asked, and what a mail, a chat and a spreadsheet get.

use crate::desk::{Desk, TWO_LINES, budget};
use retake::app::Effect;
use retake::app::model::overlay::Overlay;
use retake::cost::Decimal;
use retake::words::columns::width;
use retake::words::number::{Marks, read_as};

/// A project with all that an estimate can hold.
const ALL: &str = r#"retake = 1
name = "Spring launch"
client = "Acme"

[assumptions]
quality = "high"
retry = 2.0
cap = 400
markup = "15%"
tax = "19%"

[bills]
compare = ["muapi"]

[fee.retouching]
amount = 4.50
per = "final"

[deliverable.hero]
name = "Hero shot"
ratio = "4:5"
finals = 24
"#;

/// The keys that lead to each form.
const FORMS: [(&str, &str); 3] = [
    ("mail to your team", "<ctrl-y> <down> <enter>"),
    ("Markdown", "<ctrl-y> <down> <down> <enter>"),
    ("cells", "<ctrl-y> c e l l <enter>"),
];

pub(crate) fn copied(desk: &mut Desk, keys: &str) -> String {
    match desk.keys(keys).effects.pop() {
        Some(Effect::Copy(text)) => text.as_str().to_owned(),
        other => panic!("{keys}: {other:?}"),
    }
}

fn words(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn the_form_is_asked_for_and_esc_copies_nothing() {
    let mut desk = Desk::of(ALL);
    desk.keys("<ctrl-y>");
    let screen = desk.screen(80, 24);
    for said in ["Copy the estimate", "mail to the client", "mail to your team", "Markdown", "cells"] {
        assert!(screen.contains(said), "{said}\n{screen}");
    }
    desk.keys("<esc>");
    assert!(desk.state.overlays.is_empty() && desk.effects.is_empty(), "{:?}", desk.effects);
    for (form, keys) in FORMS {
        copied(&mut desk, keys);
        let said = desk.state.session.notice.as_ref().unwrap().text.clone();
        assert!(said.starts_with(&format!("copied: {form}, ")), "{said}");
        assert!(!matches!(desk.state.overlays.top(), Some(Overlay::Picker(_))));
    }
}

/// What a reader without the program has to know; each form holds all of it.
#[test]
fn every_form_says_whose_what_when_and_what_is_not_in_it() {
    let mut desk = Desk::of(ALL);
    let total = desk.total();
    let amount = total.trim_start_matches('$');
    for (form, keys) in FORMS {
        let text = words(&copied(&mut desk, keys)).replace('\\', "");
        for said in [
            "Estimate: Spring launch",
            "Acme",
            "2026-11-21",
            "400",
            "24 finals take about 48 images: 2 tries per final, 50 % of the images are kept.",
            "Official prices of gpt-image-2 (standard), as of 2026-11-21.",
            "Hero shot",
            "1024×1280",
            "retouching, 24 finals",
            "markup 15 %",
            "tax 19 %",
            "MuAPI",
            "Not in the total: refused requests.",
            "Fees, markup and tax come on top of each rate card.",
            amount,
        ] {
            assert!(text.contains(said), "{form}: {said}\n{text}");
        }
        assert!(text.contains("below the cap of $400."), "{form}: {text}");
    }
    let mut bare = Desk::of(TWO_LINES);
    for (form, keys) in FORMS {
        let text = words(&copied(&mut bare, keys));
        assert!(text.contains("Not in the total: fees, markup, tax, refused requests."), "{form}: {text}");
        assert!(!text.contains("cap"), "{form}: {text}");
    }
}

#[test]
fn the_other_bills_have_their_difference_in_money_and_percent() {
    let mut desk = Desk::of(ALL);
    let text = copied(&mut desk, FORMS[0].1);
    let row = text.lines().find(|line| line.starts_with("• MuAPI: $")).unwrap_or_else(|| panic!("{text}"));
    assert!(row.contains(", −$") && row.ends_with(" %)"), "{row}");
}

#[test]
fn a_total_over_its_cap_or_unknown_is_told() {
    for (text, said) in [
        (ALL.replace("cap = 400", "cap = 10"), "over the cap of $10."),
        (ALL.replace("\"high\"", "\"auto\""), "The total is unknown; what is known adds up to $"),
        (ALL.replace("cap = 400", "cap = 1").replace("\"high\"", "\"auto\""), "over the cap of $1."),
    ] {
        let mut desk = Desk::of(&text);
        for (form, keys) in FORMS {
            let text = words(&copied(&mut desk, keys));
            assert!(text.contains(said), "{form}: {said}\n{text}");
        }
    }
}

/// Names that are longer than a line, too.
#[test]
fn a_mail_has_lines_of_at_most_seventy_two_columns() {
    let long = "発表会の写真 and a name without an end ".repeat(2) + &"x".repeat(90);
    for text in [ALL.to_owned(), ALL.replace("Hero shot", &long).replace("Acme", &long)] {
        let mut desk = Desk::of(&text);
        let mail = copied(&mut desk, FORMS[0].1);
        for line in mail.lines() {
            assert!(width(line) <= 72, "{}: {line}", width(line));
        }
    }
}

#[test]
fn the_rows_of_a_mail_add_up_to_the_total() {
    let mut desk = Desk::of(TWO_LINES);
    let text = copied(&mut desk, FORMS[0].1);
    let amount = |line: &str| {
        let sign = if line.contains('−') { -Decimal::ONE } else { Decimal::ONE };
        line.split('$').nth(1).map(|amount| amount.parse::<Decimal>().unwrap() * sign)
    };
    let rows: Vec<&str> = text.lines().filter(|line| line.starts_with("• ")).collect();
    let joined = text.replace("\n  ", " ");
    let items = || joined.lines().filter(|line| line.starts_with("• "));
    let before: Vec<&str> = items().take_while(|line| !line.starts_with("• subtotal: ")).collect();
    let subtotal = items().nth(before.len()).and_then(amount).unwrap_or_else(|| panic!("{text}"));
    assert_eq!(before.into_iter().filter_map(amount).sum::<Decimal>(), subtotal, "{text}");
    let is_subtotal = |line: &&str| line.starts_with("• subtotal: ");
    let amounts: Vec<Decimal> = items().filter(|line| !is_subtotal(line)).filter_map(amount).collect();
    assert!(rows.len() >= 4 && joined.contains("\n• buffer 20 %: $"), "{text}");
    let (total, parts) = amounts.split_last().unwrap();
    assert_eq!(parts.iter().sum::<Decimal>(), *total, "{text}");
    assert!(joined.contains(&format!("• TOTAL: {}\n", desk.total())), "{text}");
}

/// Every figure of the cells is a number that a spreadsheet of the reader's country counts with, and the column adds up.
#[test]
fn cells_are_rows_with_numbers_in_the_readers_signs() {
    for (format, sign) in [("1,234.56", '.'), ("1.234,56", ',')] {
        let _reader = read_as(Marks::of_example(format).unwrap());
        let mut desk = Desk::new(budget(&TWO_LINES.replace("finals = 60", "finals = 60000")));
        let text = copied(&mut desk, FORMS[2].1);
        let rows: Vec<Vec<&str>> = text.lines().map(|line| line.split('\t').collect()).collect();
        let head = rows.iter().position(|row| row.contains(&"Currency")).unwrap_or_else(|| panic!("{text}"));
        assert_eq!(rows[head].len(), 8, "{:?}", rows[head]);
        let number = |cell: &str| {
            assert!(cell.chars().all(|c| c.is_ascii_digit() || c == sign || c == '-'), "{cell} in {text}");
            cell.replace(',', ".").parse::<Decimal>().unwrap()
        };
        let below: Vec<&Vec<&str>> = rows[head + 1..].iter().take_while(|row| row.len() > 1).collect();
        let (total, parts) = below.split_last().unwrap();
        assert_eq!((total[0], total[7]), ("TOTAL", "USD"));
        assert_eq!(parts.iter().map(|row| number(row[6])).sum::<Decimal>(), number(total[6]), "{text}");
        assert_eq!([number(below[1][3]), number(below[1][5])], [60_000.into(), 120_000.into()], "{text}");
    }
}

#[test]
fn an_approximate_cost_is_a_number_with_an_approximate_unit() {
    let rate = "currency = \"EUR\"\n\n[exchange]\nrate = 0.9\nas_of = 2026-11-20\n\n[assumptions]";
    let mut desk = Desk::of(&TWO_LINES.replace("[assumptions]", rate));
    let text = copied(&mut desk, FORMS[2].1);
    assert!(text.lines().any(|line| line.ends_with("\t≈EUR")), "{text}");
    assert!(text.contains("≈ converted at 1 USD = 0.9 EUR of 2026-11-20"), "{text}");
}

/// Chats know lists and bold text; a table stays a heap of bars in most of them.
#[test]
fn markdown_is_lists_and_bold_text_without_tables() {
    let mut desk = Desk::of(&ALL.replace("Hero shot", "Hero *shot* | <b>"));
    let text = copied(&mut desk, FORMS[1].1);
    assert!(text.starts_with("**Estimate: Spring launch**\n\n* Client: Acme\n"), "{text}");
    assert!(text.contains("* Hero \\*shot\\* \\| \\<b\\>, 1024×1280 high: 24 × 2.00 tries = 48 images, $"), "{text}");
    assert!(!text.lines().any(|line| line.starts_with(['|', '-', '#'])), "{text}");
}

/// Drafts and several images a call make a row no product of finals and tries.
#[test]
fn a_row_states_no_equation_that_is_false() {
    for (more, row, sentence) in [
        (
            "[deliverable.hero.explore]\ndrafts_per_final = 4",
            "10 × 2.00 tries = 20 images + 40 drafts, $",
            "about 60 images, drafts included.",
        ),
        ("images_per_call = 4", "10 × 2.00 tries → 42.7 images, $", "10 finals take about 42.7 images."),
    ] {
        let mut desk = Desk::of(&ALL.replace("finals = 24", &format!("finals = 10\n{more}")));
        for (form, keys) in &FORMS[..2] {
            let text = words(&copied(&mut desk, keys));
            assert!(text.contains(row) && text.contains(sentence), "{form}: {row}\n{text}");
        }
        let cells = copied(&mut desk, FORMS[2].1);
        assert!(cells.contains(sentence) && !cells.contains("tries per final"), "{cells}");
    }
}

/// Rows and subtotal that meet their sums have no row for rounding.
#[test]
fn rounding_has_a_row_only_where_the_cents_do_not_add_up() {
    for finals in 1..40 {
        let mut desk = Desk::of(&TWO_LINES.replace("finals = 60", &format!("finals = {finals}")));
        let text = copied(&mut desk, FORMS[0].1);
        assert!(!text.contains("rounding: $0.00") && !text.contains("rounding: −$0.00"), "{text}");
    }
}

/// The client reads what is delivered and what is in the total, and nothing that is the team's own.
#[test]
fn the_client_gets_no_figure_of_the_team() {
    let guessed = ALL.replace("retry = 2.0\n", "");
    let mut desk = Desk::of(&guessed);
    let total = desk.total();
    let team = words(&copied(&mut desk, FORMS[0].1));
    let text = words(&copied(&mut desk, "<ctrl-y> <enter>"));
    for said in [
        "Estimate: Spring launch Client: Acme Date: 2026-11-21",
        "The total is $188.54: $158.44 and tax 19 %, $30.10.",
        "• Hero shot, 1024×1280 high: 24 finals",
        "The total includes all images made on the way to the finals, buffer 20 %, retouching, tax.",
        "Not in the total: additional finals.",
        "Prices as of 2026-11-21.",
    ] {
        assert!(text.contains(said), "{said}\n{text}");
    }
    assert_eq!((text.matches('$').count(), total.as_str()), (3, "$188.54"), "{text}");
    for own in ["cap", "MuAPI", "markup", "tries", "grade", "1.545", "guess"] {
        assert!(!text.contains(own) && team.contains(own), "{own}\n{text}\n{team}");
    }
    let guess = "Hero shot: 1.545× is a public guess (grade C), range 1.15–2";
    assert!(team.contains(guess), "{team}");
    // What is not charged is told, except a markup.
    let text = words(&copied(&mut Desk::of(TWO_LINES), "<ctrl-y> <enter>"));
    assert!(text.contains("Not in the total: fees, tax, additional finals."), "{text}");
    let unknown = words(&copied(&mut Desk::of(&ALL.replace("\"high\"", "\"auto\"")), "<ctrl-y> <enter>"));
    assert!(
        unknown.contains("The total is unknown; what is known adds up to $") && !unknown.contains("cap"),
        "{unknown}"
    );
}
