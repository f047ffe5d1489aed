//! Single cells: which values are parsed, which are refused, and their notes.

use crate::{catalog, fresh};
use retake::cost::base::limits::{DELIVERABLES_MAX, FILE_BYTES_MAX};
use retake::cost::budget::knob_text;
use retake::cost::{Budget, Knob, Line};
use retake::tables::{ParsedList, RowOutcome, read};
use retake::words;
use std::time::{Duration, Instant};

/// One deliverable with a cell under a title.
fn cell(title: &str, cell: &str) -> ParsedList {
    fresh(&format!("Name\t{title}\nHero\t\"{}\"\n", cell.replace('"', "\"\"")))
}

fn only(intake: &ParsedList) -> &Line {
    let mut lines = intake.lines();
    let line = lines.next().unwrap_or_else(|| panic!("{intake:#?}"));
    assert!(lines.next().is_none());
    line
}

fn value(intake: &ParsedList, knob: Knob) -> Option<String> {
    only(intake).settings.value(knob).map(knob_text::write)
}

fn reasons(intake: &ParsedList) -> Vec<String> {
    let of_row = |row: &retake::tables::ListRow| match &row.outcome {
        RowOutcome::Refused(reasons) => reasons.iter().map(|reason| reason.explanation.message.clone()).collect(),
        _ => Vec::new(),
    };
    intake.rows.iter().flat_map(of_row).collect()
}

#[test]
fn an_orientation_alone_leaves_the_ratio_open() {
    for word in ["landscape", "Hochformat", "縦"] {
        let list = fresh(&format!("Asset,Qty,Orientation\nA,3,{word}\n"));
        assert_eq!(value(&list, Knob::Finals).as_deref(), Some("3"), "{word}: {list:#?}");
        assert_eq!((value(&list, Knob::Ratio), value(&list, Knob::Size)), (None, None), "{word}");
        assert!(list.rows[0].notes.iter().any(|note| note.contains(word)), "{word}: {list:#?}");
    }
}

#[test]
fn a_count_that_is_open_makes_no_heading() {
    for open in ["-", "n/a", "tbd", "—"] {
        let list = fresh(&format!("Asset,Qty\nA,{open}\nB,3\nC,{open}\nD,4\n"));
        assert_eq!((list.lines().count(), list.refused_rows()), (4, 0), "{open}: {list:#?}");
        assert!(!list.rows[0].notes.is_empty(), "{open}");
    }
    let list = fresh("Asset,Qty\nWebsite\nB,3\nD,4\n");
    assert_eq!(list.lines().count(), 2, "a heading alone in its row stays one");
}

#[test]
fn paper_is_no_size_in_pixels() {
    for paper in ["210x297 mm", "210x297mm", "8x10 in", "8x10\"", "30x40 cm"] {
        for title in ["Size", "Ratio", "Format"] {
            let list = fresh(&format!("Asset\tQty\t{title}\nA\t3\t{}\nB\t4\t1024x1024\n", paper_cell(paper)));
            let sized: Vec<bool> = list.lines().map(|line| line.settings.value(Knob::Size).is_some()).collect();
            assert_eq!(sized, [false, true], "{title} {paper}: {list:#?}");
            // Two printed edges are a shape all the same.
            let ratio = list.lines().next().and_then(|line| line.settings.value(Knob::Ratio)).map(words::value);
            let wanted = if paper.starts_with("210") {
                "70:99"
            } else if paper.starts_with('8') {
                "4:5"
            } else {
                "3:4"
            };
            assert_eq!(ratio.as_deref(), Some(wanted), "{title} {paper}: {list:#?}");
            assert!(list.rows[0].notes.iter().any(|note| note.contains(paper)), "{title} {paper}");
        }
    }
}

fn paper_cell(paper: &str) -> String {
    format!("\"{}\"", paper.replace('"', "\"\""))
}

#[test]
fn cells_as_people_write_them() {
    for (title, written, knob, read) in [
        ("Finals", "24", Knob::Finals, "24"),
        ("Finals", "24.0", Knob::Finals, "24"),
        ("Finals", "1,200", Knob::Finals, "1200"),
        ("Finals", "1 200", Knob::Finals, "1200"),
        ("Finals", "1\u{202f}200", Knob::Finals, "1200"),
        ("Finals", "1'200", Knob::Finals, "1200"),
        ("Finals", "1.200.000", Knob::Finals, "1200000"),
        ("Finals", "１２", Knob::Finals, "12"),
        ("Finals", "24 pcs", Knob::Finals, "24"),
        ("Finals", "× 24", Knob::Finals, "24"),
        ("枚数", "２４枚", Knob::Finals, "24"),
        ("Retry", "1.6", Knob::Retry, "1.6"),
        ("Retry", "1,6", Knob::Retry, "1.6"),
        ("Retry", "1,6x", Knob::Retry, "1.6"),
        ("Retry", "1,5/2/3", Knob::Retry, "1.5/2/3"),
        ("Retry", "40 %", Knob::Retry, "40%"),
        ("Retry", "40\u{a0}% ok", Knob::Retry, "40%"),
        ("Retry factor", "40,5%", Knob::Retry, "40.5%"),
        ("Retry", "product-edit", Knob::Retry, "product-edit"),
        ("Accepted", "40", Knob::Retry, "40%"),
        ("Accepted", "0.4", Knob::Retry, "40%"),
        ("Accepted", "40%", Knob::Retry, "40%"),
        ("Accepted (%)", "0.4", Knob::Retry, "0.4%"),
        ("Accepted", "2x", Knob::Retry, "2"),
        ("Accepted", "20/60", Knob::Retry, "20/60"),
        ("Accepted", "3/12", Knob::Retry, "3/12"),
        ("Retry", "20/60", Knob::Retry, "20/60"),
        ("Buffer", "15", Knob::Buffer, "15%"),
        ("Buffer", "15 %", Knob::Buffer, "15%"),
        ("Buffer (%)", "0.5", Knob::Buffer, "0.5%"),
        ("Ratio", "04:05", Knob::Ratio, "4:5"),
        ("Ratio", "21:09:00", Knob::Ratio, "21:9"),
        ("Ratio", "1,91:1", Knob::Ratio, "191:100"),
        ("Ratio", "2k", Knob::Size, "2k"),
        ("Ratio", "1024x1280", Knob::Size, "1024x1280"),
        ("Size", "4:5", Knob::Ratio, "4:5"),
        ("Size", "1024 × 1280 px", Knob::Size, "1024x1280"),
        ("Size", "4:5 (1024x1280)", Knob::Ratio, "4:5"),
        ("Size", "4:5 (1024x1280)", Knob::Size, "1024x1280"),
        ("Size", "2K 4:5", Knob::Size, "2k"),
        ("Quality", "HIGH", Knob::Quality, "high"),
        ("Preset", "Ecommerce PDP", Knob::Preset, "ecommerce-pdp"),
        ("Model", "gpt image 2", Knob::Model, "gpt-image-2"),
        ("Refs", "1024 x 1024; 1536x1024", Knob::References, "1024x1024, 1536x1024"),
        ("Refs", "0", Knob::References, "none"),
        ("Prompt tokens", "180", Knob::PromptTokens, "180"),
        ("Images per call", "4", Knob::ImagesPerCall, "4"),
        ("service_tier", "Batch", Knob::ServiceTier, "batch"),
    ] {
        let intake = cell(title, written);
        assert_eq!(reasons(&intake), [""; 0], "{title}: {written}");
        assert_eq!(value(&intake, knob).as_deref(), Some(read), "{title}: {written}");
    }
}

#[test]
fn cells_that_may_mean_two_things_or_none_keep_their_row_out() {
    for (title, written, said) in [
        ("Finals", "=1+1", "finals needs a number, not =1+1"),
        ("Finals", "24 kg", "finals needs a number, not 24 kg"),
        ("Finals", "2026-12-01", "2026-12-01 is a date, but finals is a number"),
        ("Finals", "1.12.2026", "1.12.2026 is a date, but finals is a number"),
        ("Finals", "2026年12月1日", "2026年12月1日 is a date, but finals is a number"),
        ("Finals", "−3", "-3 is outside the range of finals"),
        ("Finals", "1.200", "1.200 has decimals, but finals takes whole numbers"),
        ("Finals", "1.000", "1.000 may mean 1000 or 1"),
        ("Finals", "12.000", "12.000 may mean 12000 or 12"),
        ("Finals", "#REF!", "finals needs a number, not #REF!"),
        ("Retry", "1,000", "1,000 may mean 1000 or 1"),
        ("Retry", "0,6", "0,6 is outside the range of factor"),
        ("Retry rate", "40%", "40% may be the share that is accepted or the share that is redone"),
        ("Factor", "5/2026", "5/2026 is a date, but factor is a number"),
        ("Factor", "1/26", "1/26 is a date, but factor is a number"),
        ("Factor", "3/12", "3/12 is a date, but factor is a number"),
        ("Factor", "2/3", "2/3 is a date, but factor is a number"),
        ("Accepted", "5/2026", "5/2026 is a date, but factor is a number"),
        ("Accepted", "1", "1 may mean 1% or 100%"),
        ("Accepted", "0", "0 is outside the range of factor"),
        ("Accepted", "yes", "factor needs a number, not yes"),
        ("Buffer", "0.15", "0.15 may mean 15% or 0.15%"),
        ("Buffer", "1", "1 may mean 100% or 1%"),
        ("Size", "XL", "XL cannot be read as a size"),
        ("Quality", "shiny", "shiny is not a known quality"),
        ("Model", "dall-e-9", "dall-e-9 is not a known model"),
        ("Refs", "17", "a call takes at most 16 reference images"),
        ("Refs", "logo.png", "logo.png cannot be read as a reference"),
    ] {
        let intake = cell(title, written);
        assert_eq!(intake.lines().count(), 0, "{title}: {written}");
        assert_eq!(reasons(&intake), [said], "{title}: {written}");
        let column = match &intake.rows[0].outcome {
            RowOutcome::Refused(reasons) => (reasons[0].column.clone(), reasons[0].written.clone()),
            other => panic!("{other:?}"),
        };
        assert_eq!(column, (Some(title.to_owned()), written.to_owned()));
    }
}

#[test]
fn gaps_are_left_to_the_project() {
    for gap in ["", " ", "-", "–", "n/a"] {
        let intake = cell("Quality", gap);
        assert!(only(&intake).settings.is_empty(), "{gap:?}");
    }
}

#[test]
fn an_unlike_reading_is_noted_and_a_like_one_is_not() {
    assert_eq!(cell("Retry", "1,6").rows[0].notes[0], "Retry: 1,6 is read as 1.60×");
    assert_eq!(cell("Accepted", "0.4").rows[0].notes[0], "Accepted: 0.4 is read as 40 % kept");
    assert_eq!(cell("Ratio", "04:05:00").rows[0].notes[0], "Ratio: 04:05:00 is read as 4:5");
    for (title, written) in [("Size", "4:5"), ("Retry", "1.6x"), ("Buffer", "15%"), ("Quality", "high")] {
        assert_eq!(cell(title, written).rows[0].notes.len(), 1, "{title}: of the finals alone");
    }
}

#[test]
fn the_model_of_a_row_decides_what_its_cells_may_be() {
    let intake =
        fresh("Name,Size,Model\nA,2048x1536,gpt-image-1.5\nB,2048x1536,gpt-image-2\nC,1536x1024,gpt-image-1.5\n");
    assert!(reasons(&intake)[0].contains("does not take 2048×1536"), "{:?}", reasons(&intake));
    assert_eq!(intake.lines().map(|line| line.key.as_str()).collect::<Vec<_>>(), ["b", "c"]);
}

#[test]
fn decimals_of_a_list_are_read_one_way() {
    let comma = fresh("Name;Anzahl;Faktor\nA;1.200;1,5\nB;24,0;2\n");
    let finals: Vec<_> =
        comma.lines().map(|line| knob_text::write(line.settings.value(Knob::Finals).unwrap())).collect();
    assert_eq!(finals, ["1200", "24"]);
    let point = fresh("Name;Qty;Factor\nA;1,200;1.5\nB;2.5;2\n");
    assert_eq!(reasons(&point), ["2.5 has decimals, but finals takes whole numbers"]);
    assert_eq!(only(&point).settings.value(Knob::Finals).map(knob_text::write).as_deref(), Some("1200"));
    let whole = fresh("Name;Qty\nA;1,200\n");
    assert_eq!(only(&whole).settings.value(Knob::Finals).map(knob_text::write).as_deref(), Some("1200"));
    let unsure = fresh("Name;Qty\nA;1,000\n");
    assert_eq!(reasons(&unsure), ["1,000 may mean 1000 or 1"]);
}

#[test]
fn sums_are_no_deliverables() {
    let sums = "Name,Qty\nA,3\nB,4\n,7\nGrand Total:,7\nTotal look,1\n";
    let intake = fresh(sums);
    let skipped = intake.rows.iter().filter(|row| matches!(row.outcome, RowOutcome::Skipped(_)));
    assert_eq!(skipped.map(|row| row.number).collect::<Vec<_>>(), [4, 5]);
    assert_eq!(intake.lines().map(|line| line.title()).collect::<Vec<_>>(), ["A", "B", "Total look"]);
    assert_eq!(reasons(&fresh("Name,Qty\nA,3\nB,4\n,8\n")), ["the row has no name"]);
}

#[test]
fn rows_have_the_numbers_of_the_spreadsheet() {
    for end in ["\n", "\r\n", "\r"] {
        let text = "sep=,\nName,Note\nA,\"x\ny\"\n\n,\n\nB,\n".replace('\n', end);
        let numbers: Vec<usize> = fresh(&text).rows.iter().map(|row| row.number).collect();
        assert_eq!(numbers, [3, 7], "{end:?}");
    }
}

#[test]
fn a_separator_too_many_is_no_column() {
    let intake = fresh("Name,Qty,Note\nA,3,fine\nB, the other,4,\nC,5,red, not blue\n");
    assert_eq!(reasons(&intake), ["the row has 4 cells and the list has 3 columns"; 2]);
    assert_eq!(only(&intake).key, "a");
}

#[test]
fn a_list_is_never_read_by_half() {
    assert!(
        fresh("").refused.is_some() && fresh("\n ,, \n\n").refused.is_some() && fresh("Name,Qty\n").refused.is_some()
    );
    let too_long = " ".repeat(FILE_BYTES_MAX + 1);
    assert_eq!(fresh(&too_long).refused.unwrap().message, "the list is 65 MiB");
    let mut many = "Name,Qty\n".to_owned();
    (0..=DELIVERABLES_MAX).for_each(|_| many.push_str("A,\n"));
    let many = fresh(&many);
    assert!(many.refused.is_some() && many.rows.is_empty());
    let full = Budget { lines: vec![Line::default().into(); DELIVERABLES_MAX], ..Budget::default() };
    assert!(read("Name\nA\nB\n", &full, catalog()).refused.is_some());
}

#[test]
fn ten_times_the_rows_take_about_ten_times_as_long() {
    let read = |rows: usize| {
        let mut text = "Name,Ratio,Quality,Finals,Retry,Note\n".to_owned();
        for row in 0..rows {
            text.push_str(&format!("Banner {},4:5,high,{row},1.6x,\"for, the shop\"\n", row % 1000));
        }
        let begin = Instant::now();
        let intake = fresh(&text);
        let took = begin.elapsed();
        assert_eq!((intake.lines().count(), intake.refused_rows()), (rows, 0));
        took
    };
    // The most rows that a project can hold are read once, and timed against a tenth: a quadratic step would take 100 times as long.
    let (few, many) = (read(DELIVERABLES_MAX / 10), read(DELIVERABLES_MAX));
    assert!(many < few * 40, "{few:?} and {many:?}");
}

/// The time that this thread has worked: on a busy machine the clock of the wall says nothing about a list.
fn worked() -> Duration {
    static START: std::sync::OnceLock<Instant> = std::sync::OnceLock::new();
    let told = std::fs::read_to_string("/proc/thread-self/schedstat");
    let nanoseconds = told.ok().and_then(|told| told.split(' ').next()?.parse().ok());
    nanoseconds.map_or_else(|| START.get_or_init(Instant::now).elapsed(), Duration::from_nanos)
}

/// A list of six columns in which no cell can be read, each written otherwise, so that nothing is remembered.
fn all_refused() -> String {
    let mut text =
        "Name,Size,Quality,Model,Finals,Retry,Preset\nGood,1k,high,gpt-image-2,1,2,ecommerce-pdp\n".to_owned();
    for row in 0.. {
        if text.len() > 2 * 1024 * 1024 {
            break;
        }
        text.push_str(&format!("A{row},{row}001x3,q{row},gpt-{row},x{row}y,{row}z,p{row}\n"));
    }
    text
}

#[test]
fn two_megabytes_of_refusals_take_seconds() {
    let text = all_refused();
    let begin = worked();
    let list = fresh(&text);
    let took = worked() - begin;
    assert!(list.refused_rows() > 30_000, "{}", list.refused_rows());
    assert!(took < Duration::from_secs(40), "{took:?}");
}

/// The target of the preview. Measure with
/// `cargo test --release --locked --test intake fifty_thousand -- --ignored`.
#[test]
#[ignore = "a target of release builds"]
fn fifty_thousand_rows_are_shown_within_a_second_and_a_half() {
    let mut text = "Name,Ratio,Size,Quality,Finals,Retry,Buffer,Note\n".to_owned();
    for row in 0..50_000 {
        let (w, h) = (700 + row % 1300, 700 + row % 900);
        text.push_str(&format!("Banner {row},4:5,{w}x{h},hoch,{row},1.6x,15%,\"for, the shop {row}\"\n"));
    }
    for (kind, text) in [("read", text), ("refused", all_refused())] {
        let begin = Instant::now();
        let list = fresh(&text);
        let took = begin.elapsed();
        assert!(took < Duration::from_millis(1500), "{kind}: {} rows take {took:?}", list.rows.len());
    }
}
