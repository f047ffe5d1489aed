//! The bills on screen: the table, its parts, the panel of the worksheet and its use with the mouse.

use crate::desk::{Desk, TODAY, TWO_LINES, catalog, words_of};
use crate::scenes::compared;
use ratatui::layout::Rect;
use retake::app::actions::{bills, mouse};
use retake::app::model::overlay::Overlay;
use retake::app::{Effect, Focus, Screen, Selection};
use retake::cost::base::money::{Decimal, rounded};
use retake::figures::{BillRow, BillTable};
use retake::report::Report;
use retake::ui::hit;
use retake::words::clip::Clip;

const SIZES: [(u16, u16); 4] = [(80, 24), (120, 36), (160, 45), (200, 60)];

/// Before a project's `[assumptions]`.
const EUROS: &str = "currency = \"EUR\"\n\n[exchange]\nrate = 0.92\nas_of = 2026-11-20\n\n";

pub(crate) fn desk(cards: usize) -> Desk {
    Desk::of(&compared(TWO_LINES, cards))
}

/// The cells of the row of this name.
pub(crate) fn row(desk: &Desk, label: &str) -> Vec<String> {
    let table = bills::table(&desk.state);
    let row = table.rows.iter().find(|row| row.label == label).unwrap_or_else(|| panic!("no row {label}: {table:?}"));
    row.cells.iter().map(|(text, _)| text.clone()).collect()
}

/// The rounding between a column's total and its shown figures; 0 if they add up.
fn rounding(table: &BillTable, at: usize) -> Decimal {
    let row = table.rows.iter().find(|row| row.label == "rounding");
    row.map(|row| row.cells[at].0.as_str()).filter(|text| !text.is_empty()).map_or(Decimal::ZERO, number)
}

/// An amount as shown, without its signs.
fn number(text: &str) -> Decimal {
    let plain: String = text.chars().filter(|c| c.is_ascii_digit() || *c == '.').collect();
    let amount: Decimal = plain.parse().unwrap_or_else(|_| panic!("{text:?} is no amount"));
    if text.contains('−') { -amount } else { amount }
}

#[test]
fn advice_beside_one_deliverable_says_that_it_is_about_the_whole_project() {
    let mut desk = desk(2);
    let advice = |desk: &Desk| {
        let facts = bills::about(&desk.state);
        facts.into_iter().find(|(label, _)| *label == "advice").map(|(_, text)| text).expect("an advice")
    };
    desk.keys("<alt-2>");
    desk.state.view.selection = Selection::Line(0);
    let of_one = advice(&desk);
    desk.state.view.selection = Selection::Project;
    let of_all = advice(&desk);
    assert!(!of_all.contains("whole project"), "{of_all}");
    assert_eq!(of_one, format!("whole project: {of_all}"));
}

#[test]
fn columns_add_up_as_they_are_shown() {
    for keys in ["", "["] {
        let mut desk = desk(8);
        desk.keys(keys);
        let table = bills::table(&desk.state);
        let (subtotal, buffer, total) = (row(&desk, "subtotal"), row(&desk, "buffer"), row(&desk, "TOTAL"));
        let (difference, extra) =
            (row(&desk, "difference"), table.rows.iter().find(|row| row.label.starts_with("plan")));
        let mut summed = 0;
        for at in 0..table.columns.len() {
            if subtotal[at] != "–" {
                let extra =
                    extra.map(|row| row.cells[at].0.as_str()).filter(|text| *text != "–").map_or(Decimal::ZERO, number);
                assert_eq!(
                    number(&subtotal[at]) + number(&buffer[at]) + extra + rounding(&table, at),
                    number(&total[at]),
                    "{}",
                    table.columns[at].name
                );
                summed += 1;
            }
            let parts = table.rows.iter().filter(|row| row.label.starts_with('·')).map(|row| row.cells[at].0.as_str());
            let parts: Vec<Decimal> = parts.filter(|text| !text.is_empty()).map(number).collect();
            if !parts.is_empty() {
                assert_eq!(parts.iter().sum::<Decimal>(), number(&difference[at]), "{}", table.columns[at].name);
            }
        }
        assert!(summed >= 5, "{keys}: {table:?}");
    }
}

/// Screen, clipboard and printed estimate have the same figures for every bill.
#[test]
fn every_surface_has_the_figures_of_the_table() {
    for text in [TWO_LINES.to_owned(), TWO_LINES.replace("[assumptions]", &format!("{EUROS}[assumptions]"))] {
        let mut desk = Desk::of(&compared(&text, 8));
        desk.keys("[ <ctrl-y> <down> <enter>");
        let Some(Effect::Copy(copied)) = desk.effects.last() else { panic!("{:?}", desk.effects) };
        let (budget, estimate) = (desk.state.budget(), desk.state.estimate());
        let report =
            Report { name: "a", budget, estimate, catalog: catalog(), problems: &[], today: TODAY, scenario: None };
        let printed = retake::report::text(&report);
        let [totals, differences] = ["TOTAL", "difference"].map(|label| row(&desk, label));
        assert!(totals.iter().filter(|total| *total != "unknown").count() > 4, "{totals:?}");
        // The printed estimate says a bound in words, and ≈ also where digits do not end.
        let bare = |text: &str| text.trim_start_matches(['≤', '≈']).to_owned();
        let figures: Vec<String> = printed.split_whitespace().map(bare).collect();
        for total in totals.iter().filter(|total| *total != "unknown") {
            assert!(figures.contains(&bare(total)), "{total}\n{printed}");
            assert!(words_of(copied).contains(total), "{total}\n{copied:?}");
        }
        // It tells differences to a hundredth of a cent, as `w` does exactly; the table tells those of its totals as shown, which
        // may be a cent off.
        let number = |text: &str| {
            let kept = |c: &char| c.is_ascii_digit() || matches!(c, '.' | '-');
            text.replace('−', "-").chars().filter(kept).collect::<String>().parse::<Decimal>().ok()
        };
        let told: Vec<Decimal> = figures.iter().filter_map(|figure| Some(rounded(number(figure)?, 2))).collect();
        for difference in differences.iter().filter(|text| text.contains(['+', '−'])) {
            let shown = number(difference).unwrap();
            assert!(told.iter().any(|told| (*told - shown).abs() <= Decimal::new(1, 2)), "{difference}\n{printed}");
        }
    }
}

/// Rows give their names up only if they must: the reasons for a difference are read first.
#[test]
fn the_usual_reasons_are_whole_beside_eight_cards() {
    for size in [(120, 36), (160, 45)] {
        let mut desk = desk(8);
        desk.keys("<alt-2>");
        let screen = words_of(&desk.screen(size.0, size.1));
        assert!(screen.contains("· references and prompt"), "{screen}");
    }
}

/// Credits of a part of the work are not those of the whole.
#[test]
fn credits_without_a_price_for_all_of_the_work_are_at_least_so_many() {
    let text = "retake = 1\n[deliverable.a]\nfinals = 10\nretry = 1\nquality = \"high\"\n\
                [deliverable.b]\nfinals = 10\nretry = 1\n[bills]\ncompare = [\"half\"]\n\
                [card.half]\nname = \"Half\"\nkind = \"credits per image\"\nprice = { medium = 4 }\n";
    let mut desk = Desk::of(text);
    let screen = words_of(&desk.screen(160, 45));
    assert!(screen.contains("Half ≥48 cr –"), "{screen}");
    desk.keys("<alt-2>");
    assert_eq!((row(&desk, "TOTAL")[1].as_str(), desk.state.bills().cards[0].bill.known.clone()), ("unknown", None));
    desk.keys("] [");
    let rows = bills::table(&desk.state).rows;
    assert!(rows.iter().all(|row| row.label != "credits"), "the line at hand has no price: {rows:?}");
}

/// Without a price for a credit there are credits and no money; nothing unknown is 0.
#[test]
fn what_is_not_known_is_said_in_words() {
    let mut desk = desk(3);
    desk.keys("<alt-2> l");
    assert_eq!((row(&desk, "TOTAL")[1].as_str(), row(&desk, "difference")[1].as_str()), ("unknown", "–"));
    assert!(number(&row(&desk, "credits")[1]) > Decimal::ZERO);
    let screen = words_of(&desk.screen(160, 45));
    assert!(screen.contains("price per credit not published"), "{screen}");
    desk.keys("y");
    assert_eq!(desk.effects, [Effect::Copy(Clip::line("unknown"))]);
}

/// Credits are bought for the whole project: a deliverable has a share, marked as such.
#[test]
fn a_deliverable_has_a_share_of_packs_and_the_project_has_the_bill() {
    let mut desk = desk(3);
    desk.keys("<alt-2> l l l");
    assert!(row(&desk, "TOTAL")[3].starts_with('$'), "nobody has selected: {:?}", row(&desk, "TOTAL"));
    assert!(desk.screen(120, 36).contains("Bills · whole project"));
    desk.keys("] [");
    assert!(row(&desk, "TOTAL")[3].starts_with('≈'), "{:?}", row(&desk, "TOTAL"));
    assert!(words_of(&desk.screen(200, 60)).contains("deliverable's share"));
    desk.keys("[");
    assert_eq!(desk.state.view.selection, Selection::Project);
    assert!(row(&desk, "TOTAL")[3].starts_with('$'), "{:?}", row(&desk, "TOTAL"));
    assert!(desk.screen(120, 36).contains("Bills · whole project"));
}

/// A truncated name that another row could have shown is a lost name: long names take two rows, and no usual size with room for
/// that truncates one.
#[test]
fn names_of_cards_take_two_rows_where_one_is_too_narrow() {
    for (width, height, count) in [(160, 45, 8), (120, 36, 5), (120, 36, 8)] {
        let mut desk = desk(count);
        desk.keys("<alt-2>");
        for at in 0..=count {
            let screen = desk.screen(width, height);
            let name = bills::table(&desk.state).columns[at].name.clone();
            // Below the sentence, which names the card too: the row with the sign, and the row beside it.
            let rows: Vec<&str> = screen.lines().skip_while(|row| !row.contains("▸ Bills ·")).skip(1).collect();
            let signed = rows.iter().position(|row| row.contains('▸')).unwrap_or_else(|| panic!("{screen}"));
            let heads = &rows[signed.saturating_sub(1)..=signed + 1];
            let last = name.rsplit(' ').next().unwrap();
            let is_head = |row: &&str| row.contains(last) && !row.contains(" costs ");
            assert!(heads.iter().any(is_head), "{name} at {width}x{height}\n{screen}");
            desk.keys("l");
        }
    }
}

/// A cap of many digits is shortened or shown without its label, never truncated with dots.
#[test]
fn a_large_cap_is_shown() {
    for (cap, forms) in [
        ("1234567.89", ["$1,234,567.89", "≈$1,234,568"]),
        ("9876543.00", ["$9,876,543.00", "$9,876,543"]),
        ("123456789.5", ["$123,456,789.50", "≈$123,456,790"]),
    ] {
        let desk = Desk::of(&TWO_LINES.replace("[assumptions]", &format!("[assumptions]\ncap = {cap}")));
        for (width, height) in SIZES {
            let screen = desk.screen(width, height);
            let in_pane = |row: &str| forms.iter().any(|form| row.trim_end_matches(['│', ' ']).ends_with(form));
            assert!(
                screen.lines().any(|row| row.contains("││") && in_pane(row)),
                "{cap} at {width}x{height}\n{screen}"
            );
            assert!(!screen.contains("cap …"), "{screen}");
        }
    }
}

/// The sign comes after ≈ in every currency.
#[test]
fn differences_in_another_currency_have_their_signs_in_one_order() {
    let yen = "currency = \"JPY\"\n[exchange]\nrate = 152.40\nas_of = 2026-11-20\n[assumptions]";
    let desk = Desk::of(&compared(&TWO_LINES.replace("[assumptions]", yen), 5));
    // What shown figures miss their sum by is exact, so it has no ≈.
    let (exact, about): (Vec<_>, Vec<_>) = bills::table(&desk.state)
        .rows
        .into_iter()
        .partition(|row| ["rounding", "· rounding of these figures"].contains(&row.label.as_str()));
    let signed = |rows: Vec<BillRow>| -> Vec<String> {
        let texts = rows.into_iter().flat_map(|row| row.cells).map(|(text, _)| text);
        texts.filter(|text| text.contains('¥') && text.contains(['+', '−'])).collect()
    };
    let (exact, signed) = (signed(exact), signed(about));
    assert!(!exact.is_empty() && exact.iter().all(|text| text.starts_with(['+', '−'])), "{exact:?}");
    assert!(signed.len() > 4 && signed.iter().any(|text| text.contains('+')), "{signed:?}");
    assert!(signed.iter().all(|text| text.starts_with("≈+¥") || text.starts_with("≈−¥")), "{signed:?}");
}

/// Below 80x24 only one thing fits, and on this screen it is the table.
#[test]
fn a_small_window_shows_the_table_and_the_total() {
    for (width, height) in [(79, 24), (50, 16), (40, 12), (20, 5)] {
        let mut desk = desk(3);
        desk.keys("<alt-2>");
        let total = retake::figures::text(&desk.state.budget().shown, desk.state.estimate().totals.total);
        for keys in ["", "l l"] {
            desk.keys(keys);
            let screen = desk.screen(width, height);
            assert!(screen.contains(&total), "{width}x{height} {keys}: {total}\n{screen}");
            let name = if keys.is_empty() { "tokens" } else { "LaoZhang" };
            assert!(screen.contains(name), "{width}x{height} {keys}: {name}\n{screen}");
        }
    }
}

#[test]
fn the_knobs_stay_live_below_the_tabs() {
    for (width, height) in SIZES {
        let mut desk = desk(5);
        desk.keys("<alt-2>");
        let before = desk.screen(width, height);
        let titles = ["Output spec", "Finals", "Retry factor", "Buffer"];
        assert!(before.lines().any(|row| titles.iter().all(|title| row.contains(title))), "{before}");
        assert!(before.contains("▸Bills") && before.contains("API"), "{before}");
        let totals = row(&desk, "TOTAL");
        desk.keys("+");
        desk.assert_sound();
        assert_ne!(row(&desk, "TOTAL"), totals);
        assert!(desk.screen(width, height).contains(&row(&desk, "TOTAL")[2]), "{}", desk.screen(width, height));
    }
}

/// The selected bill is always shown whole in the table, with arrows if there are more.
#[test]
fn every_bill_can_be_reached_and_is_in_sight() {
    for count in [3, 5, 8] {
        for (width, height) in SIZES.into_iter().chain([(50, 16), (30, 12), (20, 8)]) {
            let mut desk = desk(count);
            desk.keys("<alt-2>");
            for at in 0..=count {
                let screen = desk.screen(width, height);
                assert_eq!((desk.state.view.selected_bill, desk.state.view.focus), (at, Focus::Beside));
                let mut heads = screen.lines().filter(|row| row.starts_with('┃') && !row.contains('━'));
                assert!(heads.any(|row| row.contains('▸')), "{count} cards, {at} at {width}x{height}\n{screen}");
                if at + 1 < count && width == 80 && count == 8 {
                    assert!(screen.contains('›'), "{screen}");
                }
                let first = row(&desk, "credits")[at].clone();
                assert!(screen.contains(&first), "{first} of {at} at {width}x{height}\n{screen}");
                desk.keys("l");
            }
            assert_eq!(desk.state.view.selected_bill, count, "the last one is the last");
        }
    }
    assert!(desk(8).screen(200, 60).contains("Bills · whole project"));
}

#[test]
fn up_and_down_scroll_to_the_last_line_and_no_further() {
    let mut desk = desk(5);
    desk.keys("<alt-2> l l");
    let measure = |desk: &mut Desk| {
        desk.state.view.furthest_scroll = retake::ui::furthest_scroll(&desk.view(), Rect::new(0, 0, 80, 24));
    };
    measure(&mut desk);
    assert!(desk.state.view.furthest_scroll > 5 && !desk.screen(80, 24).contains("failures"));
    desk.keys("G");
    let last = desk.screen(80, 24);
    assert!(last.contains("failures"), "{last}");
    desk.keys("j j k");
    assert_ne!(desk.screen(80, 24), last);
    desk.keys("g");
    assert!(desk.screen(80, 24).contains("credits"));
}

#[test]
fn why_derives_the_selected_bill_exactly() {
    let mut desk = desk(3);
    desk.keys("<alt-2> [ l l l w y");
    let Some(Effect::Copy(text)) = desk.effects.last() else { panic!("{:?}", desk.effects) };
    for said in
        ["Bill: Credits in packs", "list price of a credit", "what is paid", "the official bill", "seller's price"]
    {
        assert!(text.contains(said), "{said}: {text}");
    }
    assert!(matches!(desk.state.overlays.top(), Some(Overlay::Why)));
    desk.keys("<esc> h h h w y");
    let Some(Effect::Copy(text)) = desk.effects.last() else { panic!() };
    assert!(!text.contains("Bill: "), "the official bill is the estimate's own: {text}");
}

/// A converted project's amounts are all marked as approximate; 0.78 was once shown without the sign.
#[test]
fn the_summary_of_a_converted_project_is_approximate() {
    let mut desk = Desk::of(&TWO_LINES.replace("[assumptions]", &format!("{EUROS}[assumptions]")));
    desk.keys("<ctrl-y> <down> <enter>");
    let Some(Effect::Copy(text)) = desk.effects.last() else { panic!() };
    // The rounding between the shown figures and their sum is exact.
    let money = text.lines().filter(|line| line.contains('€'));
    let (exact, about): (Vec<&str>, Vec<&str>) = money.partition(|line| line.starts_with("• rounding: "));
    assert_eq!((exact, about.len()), (vec!["• rounding: −€0.01"], 6), "{text}");
    assert!(about.iter().all(|line| line.matches('€').count() == 1 && line.contains("≈€")), "{text}");
}

/// `179 %` is the total as a share of the cap, not the excess: the excess is shown as an amount.
#[test]
fn a_total_over_its_cap_says_the_money_over() {
    let desk = Desk::of(&TWO_LINES.replace("[assumptions]", "[assumptions]\ncap = 10"));
    let over = desk.state.estimate().totals.total.unwrap() - Decimal::TEN;
    for (width, height) in [(160, 45), (120, 36), (80, 24)] {
        let screen = desk.screen(width, height);
        let said = format!("${} over", over.round_dp(2));
        assert!(screen.contains(&format!("{said} $10")), "{said}\n{screen}");
        assert!(!screen.contains("% over"), "{screen}");
    }
    let unknown = TWO_LINES.replace("[assumptions]", "[assumptions]\ncap = 1").replace("\"medium\"", "\"auto\"");
    let screen = Desk::of(&unknown).screen(120, 36);
    assert!(screen.contains("at least $") && screen.contains(" over $1"), "{screen}");
}

#[test]
fn the_summary_says_the_bills() {
    let mut desk = desk(2);
    desk.keys("<ctrl-y> <down> <enter>");
    let Some(Effect::Copy(text)) = desk.effects.last() else { panic!() };
    assert!(text.contains("• LaoZhang VIP (unofficial): $") && text.contains("• Pixapi: "), "{text}");
    assert!(text.contains(" cr\n"), "{text}");
}

#[test]
fn a_click_chooses_a_bill_and_the_panel_leads_to_the_table() {
    let mut desk = desk(5);
    desk.keys("<alt-2>");
    for (width, height) in SIZES {
        let screen = desk.screen(width, height);
        let is_head = |line: &str| {
            line.starts_with('┃')
                && line.contains("Pixapi")
                && ![" costs ", "The price of"].iter().any(|said| line.contains(said))
        };
        let (y, line) = screen.lines().enumerate().find(|(_, line)| is_head(line)).unwrap();
        let x = line.split("Pixapi").next().unwrap().chars().count();
        let (x, y) = (u16::try_from(x).unwrap(), u16::try_from(y).unwrap());
        let target = hit::target(&desk.view(), Rect::new(0, 0, width, height), x, y).unwrap();
        desk.state.view.selected_bill = 0;
        mouse::press(&mut desk.state, target);
        assert_eq!(
            (desk.state.view.selected_bill, desk.state.view.focus),
            (1, Focus::Beside),
            "{width}x{height} {x},{y}\n{screen}"
        );
    }
    let before = desk.state.view.bills_scroll;
    mouse::wheel(&mut desk.state, Some(mouse::Target::Bill(None)), false);
    assert_eq!(desk.state.view.bills_scroll, before + 1);
    desk.keys("<alt-1>");
    let screen = desk.screen(120, 36);
    let y = screen.lines().position(|line| line.contains("Bills · whole project")).unwrap();
    let target = hit::target(&desk.view(), Rect::new(0, 0, 120, 36), 10, u16::try_from(y + 1).unwrap()).unwrap();
    mouse::press(&mut desk.state, target);
    assert_eq!(desk.state.view.screen, Screen::Bills);
}

/// A name from a file never moves a frame or sends control characters, however wide or hostile it is.
#[test]
fn names_of_cards_keep_their_places() {
    for name in
        ["発表資料のための長い名前がここに入ります", "\u{1b}[2J\u{202e}gnp", "👩‍💻👨‍👩‍👧‍👦🏳️‍🌈🇯🇵👍🏽❤️‍🔥", "e\u{301}\u{301}a", ""]
    {
        let named = |name: &str| {
            let mut desk = desk(5);
            let mut budget = desk.state.budget().clone();
            for card in budget.cards.values_mut().flatten() {
                let changed = std::sync::Arc::make_mut(card);
                (changed.name, changed.notes) = (name.to_owned(), Some(name.to_owned()));
            }
            desk = Desk::new(budget);
            desk.keys("<alt-2> l l l");
            desk
        };
        for (width, height) in SIZES {
            let (plain, other) = (named("plain").frame(width, height), named(name).frame(width, height));
            let at = |frame: &ratatui::buffer::Buffer| {
                let cells = frame.content.iter().enumerate();
                let frames = cells.filter(|(_, cell)| "│┃┌┐└┘┏┓┗┛".contains(cell.symbol()) && cell.symbol() != " ");
                frames.map(|(at, _)| at).collect::<Vec<_>>()
            };
            assert_eq!(at(&plain), at(&other), "{name:?} at {width}x{height}");
            assert!(other.content.iter().all(|cell| !cell.symbol().contains(['\u{1b}', '\u{202e}'])));
        }
    }
}

/// Subtotal and buffer appear in the list, the panes, the formula and the table of bills, always alike.
#[test]
fn the_buffer_reads_the_same_everywhere() {
    let line = |n: usize| {
        format!("[deliverable.d{n}]\nsize = \"1024x1280\"\nfinals = {}\nbuffer = \"{}.5%\"\n", n % 7 + 1, n % 11 + 3)
    };
    for (lines, step) in [(40, 1), (999, 333), (1000, 250)] {
        let lines: String = (0..lines).map(line).collect();
        let mut desk = Desk::of(&compared(&format!("retake = 1\n[assumptions]\nprompt_tokens = 171\n{lines}"), 1));
        let all = (0..desk.state.budget().lines.len()).step_by(step).map(Selection::Line);
        for selection in all.chain([Selection::Project]) {
            desk.state.view.choose(selection);
            let [subtotal, buffer, total] = ["subtotal", "buffer", "TOTAL"].map(|label| row(&desk, label).remove(0));
            let rounding = rounding(&bills::table(&desk.state), 0);
            assert_eq!(number(&subtotal) + number(&buffer) + rounding, number(&total), "{selection:?}");
            let screen = words_of(&desk.screen(200, 60));
            assert!(screen.contains(&format!("+ {buffer}")), "{selection:?}: no + {buffer} in\n{screen}");
            assert!(screen.contains(&subtotal), "{selection:?}: no {subtotal} in\n{screen}");
            if selection == Selection::Project {
                // Below the list, the rounding between the figures and the total is in the buffer's row.
                let rest = bills::table(&desk.state).rows.into_iter().find(|row| row.label == "rounding");
                let rest = rest.map_or(String::new(), |row| format!("rounding {} ", row.cells[0].0));
                let counted = screen.replace(&rest, "").matches(&format!("buffer {buffer}")).count();
                assert_eq!(counted, 2, "below the list and in the sentence: buffer {buffer} of\n{screen}");
            }
        }
    }
}

/// One figure must not appear in two forms on one screen, whichever bill it belongs to.
#[test]
fn a_seller_with_the_official_prices_has_the_official_figures() {
    let line = |n: usize| format!("[deliverable.d{n}]\nsize = \"1024x1280\"\nfinals = {}\n", n % 7 + 1);
    let lines: String = (0..40).map(line).collect();
    let mut desk = Desk::of(&format!(
        "retake = 1\n[assumptions]\nprompt_tokens = 171\nbuffer = \"13%\"\n{lines}\n[bills]\ncompare = [\"same\"]\n\
         [card.same]\nname = \"Same\"\nkind = \"tokens\"\nmodels = [\"gpt-image-2\"]\nchecked = 2026-11-21\nsource = \"own\"\n\
         standard = {{ image_output = 30, image_input = 8, image_input_cached = 2, text_input = 5, text_input_cached = 1.25 }}\n"
    ));
    for selection in (0..40).map(Selection::Line).chain([Selection::Project]) {
        desk.state.view.selection = selection;
        for label in ["subtotal", "buffer", "TOTAL"] {
            let cells = row(&desk, label);
            assert_eq!(cells[0], cells[1], "{label} of {selection:?}");
        }
    }
}

#[test]
fn a_bill_and_its_calculation_say_what_auto_is_billed_as() {
    let text = "retake = 1\n[deliverable.a]\nmodel = \"gpt-image-2.5-flare\"\nfinals = 10\nquality = \"auto\"\nsize = \"1024x1024\"\n\
                [bills]\ncompare = [\"fal-25\"]\n";
    let mut desk = Desk::of(text);
    desk.keys("<alt-2> l");
    let picture = desk.screen(160, 45);
    assert!(picture.contains("quality auto is billed as high"), "{picture}");
    desk.keys("[ w y");
    let Some(Effect::Copy(text)) = desk.effects.last() else { panic!("{:?}", desk.effects) };
    assert!(text.contains("auto: quality auto is billed as high"), "{text}");
}
