//! The tables of a project file, section by section, into what that one file says by itself.

use super::problem::{At, Code, Report, Sentence, quoted_key};
use super::prompts::{PromptCounter, Written};
use super::schema::{self, Form, Row, Section};
use super::values::{Item, Told};
use crate::cost::base::limits::{EXCHANGE_MAX, NAME_MAX, NOTE_MAX};
use crate::cost::base::money::{Currency, Exchange};
use crate::cost::base::number_text::parse_decimal;
use crate::cost::budget::Catalog;
use crate::cost::budget::knob::{Scope, TABLE};
use crate::cost::budget::knob_text::{Refusal, nearest_word};
use crate::cost::budget::{Compared, Setting, Settings};
use crate::cost::rates::card::Found;
use crate::cost::rates::rate_card::{Meter, Profile, Provenance, Rates, TokenCard};
use crate::cost::{Decimal, Knob};
use crate::diagnostics::{Level, Position};
use crate::project::chunks::Parts;
use crate::words;
use crate::words::number::grouped;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::path::Path;
use toml::Spanned;
use toml::de::{DeString, DeTable, DeValue};

/// The version of the format that this program writes.
pub const VERSION: u64 = 1;

/// Reads one file.
pub(super) struct Reader<'a> {
    pub(super) report: Report<'a>,
    pub(super) catalog: &'a Catalog,
    /// Every retry profile that may be named, and whether it could be read.
    pub(super) profiles: BTreeMap<String, bool>,
    /// A file of a newer version may hold keys that this program cannot know.
    pub(super) newer: bool,
    /// Places of what a person named in a table of its own: pinned cards and retry profiles.
    pub(super) named: Vec<(String, Range<usize>)>,
    /// Where prompt files are looked for from.
    pub(super) file: Option<&'a Path>,
    /// Counts prompts; none before the files above have been read.
    pub(super) prompts: Option<&'a mut dyn PromptCounter>,
    /// Cards that the files have, readable or not.
    pub(super) cards_known: BTreeSet<String>,
    /// Whether the file is the project's own or one that it extends.
    pub(super) found: Found,
    /// Deliverables that are not in the tree.
    pub(super) parts: Option<Parts<'a>>,
    /// Whether the parts turned out to be none: then all that was read here counts for nothing.
    pub(super) scattered: bool,
    /// There are more deliverables than a project holds.
    pub(super) too_many: bool,
    /// Something that no key reads is not TOML.
    pub(super) not_toml: bool,
}

/// What one file says by itself, with the places of its values.
#[derive(Default)]
pub(super) struct Said {
    pub(super) name: Option<String>,
    pub(super) client: Option<String>,
    pub(super) notes: Option<String>,
    pub(super) currency: Told<Currency>,
    pub(super) exchange: Told<Exchange>,
    pub(super) settings: Settings,
    pub(super) profiles: Vec<(String, Profile)>,
    pub(super) pins: Vec<(String, TokenCard)>,
    pub(super) cards: Vec<super::bills::Named>,
    pub(super) bills: Compared,
    pub(super) lines: Vec<super::lines::ReadLine>,
    /// Places of what is no knob, by dotted key.
    pub(super) fields: Vec<(String, Range<usize>)>,
    /// Places of the assumptions.
    pub(super) knobs: Vec<(Knob, Range<usize>)>,
    /// Whether the assumed prompt tokens were counted from text.
    pub(super) counted: bool,
}

/// Settings in the making.
#[derive(Default)]
pub(super) struct Filled {
    pub(super) settings: Settings,
    pub(super) places: Vec<(Knob, Range<usize>)>,
    pub(super) prompts: Vec<Written>,
    /// Whether the prompt tokens were counted from text.
    pub(super) counted: bool,
}

impl<'a> Reader<'a> {
    pub(super) fn new(report: Report<'a>, catalog: &'a Catalog) -> Reader<'a> {
        let (profiles, named) = (BTreeMap::new(), Vec::new());
        let (cards_known, found) = (BTreeSet::new(), Found::Project);
        let (file, prompts, parts) = (None, None, None);
        let (newer, scattered, too_many, not_toml) = (false, false, false, false);
        Reader {
            report,
            catalog,
            profiles,
            newer,
            named,
            file,
            prompts,
            cards_known,
            found,
            parts,
            scattered,
            too_many,
            not_toml,
        }
    }

    /// Calls `on` for each known key of a table and reports the others.
    pub(super) fn each<'t, 'i>(
        &mut self,
        section: Section,
        at: &At<'_>,
        table: &'t DeTable<'i>,
        mut on: impl FnMut(&mut Self, &'static Row, &At<'_>, &'t Item<'i>),
    ) {
        for (key, item) in table {
            match section.row(key.get_ref()) {
                Some(row) if row.form == Form::Kept => self.unread(&at.below(row.key), item),
                Some(row) => on(self, row, &at.below(row.key), item),
                None => {
                    self.unknown_key(section, at, key);
                    self.unread(&at.below(key.get_ref()), item);
                }
            }
        }
    }

    fn unknown_key(&mut self, section: Section, at: &At<'_>, key: &Spanned<DeString<'_>>) {
        let name: &str = key.get_ref();
        if self.newer {
            return;
        }
        let (below, span) = (at.below(name), key.span());
        let elsewhere = section.elsewhere(name);
        // Comparing with every known key takes most of the time in a file of a million unknown ones.
        let nearest = if self.report.is_full(Level::Warning) { None } else { section.nearest(name) };
        if !elsewhere.is_empty() {
            self.report.say(Code::KeyMisplaced, &below, &span, |_| {
                let message = match section {
                    Section::Top => words::key_misplaced_top(name),
                    _ => words::key_misplaced(name, format!("[{at}]")),
                };
                let place = match (section, elsewhere.as_slice()) {
                    (Section::Deliverable, [Section::Explore]) => format!("[{at}.explore]"),
                    _ => places(&elsewhere),
                };
                Sentence::new(message).remedy(words::key_belongs(place))
            });
        } else if nearest.is_none() && schema::is_secret(name) {
            self.report.say(Code::KeySecret, &below, &span, |written| {
                Sentence::new(words::key_secret(written)).remedy(words::key_secret_remedy())
            });
        } else {
            self.report.say(Code::KeyUnknown, &below, &span, |written| {
                let sentence = Sentence::new(words::key_unknown(written));
                match nearest {
                    Some(name) => sentence.remedy(words::did_you_mean(name)),
                    None => {
                        let known: Vec<&str> = section.rows().iter().map(|row| row.key).collect();
                        sentence.allowed(known.join(", ")).remedy(words::key_unknown_remedy())
                    }
                }
            });
        }
    }

    /// A table, or a problem.
    pub(super) fn table<'t, 'i>(&mut self, at: &At<'_>, item: &'t Item<'i>) -> Option<&'t DeTable<'i>> {
        if let DeValue::Table(table) = item.get_ref() {
            return Some(table);
        }
        let array = matches!(item.get_ref(), DeValue::Array(_));
        self.wrong(Code::TableExpected, at, item, |written| {
            let header = format!("[{at}]");
            let message = if array { words::table_not_list(at.key) } else { words::table_expected(at.key, written) };
            Sentence::new(message).allowed(words::table_allowed(&header)).remedy(words::table_remedy(header))
        });
        None
    }

    /// The version; a newer one is remembered and given back.
    pub(super) fn version(&mut self, top: &DeTable<'_>) -> Option<u64> {
        let Some(item) = top.get("retake") else {
            let sentence = Sentence::new(words::version_missing()).allowed(words::version_allowed(VERSION));
            self.report.say_of_file(Code::VersionMissing, sentence.remedy(words::version_missing_remedy(VERSION)));
            return None;
        };
        let at = At::TOP.below("retake");
        let number = match item.get_ref() {
            // Readers hold whole numbers in 64 bits with a sign.
            DeValue::Integer(number) if number.radix() == 10 => number.as_str().parse::<i64>().ok(),
            _ => None,
        };
        match number.and_then(|number| u64::try_from(number).ok()) {
            Some(VERSION) => None,
            Some(newer) if newer > VERSION => {
                self.newer = true;
                self.wrong(Code::VersionNewer, &at, item, |_| {
                    Sentence::new(words::version_newer(newer)).remedy(words::version_newer_remedy())
                });
                Some(newer)
            }
            _ => {
                self.wrong(Code::VersionWrong, &at, item, |written| {
                    Sentence::new(words::version_wrong(written))
                        .allowed(words::version_allowed(VERSION))
                        .remedy(words::write_value("retake", VERSION))
                });
                None
            }
        }
    }

    /// Everything but the version and `extends`, which are read before.
    pub(super) fn body(&mut self, top: &DeTable<'_>) -> Said {
        let mut said = Said::default();
        if let Some(item) = top.get("retry_profile") {
            said.profiles = self.retry_profiles(&At::TOP.below("retry_profile"), item);
        }
        if let Some(item) = top.get("card") {
            said.cards = self.cards(&At::TOP.below("card"), item, self.found);
            self.cards_known.extend(said.cards.iter().map(|(id, _)| id.clone()));
        }
        self.each(Section::Top, &At::TOP, top, |reader, row, at, item| {
            match row.key {
                "name" => said.name = reader.prose(at, item, row.form),
                "client" => said.client = reader.prose(at, item, row.form),
                "notes" => said.notes = reader.prose(at, item, row.form),
                "currency" => said.currency = reader.currency(at, item).into(),
                "exchange" => said.exchange = reader.exchange(at, item),
                "assumptions" => {
                    let filled = reader.assumptions(at, item);
                    (said.settings, said.knobs, said.counted) = (filled.settings, filled.places, filled.counted);
                }
                "deliverable" => said.lines = reader.lines(at, item),
                "rates" => said.pins = reader.pins(at, item),
                "bills" => said.bills = reader.bills(at, item),
                _ => return,
            }
            said.fields.push((row.key.to_owned(), item.span()));
        });
        said.fields.append(&mut self.named);
        if said.currency == Told::Broken
            && let Some(Setting::Value(crate::cost::Value::Cap(cap))) = said.settings.get(Knob::Cap)
            && cap.currency.is_none()
        {
            // An amount of who knows what: nothing can be compared with it.
            said.settings.put(Knob::Cap, Some(Setting::Unreadable));
        }
        said
    }

    fn currency(&mut self, at: &At<'_>, item: &Item<'_>) -> Option<Currency> {
        let allowed = &|| words::currency_allowed().to_owned();
        let read = Currency::parse(self.text(at, item, allowed, words::currency_remedy())?);
        if read.is_none() {
            self.wrong(Code::CurrencyUnknown, at, item, |written| {
                Sentence::new(words::currency_unknown(written)).allowed(allowed()).remedy(words::currency_remedy())
            });
        }
        read
    }

    fn exchange(&mut self, at: &At<'_>, item: &Item<'_>) -> Told<Exchange> {
        let Some(table) = self.table(at, item) else { return Told::Broken };
        let (mut rate, mut as_of, mut source) = (Told::Open, Told::Open, None);
        self.each(Section::Exchange, at, table, |reader, row, at, item| match row.form {
            Form::ExchangeRate => rate = reader.exchange_rate(at, item).into(),
            Form::Date => as_of = reader.date(at, item).into(),
            _ => source = reader.prose(at, item, row.form),
        });
        match (rate, as_of) {
            (Told::Is(rate), Told::Is(as_of)) => Told::Is(Exchange { rate, as_of, source }),
            (Told::Open, Told::Open) => self.exchange_lacks(words::exchange_incomplete_both(), at, item),
            (Told::Open, _) => self.exchange_lacks(&words::exchange_incomplete("rate"), at, item),
            (_, Told::Open) => self.exchange_lacks(&words::exchange_incomplete("as_of"), at, item),
            _ => Told::Broken,
        }
    }

    fn exchange_lacks(&mut self, message: &str, at: &At<'_>, item: &Item<'_>) -> Told<Exchange> {
        self.wrong(Code::ExchangeIncomplete, at, item, |_| {
            let sentence = Sentence::new(message).allowed(words::exchange_allowed());
            sentence.remedy(words::exchange_remedy())
        });
        Told::Broken
    }

    fn exchange_rate(&mut self, at: &At<'_>, item: &Item<'_>) -> Option<Decimal> {
        let max = Decimal::from(EXCHANGE_MAX);
        let allowed = &|| words::exchange_rate_allowed(grouped(max));
        let rate = self.number(at, item, allowed)?;
        if rate > Decimal::ZERO && rate <= max {
            return Some(rate);
        }
        self.wrong(Code::OutOfRange, at, item, |written| {
            let sentence = Sentence::new(words::out_of_range(at.key, written)).allowed(allowed());
            sentence.remedy(words::exchange_rate_remedy())
        });
        None
    }

    fn assumptions(&mut self, at: &At<'_>, item: &Item<'_>) -> Filled {
        let mut filled = Filled::default();
        match self.table(at, item) {
            Some(table) => self.each(Section::Assumptions, at, table, |reader, row, at, item| {
                reader.fill(&mut filled, row, at, item);
            }),
            None => filled.settings = unreadable_assumptions(),
        }
        self.prompts(&mut filled, at);
        filled
    }

    /// Reads a knob into `filled`, or remembers a prompt.
    pub(super) fn fill(&mut self, filled: &mut Filled, row: &'static Row, at: &At<'_>, item: &Item<'_>) {
        match row.form {
            Form::Knob(knob) => {
                let read = self.knob(knob, at, item);
                filled.settings.put(knob, Some(read.map_or(Setting::Unreadable, Setting::Value)));
                filled.places.push((knob, item.span()));
            }
            Form::Prompt => {
                let allowed = &|| words::kind_text().to_owned();
                let text = self.text(at, item, allowed, "").map(str::to_owned);
                filled.prompts.push(Written { key: row.key, span: item.span(), text });
            }
            _ => {}
        }
    }

    /// A text within its limit; what is beyond is reported and left out here, and stays in the file.
    pub(super) fn prose(&mut self, at: &At<'_>, item: &Item<'_>, form: Form) -> Option<String> {
        let prose = form == Form::Prose;
        let max = if prose { NOTE_MAX } else { NAME_MAX };
        let shown = grouped(Decimal::from(max));
        let quoted = match item.get_ref() {
            DeValue::Integer(_) | DeValue::Float(_) | DeValue::Boolean(_) | DeValue::Datetime(_) => {
                words::write_value(at.key, format!("\"{}\"", self.report.written(&item.span())))
            }
            _ => String::new(),
        };
        let text = self.text(at, item, &|| words::text_allowed(&shown), &quoted)?;
        self.hidden_characters(at, &item.span(), text, prose);
        let Some((end, _)) = text.char_indices().nth(max) else { return Some(text.to_owned()) };
        self.text_too_long(at, &item.span(), text, max);
        Some(text[..end].to_owned())
    }

    pub(super) fn text_too_long(&mut self, at: &At<'_>, span: &Range<usize>, text: &str, max: usize) {
        self.report.say(Code::TextTooLong, at, span, |_| {
            let (count, max) = (text.chars().count(), grouped(Decimal::from(max)));
            Sentence::new(words::text_too_long(at.key, grouped(Decimal::from(count))))
                .allowed(words::text_allowed(&max))
                .remedy(words::text_too_long_remedy())
        });
    }

    /// Notes characters that hide, or turn around what stands beside them; they are kept, and shown as marks.
    pub(super) fn hidden_characters(&mut self, at: &At<'_>, span: &Range<usize>, text: &str, prose: bool) {
        let allowed = |c: char| prose && matches!(c, '\n' | '\r' | '\t');
        let hidden = |c: &char| words::safe::is_hostile(*c) && !allowed(*c);
        let Some(first) = text.chars().find(hidden) else { return };
        self.report.say(Code::TextHidden, at, span, |_| {
            let count = grouped(Decimal::from(text.chars().filter(hidden).count()));
            let name = format!("U+{:04X}", u32::from(first));
            Sentence::new(words::text_hidden(at.key, count, name)).remedy(words::text_hidden_remedy())
        });
    }

    /// Pinned prices, by card.
    fn pins(&mut self, at: &At<'_>, item: &Item<'_>) -> Vec<(String, TokenCard)> {
        let Some(table) = self.table(at, item) else { return Vec::new() };
        let mut pins = Vec::new();
        for (key, item) in table {
            let at = at.below(key.get_ref());
            self.card_name(&at, key);
            self.named.push((at.to_string(), key.span()));
            // A card that cannot be read keeps its place: the built-in prices must not step in for pinned ones.
            let provenance = Provenance { source: String::new(), checked: None, grade: None };
            let mut card = TokenCard { standard: None, batch: None, provenance };
            if let Some(table) = self.table(&at, item) {
                self.each(Section::Rates, &at, table, |reader, row, at, item| match row.key {
                    "checked" => card.provenance.checked = reader.date(at, item),
                    "source" => card.provenance.source = reader.prose(at, item, row.form).unwrap_or_default(),
                    "grade" => card.provenance.grade = reader.grade(at, item),
                    "standard" => card.standard = reader.rates(at, item),
                    _ => card.batch = reader.rates(at, item),
                });
            }
            pins.push((key.get_ref().to_string(), card));
        }
        pins
    }

    /// Prices pinned under a name that no model has count for nothing, which nobody means.
    fn card_name(&mut self, at: &At<'_>, key: &Spanned<DeString<'_>>) {
        let name: &str = key.get_ref();
        let model = name.strip_prefix("openai/").unwrap_or(name);
        let models = || self.catalog.models.iter().map(|model| model.id.as_str());
        let another_provider = !name.starts_with("openai/") && !models().any(|id| id == name);
        if self.newer || another_provider || (name != model && models().any(|id| id == model)) {
            return;
        }
        let nearest = nearest_word(model, models());
        self.report.say(Code::KeyUnknown, at, &key.span(), |written| {
            let sentence = Sentence::new(words::card_unknown(written));
            match nearest {
                Some(model) => sentence.remedy(words::did_you_mean(quoted_key(&format!("openai/{model}")))),
                None => {
                    let known: Vec<String> = models().map(|id| format!("openai/{id}")).collect();
                    sentence.allowed(known.join(", ")).remedy(words::key_unknown_remedy())
                }
            }
        });
    }

    fn rates(&mut self, at: &At<'_>, item: &Item<'_>) -> Option<Rates> {
        let table = self.table(at, item)?;
        let mut rates = Rates::default();
        self.each(Section::Meters, at, table, |reader, row, at, item| {
            if let (Some(meter), Some(usd)) = (Meter::parse(row.key), reader.rate(at, item)) {
                rates = rates.with(meter, usd);
            }
        });
        Some(rates)
    }

    fn rate(&mut self, at: &At<'_>, item: &Item<'_>) -> Option<Decimal> {
        let (min, max) = (Decimal::ZERO, Decimal::from(1_000_000));
        let allowed = &|| words::rate_allowed(grouped(max));
        let usd = match item.get_ref() {
            // Prices in quotes are how other price lists spell them; the digits are the same.
            DeValue::String(text) => parse_decimal(text).ok(),
            _ => None,
        };
        let usd = match usd {
            Some(usd) => usd,
            None => self.number(at, item, allowed)?,
        };
        let read = if (min..=max).contains(&usd) { Ok(usd) } else { Err(Refusal::OutOfRange { min, max }) };
        self.checked(at, item, read, |end| end.to_string(), allowed)
    }
}

/// Settings of a layer that is there and cannot be read: nothing below it may step in.
pub(super) fn unreadable_assumptions() -> Settings {
    let mut settings = Settings::default();
    for row in TABLE.iter().filter(|row| row.scope != Scope::Deliverable) {
        settings.put(row.knob, Some(Setting::Unreadable));
    }
    settings
}

/// A position for each place.
pub(super) fn positions(report: &Report<'_>, places: &[(Knob, Range<usize>)]) -> Vec<(Knob, Position)> {
    places.iter().map(|(knob, span)| (*knob, report.position(span))).collect()
}

fn place(section: Section) -> String {
    if section == Section::Top { words::place_top().to_owned() } else { section.place().to_owned() }
}

fn places(sections: &[Section]) -> String {
    sections.iter().map(|section| place(*section)).collect::<Vec<_>>().join(&format!(" {} ", words::or()))
}
