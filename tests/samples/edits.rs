//! One edit: one line. Every knob, in every layer of every text.

use crate::corpus::{corpus, place};
use crate::support::{TODAY, catalog, read};
use retake::cost::base::money::Currency;
use retake::cost::base::number_text::parse_decimal;
use retake::cost::base::retry::{Confidence, Pick, Retry};
use retake::cost::base::size::{Ratio, Size, Tier};
use retake::cost::base::tokens::Quality;
use retake::cost::budget::knob::{Scope, TABLE};
use retake::cost::budget::{Cap, Measured, QualityChoice, SizeChoice};
use retake::cost::rates::rate_card::ServiceTier;
use retake::cost::{Budget, Knob, Setting, Value, estimate};
use retake::diagnostics::Level;
use retake::project::outline::{Kind, Outline};
use retake::project::write;

fn decimal(text: &str) -> retake::cost::base::money::Decimal {
    parse_decimal(text).unwrap()
}

/// Values of each form that a knob can take.
pub(crate) fn values(knob: Knob) -> Vec<Value> {
    let size = |text: &str| Size::parse(text).unwrap();
    let quality = |quality| Value::Quality(QualityChoice::Exact(quality));
    match knob {
        Knob::Preset => vec![Value::Word("editorial".into()), Value::Word("moodboard".into())],
        Knob::Ratio => vec![Value::Ratio(Ratio { w: 3, h: 2 }), Value::Ratio(Ratio { w: 1, h: 1 })],
        Knob::Size | Knob::DraftSize => vec![
            Value::Size(SizeChoice::Tier(Tier::K2)),
            Value::Size(SizeChoice::Exact(size("1024x1536"))),
            Value::Size(SizeChoice::Auto),
        ],
        Knob::Quality | Knob::DraftQuality => {
            vec![quality(Quality::Medium), quality(Quality::Low), Value::Quality(QualityChoice::Auto)]
        }
        Knob::Model => vec![Value::Word("gpt-image-2.5-flare".into()), Value::Word("gpt-image-2".into())],
        Knob::ServiceTier => vec![Value::Service(ServiceTier::Batch), Value::Service(ServiceTier::Standard)],
        Knob::References => vec![Value::Sizes(vec![]), Value::Sizes(vec![size("640x480"), size("1024x1024")])],
        Knob::CachedInput | Knob::Buffer | Knob::Surcharge | Knob::Markup | Knob::Tax => {
            vec![Value::Percent(decimal("12.5")), Value::Percent(decimal("0"))]
        }
        Knob::Pick => vec![Value::Pick(Pick::Many), Value::Pick(Pick::One)],
        Knob::Retry => vec![
            Value::Retry(Retry::plain(decimal("2.25"))),
            Value::Retry(Retry::Factor { factor: decimal("3"), confidence: Some(Confidence::WellKnown) }),
            Value::Retry(Retry::Accepted { percent: decimal("37.5"), confidence: None }),
            Value::Retry(Retry::Accepted {
                percent: decimal("60"),
                confidence: Some(Confidence::Worth(decimal("9.5"))),
            }),
            Value::Retry(Retry::Kept { kept: 3, made: 7 }),
            Value::Retry(Retry::Range { low: decimal("1"), likely: decimal("1.25"), high: decimal("4") }),
            Value::Retry(Retry::Profile("cold-start".into())),
        ],
        Knob::Measured => {
            let part = Measured { output: Some(6119), ..Measured::default() };
            let whole = Measured {
                output: Some(1),
                reference: Some(0),
                source: Some("usage of \"3 calls\", # 2026".into()),
                model: Some("gpt-image-2".into()),
                size: Some(SizeChoice::Exact(size("1402x1122"))),
                quality: Some(QualityChoice::Auto),
            };
            let named = Measured {
                model: Some("gpt-image-2".into()),
                size: Some(SizeChoice::Auto),
                quality: Some(QualityChoice::Exact(Quality::High)),
                ..part
            };
            vec![Value::Measured(whole.into()), Value::Measured(named.into())]
        }
        Knob::Returned => vec![Value::Flag(true), Value::Flag(false)],
        Knob::Cap => vec![
            Value::Cap(Cap { amount: decimal("12.5"), currency: None }),
            Value::Cap(Cap { amount: decimal("99"), currency: Currency::parse("EUR") }),
        ],
        Knob::ImagesPerCall | Knob::Repeat | Knob::PartialImages => vec![Value::Count(2), Value::Count(3)],
        Knob::Finals | Knob::Drafts | Knob::PromptTokens => vec![Value::Count(7), Value::Count(123)],
    }
}

/// The table of a knob, and the settings of the layer; `line` is an index in the list.
fn table(budget: &Budget, line: Option<usize>, knob: Knob) -> Vec<String> {
    let mut table = match line {
        None => vec!["assumptions".to_owned()],
        Some(at) => vec!["deliverable".to_owned(), budget.lines[at].key.clone()],
    };
    table.extend(knob.path().map(str::to_owned));
    table.pop();
    table
}

fn put(budget: &mut Budget, line: Option<usize>, knob: Knob, setting: Option<Setting>) -> Option<Setting> {
    match line {
        None => budget.assumptions.put(knob, setting),
        Some(at) => budget.lines[at].settings.put(knob, setting),
    }
}

/// The removed and the added lines, between the common beginning and end of both texts.
fn differing<'t>(old: &'t str, new: &'t str) -> (Vec<&'t str>, Vec<&'t str>) {
    let (old, new): (Vec<&str>, Vec<&str>) = (old.split_inclusive('\n').collect(), new.split_inclusive('\n').collect());
    let same = |pair: &(&&str, &&str)| pair.0 == pair.1;
    let head = old.iter().zip(&new).take_while(same).count();
    let most = old.len().min(new.len()) - head;
    let tail = old.iter().rev().zip(new.iter().rev()).take_while(same).take(most).count();
    (old[head..old.len() - tail].to_vec(), new[head..new.len() - tail].to_vec())
}

/// The text with a line ending on its last line, to compare by lines.
fn finished(text: &str) -> String {
    let ending = if text.matches("\r\n").count() * 2 > text.matches('\n').count() { "\r\n" } else { "\n" };
    if text.ends_with('\n') { text.to_owned() } else { format!("{text}{ending}") }
}

/// Whether the program would spell the value exactly like this.
fn is_spelled_as_written(knob: Knob, raw: &str) -> bool {
    let plain = !raw.contains(['_', '\'', '\n']) && !raw.contains("  ");
    let digits = match knob {
        Knob::Cap => !raw.contains(".") && !raw.contains("USD"),
        _ => true,
    };
    plain && digits
}

#[test]
fn nothing_changed_is_every_byte() {
    for (name, text) in corpus() {
        let budget = read(&text, &place()).budget;
        let mut same = budget.clone();
        assert_eq!(write::updated(text.as_bytes(), &budget, &mut same).unwrap(), text.as_bytes(), "{name}");
        assert_eq!(same, budget, "{name}");
    }
}

#[test]
fn one_edit_is_one_line() {
    let mut tried = 0;
    for (name, text) in corpus() {
        let before = read(&text, &place()).budget;
        // The lines of a long list are all alike.
        let lines = if before.lines.len() > 20 { 1 } else { before.lines.len().min(3) };
        for line in [None].into_iter().chain((0..lines).map(Some)) {
            for row in &TABLE {
                let fits = match row.scope {
                    Scope::Both => true,
                    Scope::Deliverable => line.is_some(),
                    Scope::Project => line.is_none(),
                };
                if fits {
                    for value in values(row.knob) {
                        tried += 1;
                        edit_one(&name, &text, &before, line, row.knob, &value);
                    }
                }
            }
        }
    }
    assert!(tried > 2000, "{tried}");
}

pub(crate) fn edit_one(name: &str, text: &str, before: &Budget, line: Option<usize>, knob: Knob, value: &Value) {
    let mut after = before.clone();
    let old = put(&mut after, line, knob, Some(Setting::Value(value.clone())));
    let new = write::updated(text.as_bytes(), before, &mut after).unwrap();
    let new = String::from_utf8(new).unwrap();
    let case = format!("{name}: {line:?} {knob:?} {value:?}\n{new}");
    assert_eq!(read(&new, &place()).budget, after, "{case}");
    if old == Some(Setting::Value(value.clone())) {
        assert_eq!(new, text, "{case}");
        return;
    }
    let outline = Outline::parse(text).unwrap();
    let table = table(before, line, knob);
    let path: Vec<String> = table.iter().cloned().chain(knob.path().last().map(str::to_owned)).collect();
    let (removed, added) = {
        let (old, new) = (finished(text), finished(&new));
        let (removed, added) = differing(&old, &new);
        (removed.len(), added.iter().map(|line| (*line).to_owned()).collect::<Vec<_>>())
    };
    let entry = outline.find(&path);
    let inline = (1..path.len()).any(|depth| outline.find(&path[..depth]).is_some_and(|e| e.kind() == Kind::Inline));
    match entry.map(|entry| (entry.kind(), entry.raw_value())) {
        Some((Kind::Value | Kind::Inline, raw)) => {
            assert_eq!((removed, added.len()), (raw.lines().count(), 1), "{case}");
            if is_spelled_as_written(knob, raw) && old.is_some_and(|old| matches!(old, Setting::Value(_))) {
                let mut back = before.clone();
                let undone = write::updated(new.as_bytes(), &after, &mut back).unwrap();
                assert_undone(&String::from_utf8(undone).unwrap(), text, &new, &case);
            }
        }
        // A value that was a table, or dotted keys, becomes one line. Which of several blank lines stayed is undecidable.
        Some(_) => assert_eq!(added.iter().filter(|line| !line.trim().is_empty()).count(), 1, "{case}"),
        None if outline.contains(&path) => assert!(removed >= 1, "{case}"),
        None if inline => assert_eq!((removed, added.len()), (1, 1), "{case}"),
        None if outline.find(&table).is_some() => assert_eq!((removed, added.len()), (0, 1), "{case}"),
        None => {
            assert_eq!(removed, 0, "{case}");
            let news = added.iter().filter(|line| !line.trim().is_empty()).count();
            assert!(news <= 2, "a header at most, and the key: {case}");
        }
    }
}

/// A comment that a longer value pushed out of its column moves one space after it, and comes back at least that far.
fn assert_undone(undone: &str, original: &str, between: &str, case: &str) {
    let columns = |text: &str| text.lines().map(|line| line.find(" #")).collect::<Vec<_>>();
    let apart = |text: &str| text.matches("  #").count();
    if columns(original) == columns(between) && apart(original) == apart(between) {
        assert!(undone == original, "undone: {case}\nto\n{undone}");
    }
    let close = |text: &str| -> String {
        let parts: Vec<&str> = text.split('#').map(|part| part.trim_end_matches(' ')).collect();
        parts.join("#")
    };
    assert!(close(undone) == close(original), "undone: {case}\nto\n{undone}");
}

#[test]
fn a_new_key_goes_where_people_look_for_it() {
    let text =
        "retake = 1\nnotes = \"n\"\n[deliverable.a]\nname = \"A\"\nfinals = 3   # three\nown = 1\nnote = \"last\"\n";
    let before = read(text, &place()).budget;
    let mut after = before.clone();
    after.name = Some("Named".to_owned());
    let line = &mut after.lines[0];
    line.position = Some(10);
    for knob in [Knob::Retry, Knob::Quality, Knob::Ratio, Knob::Buffer] {
        line.settings.put(knob, Some(Setting::Value(values(knob)[0].clone())));
    }
    let new = write::updated(text.as_bytes(), &before, &mut after).unwrap();
    let wanted = "retake = 1\nname = \"Named\"\nnotes = \"n\"\n[deliverable.a]\nname = \"A\"\nposition = 10\nratio = \"3:2\"\n\
                  quality = \"medium\"\nfinals = 3   # three\nretry = 2.25\nbuffer = \"12.5%\"\nown = 1\nnote = \"last\"\n";
    assert_eq!(String::from_utf8(new).unwrap(), wanted);

    let text = "retake = 1\n[deliverable.a]\n# of finals\n  finals = 3\n[deliverable.b]\nown = 1\n# tail\n";
    let before = read(text, &place()).budget;
    let mut after = before.clone();
    for line in &mut after.lines {
        line.name = Some("Named".to_owned());
        line.note = Some("last".to_owned());
    }
    let new = write::updated(text.as_bytes(), &before, &mut after).unwrap();
    let wanted = "retake = 1\n[deliverable.a]\n  name = \"Named\"\n# of finals\n  finals = 3\n  note = \"last\"\n\
                  [deliverable.b]\nown = 1\nname = \"Named\"\nnote = \"last\"\n# tail\n";
    assert_eq!(String::from_utf8(new).unwrap(), wanted);
}

/// The first key that names a deliverable says where it stands: without that key the text would give another order.
#[test]
fn a_deliverable_keeps_its_place_without_the_key_that_names_it_first() {
    let text = "retake = 1\ndeliverable.b.finals = 2\ndeliverable.a.finals = 3\ndeliverable.b.name = \"B\"\n";
    let before = read(text, &place()).budget;
    let mut after = before.clone();
    after.lines[0].settings.put(Knob::Finals, None);
    let new = String::from_utf8(write::updated(text.as_bytes(), &before, &mut after).unwrap()).unwrap();
    assert!(!new.contains("b.finals"), "{new}");
    let again = read(&new, &place()).budget;
    assert_eq!(again.lines.iter().map(|line| line.key.as_str()).collect::<Vec<_>>(), ["b", "a"], "{new}");
    assert_eq!(again, after, "{new}");
}

#[test]
fn saving_pins_the_prices_in_use_and_nothing_else() {
    for (name, text) in corpus() {
        let reading = read(&text, &place());
        let before = reading.budget;
        let mut after = before.clone();
        after.pins = write::pins(&before, &estimate(&before, catalog(), TODAY), catalog());
        let new = String::from_utf8(write::updated(text.as_bytes(), &before, &mut after).unwrap()).unwrap();
        let again = read(&new, &place());
        assert_eq!(again.budget, after, "{name}");
        let errors =
            |problems: &[retake::diagnostics::Problem]| problems.iter().filter(|p| p.level == Level::Error).count();
        assert_eq!(errors(&again.problems), errors(&reading.problems), "{name}");
        assert_eq!(differing(&finished(&text), &finished(&new)).0, [""; 0], "{name}: {new}");
    }
}
