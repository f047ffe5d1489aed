//! What can be typed at a field, in ASCII and in full width; the question about a factor; lists with figures in columns.

use crate::desk::{Desk, TWO_LINES, words_of};
use retake::app::model::field::Field;
use retake::app::{Chord, Focus};
use retake::cost::budget::knob_text;
use retake::cost::{Knob, Setting};

/// The keyboard on a field of the selected row.
fn on(desk: &mut Desk, knob: Knob) {
    let pane = knob.row().pane;
    desk.state.view.focus = Focus::Pane(pane);
    let at = desk.state.fields(pane).iter().position(|field| *field == Field::Knob(knob));
    desk.state.view.field_at[pane as usize] = at.unwrap_or_else(|| panic!("{knob:?} has no field"));
}

/// The setting of a knob as text.
fn set(desk: &Desk, knob: Knob) -> String {
    match desk.state.setting(knob) {
        Some(Setting::Value(value)) => knob_text::write(value),
        other => format!("{other:?}"),
    }
}

fn wide(text: &str) -> String {
    text.chars()
        .map(|c| if ('!'..='~').contains(&c) { char::from_u32(c as u32 + 0xfee0).unwrap() } else { c })
        .collect()
}

fn notice(desk: &Desk) -> String {
    desk.state.session.notice.as_ref().map(|notice| notice.text.clone()).unwrap_or_default()
}

/// Fields, what is typed at each, and the setting that it means.
const FORMS: [(Knob, &str, &str); 25] = [
    (Knob::Ratio, "4:5", "4:5"),
    (Knob::Size, "2k", "2k"),
    (Knob::Size, "1024x1280", "1024x1280"),
    (Knob::Quality, "low", "low"),
    (Knob::Model, "gpt-image-1.5", "gpt-image-1.5"),
    (Knob::ServiceTier, "batch", "batch"),
    (Knob::References, "1024x1024, 512x512", "1024x1024, 512x512"),
    (Knob::PromptTokens, "180", "180"),
    (Knob::CachedInput, "50%", "50%"),
    (Knob::PartialImages, "2", "2"),
    (Knob::Finals, "48", "48"),
    (Knob::Repeat, "30", "30"),
    (Knob::Drafts, "6", "6"),
    (Knob::Retry, "1.6x", "1.6"),
    (Knob::Retry, "40% kept", "40%"),
    (Knob::Retry, "40% ok", "40%"),
    (Knob::Retry, "40% accepted", "40%"),
    (Knob::Retry, "20/60", "20/60"),
    (Knob::Retry, "7/20", "7/20"),
    (Knob::Retry, "3/7", "3/7"),
    (Knob::Retry, "1.5/2/3", "1.5/2/3"),
    (Knob::ImagesPerCall, "4", "4"),
    (Knob::Buffer, "15%", "15%"),
    (Knob::Cap, "$500", "500 USD"),
    (Knob::Cap, "500", "500"),
];

#[test]
fn every_form_is_understood_in_ascii_and_in_full_width() {
    for (knob, typed, expected) in FORMS {
        for text in [typed.to_owned(), wide(typed)] {
            let mut desk = Desk::of(TWO_LINES);
            on(&mut desk, knob);
            desk.keys("e").retype(&text).keys("<enter>");
            assert!(desk.state.view.input.is_none(), "{knob:?} {text}: {:?}", desk.state.view.input);
            assert_eq!(set(&desk, knob), expected, "{knob:?} {text}");
        }
    }
    for (typed, expected) in [("￥500", "500 JPY"), ("￡500", "500 GBP"), ("￦500", "500 KRW"), ("＄５００", "500 USD")]
    {
        let mut desk = Desk::of(TWO_LINES);
        on(&mut desk, Knob::Cap);
        desk.keys("e").retype(typed).keys("<enter>");
        assert_eq!(set(&desk, Knob::Cap), expected, "{typed}");
    }
}

#[test]
fn a_currency_sign_begins_to_type_on_the_cap_alone() {
    for sign in ['$', '€', '＄', '￥'] {
        let mut desk = Desk::of(TWO_LINES);
        on(&mut desk, Knob::Cap);
        desk.press(Chord::char(sign)).type_text("500").keys("<enter>");
        assert!(set(&desk, Knob::Cap).starts_with("500 "), "{sign}: {}", set(&desk, Knob::Cap));
    }
    let mut desk = Desk::of(TWO_LINES);
    on(&mut desk, Knob::Finals);
    desk.keys("$");
    assert!(desk.state.view.input.is_none());
}

#[test]
fn what_is_built_of_a_typed_factor_is_said() {
    for (typed, said) in [
        ("1.5/2/3", "1.5 at best, 2 likely, 3 at worst: the mean of 2.15 counts"),
        ("20/60", "33.3 % of the images kept: 3.00× per final"),
        ("40% kept", "40 % of the images kept: 2.50× per final"),
    ] {
        let mut desk = Desk::of(TWO_LINES);
        on(&mut desk, Knob::Retry);
        desk.keys("e").retype(typed).keys("<enter>");
        assert_eq!(notice(&desk), said, "{typed}");
    }
}

#[test]
fn more_kept_than_made_and_half_images_are_refused() {
    for typed in ["60/20", "0/5", "1.5/3", "5/", "/5"] {
        let mut desk = Desk::of(TWO_LINES);
        on(&mut desk, Knob::Retry);
        desk.keys("e").retype(typed).keys("<enter>");
        let input = desk.state.view.input.as_ref().unwrap_or_else(|| panic!("{typed} was taken"));
        assert!(input.refused.is_some() && input.entry.text() == typed, "{typed}");
    }
    let mut desk = Desk::of(TWO_LINES);
    on(&mut desk, Knob::Retry);
    desk.keys("e").retype("60/20").keys("<enter>");
    let screen = words_of(&desk.screen(120, 36));
    assert!(screen.contains("60/20 keeps more images than are"), "{screen}");
}

#[test]
fn a_factor_above_ten_is_asked_about_and_taken_when_it_is_confirmed() {
    for (width, height) in [(160, 45), (120, 36), (80, 24)] {
        let mut desk = Desk::of(TWO_LINES);
        on(&mut desk, Knob::Retry);
        desk.type_text("40").keys("<enter>");
        assert!(desk.state.view.input.is_some(), "the first Enter asks");
        let screen = desk.screen(width, height).split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(screen.contains("40.00× is 2.5 % kept") && screen.contains("type 40%"), "{screen}");
        desk.keys("<enter>");
        assert!(desk.state.view.input.is_none());
        assert_eq!(set(&desk, Knob::Retry), "40");
        desk.keys("u");
        assert_eq!(set(&desk, Knob::Retry), "None", "it was one step");
    }
    for (typed, expected) in [("10", "10"), ("40%", "40%"), ("5%", "5%"), ("1/40", "1/40")] {
        let mut desk = Desk::of(TWO_LINES);
        on(&mut desk, Knob::Retry);
        desk.type_text(typed).keys("<enter>");
        assert!(desk.state.view.input.is_none(), "{typed} is asked about");
        assert_eq!(set(&desk, Knob::Retry), expected, "{typed}");
    }
    // Another text is asked about anew, and what was there before is not asked about at all.
    let mut desk = Desk::of(TWO_LINES);
    on(&mut desk, Knob::Retry);
    desk.type_text("40").keys("<enter> 0 <enter>");
    assert!(desk.state.view.input.is_some());
    desk.keys("<enter> e <enter>");
    assert_eq!((desk.state.view.input.is_none(), set(&desk, Knob::Retry).as_str()), (true, "400"));
}

#[test]
fn enter_on_the_factor_offers_profiles_in_columns_and_takes_a_number_at_once() {
    let mut desk = Desk::of(TWO_LINES);
    on(&mut desk, Knob::Retry);
    desk.keys("<enter>");
    let screen = desk.screen(120, 36);
    let rows: Vec<&str> = screen.lines().filter(|line| line.contains("  grade ")).collect();
    assert!(rows.len() > 4, "{screen}");
    let places =
        |said: &str| rows.iter().map(|row| row.split(said).next().unwrap().chars().count()).collect::<Vec<_>>();
    assert!(places("× ").windows(2).all(|pair| pair[0] == pair[1]), "{screen}");
    assert!(rows.iter().any(|row| row.contains('–')), "ranges\n{screen}");
    desk.type_text("2.5").keys("<enter>");
    assert_eq!(set(&desk, Knob::Retry), "2.5");
    desk.keys("<enter>").type_text("40");
    let screen = desk.screen(120, 36);
    assert!(screen.contains("40.00× is 2.5 % kept; meant 40 %? type 40%"), "{screen}");
    desk.keys("<esc> <enter> <down> <enter>");
    assert!(set(&desk, Knob::Retry).chars().any(char::is_alphabetic), "a profile: {}", set(&desk, Knob::Retry));
}

#[test]
fn enter_on_a_size_compares_prices_with_the_present_one() {
    let mut desk = Desk::of(TWO_LINES);
    on(&mut desk, Knob::Size);
    desk.keys("<enter>");
    let screen = desk.screen(120, 36);
    let rows: Vec<&str> = screen.lines().filter(|line| line.contains(" tok $")).collect();
    assert!(rows.iter().any(|row| row.contains("as now")), "{screen}");
    let signed = rows.iter().filter(|row| row.contains(['−', '+']) && row.contains(" %")).count();
    assert!(signed >= 2 && rows.iter().any(|row| row.contains('+')), "{screen}");
    let places: Vec<usize> = rows.iter().map(|row| row.split(" tok $").next().unwrap().chars().count()).collect();
    assert!(places.windows(2).all(|pair| pair[0] == pair[1]), "{screen}");
    desk.type_text("1024x1536").keys("<enter>");
    assert_eq!(set(&desk, Knob::Size), "1024x1536");
}

#[test]
fn deliverables_have_keys_for_every_keyboard() {
    let mut desk = Desk::of(TWO_LINES);
    let first = desk.state.view.selection;
    for (next, previous) in [("]", "["), ("n", "p"), ("<ctrl-down>", "<ctrl-up>")] {
        desk.keys(next);
        assert_ne!(desk.state.view.selection, first, "{next}");
        desk.keys(previous);
        assert_eq!(desk.state.view.selection, first, "{previous}");
    }
}

/// A table of layouts: what is pressed, the key in its place, what that key does.
#[test]
fn a_key_of_another_layout_is_told_once_a_session() {
    for (typed, key, help) in [
        ('й', 'q', "quit"),
        ('Й', 'R', ""),
        ('ω', 'v', "scenario"),
        ('ש', 'a', "add"),
        ('ش', 'a', "add"),
        ('チ', 'a', "add"),
        ('ら', 'o', ""),
    ] {
        let mut desk = Desk::of(TWO_LINES);
        desk.press(Chord::char(typed));
        let said = notice(&desk);
        if typed == 'Й' {
            assert_eq!(said, "", "Q does nothing here");
            continue;
        }
        assert!(said.starts_with(&format!("{typed} is on the key {key} (")) && said.contains(help), "{typed}: {said}");
        assert!(said.contains("Latin letters"), "{said}");
        desk.state.session.notice = None;
        desk.press(Chord::char(typed));
        assert_eq!(notice(&desk), "", "{typed}: once");
    }
    // In a text it is a letter.
    let mut desk = Desk::of(TWO_LINES);
    desk.keys("r").type_text("й");
    assert_eq!(notice(&desk), "");
}

/// Tab after the name of a new deliverable leads to its finals; a deliverable without them is told, with the way to them.
#[test]
fn tab_goes_from_the_name_to_the_finals() {
    let mut desk = Desk::of(TWO_LINES);
    desk.keys("a").type_text("Poster").keys("<tab> 1 2 <enter>");
    let line = desk.state.budget().lines.iter().find(|line| line.title() == "Poster").unwrap();
    assert_eq!(line.settings.get(Knob::Finals).map(|_| ()), Some(()), "{line:?}");
    assert_eq!(set(&desk, Knob::Finals), "12");
    assert!(!desk.screen(120, 36).contains("has no finals"), "{}", desk.screen(120, 36));
    desk.keys("a").type_text("Banner").keys("<tab>");
    assert!(words_of(&desk.screen(120, 36)).contains("Banner has no finals yet, so it"), "{}", desk.screen(120, 36));
    desk.keys("g i <end> <enter>");
    assert_eq!(desk.state.field(), Some(Field::Knob(Knob::Finals)));
    // In other lines Tab accepts nothing, and types nothing.
    desk.keys("r <tab>");
    assert!(!desk.state.overlays.is_empty());
    assert!(desk.screen(120, 36).contains("Banner"), "{}", desk.screen(120, 36));
}

/// On a row of the project's form typing begins the field, as in the panes; keys that the form has stay keys.
#[test]
fn typing_on_a_row_of_the_form_begins_it() {
    let mut desk = Desk::of(TWO_LINES);
    desk.keys("P").type_text("Acme").keys("<enter>");
    assert_eq!(desk.state.budget().name.as_deref(), Some("Acme"));
    for _ in 0..20 {
        desk.keys("<down>");
        let screen = desk.screen(120, 36);
        if screen.lines().any(|row| row.contains("▸ cap ")) {
            break;
        }
    }
    desk.keys("2 5 <enter>");
    assert_eq!(set(&desk, Knob::Cap), "25", "{}", desk.screen(120, 36));
    // A letter is no number: the row stays as it is.
    desk.keys("z");
    assert_eq!(desk.state.context(), retake::app::Context::ProjectForm);
}

#[test]
fn a_factor_above_ten_is_asked_about_in_the_list_too() {
    let mut desk = Desk::of(TWO_LINES);
    on(&mut desk, Knob::Retry);
    desk.keys("<enter>").type_text("40").keys("<enter>");
    assert!(desk.state.overlays.is_empty() && desk.state.view.input.is_some(), "the first Enter asks");
    assert_eq!(desk.state.project.history().len(), 0, "nothing is taken yet");
    assert!(words_of(&desk.screen(120, 36)).contains("type 40%"), "{}", desk.screen(120, 36));
    desk.keys("<enter>");
    assert_eq!(set(&desk, Knob::Retry), "40");
    // A factor as people mean it is taken at once.
    desk.keys("<enter>").type_text("3").keys("<enter>");
    assert_eq!((set(&desk, Knob::Retry).as_str(), desk.state.view.input.is_none()), ("3", true));
}
