//! The tables of a project file, section by section, into what that one file says by itself.

use super::baseline::ReadBaseline;
use super::cards::Drafts;
use super::origin::{LineOrigins, Origins};
use super::problem::{At, Report, Sentence, quoted_key};
use super::reader::{Item, Reader, Told};
use super::scenarios::ReadScenario;
use super::schema::Section;
use super::values::{Filled, unreadable_assumptions};
use crate::cost::base::money::{Currency, Exchange};
use crate::cost::base::near::near_miss;
use crate::cost::base::number_text::parse_decimal;
use crate::cost::budget::knob_text::{Refusal, nearest_word};
use crate::cost::budget::{Compared, Setting, Settings};
use crate::cost::rates::rate_card::{Meter, Profile, Provenance, Rates, TokenCard};
use crate::cost::{Decimal, Knob};
use crate::diagnostics::{Code, Layer, Origin, Position};
use crate::words;
use crate::words::number::grouped;
use std::collections::BTreeMap;
use std::ops::Range;
use std::path::Path;
use std::sync::Arc;
use toml::Spanned;
use toml::de::{DeString, DeTable, DeValue};

/// The version of the format that this program writes.
pub const VERSION: u64 = 1;

/// The values of one file by itself, with their places.
#[derive(Default)]
pub(super) struct Said {
    pub(super) extends: Option<String>,
    pub(super) name: Option<String>,
    pub(super) client: Option<String>,
    pub(super) notes: Option<String>,
    pub(super) currency: Told<Currency>,
    pub(super) exchange: Told<Exchange>,
    pub(super) settings: Settings,
    pub(super) profiles: Vec<(String, Profile)>,
    pub(super) pins: Vec<(String, TokenCard)>,
    pub(super) cards: Vec<super::cards::Named>,
    /// The cards that a file below may change key by key, those of the files above included.
    pub(super) card_drafts: Drafts,
    pub(super) bills: Compared,
    pub(super) fees: Vec<super::fees::ReadFee>,
    pub(super) risks: Vec<super::risks::ReadRisk>,
    pub(super) scenarios: Vec<ReadScenario>,
    pub(super) baseline: ReadBaseline,
    pub(super) lines: Vec<super::lines::ReadLine>,
    /// Places of what is no knob, by dotted key.
    pub(super) fields: Vec<(String, Range<usize>)>,
    /// Places of the assumptions.
    pub(super) knobs: Vec<(Knob, Range<usize>)>,
    /// Whether the assumed prompt tokens were counted from text.
    pub(super) counted: bool,
}

impl Reader<'_> {
    /// The version, if it is newer than this program's.
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
    /// `above`: the cards of the files that this one extends.
    pub(super) fn body(&mut self, top: &DeTable<'_>, above: Drafts) -> Said {
        let mut said = Said { card_drafts: above, ..Said::default() };
        if let Some(item) = top.get("retry_profile") {
            said.profiles = self.retry_profiles(&At::TOP.below("retry_profile"), item);
        }
        if let Some(item) = top.get("card") {
            said.cards = self.cards(&At::TOP.below("card"), item, self.found, &mut said.card_drafts);
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
                "fee" => said.fees = reader.fees(at, item),
                "risk" => said.risks = reader.risks(at, item),
                "rates" => said.pins = reader.pins(at, item),
                "bills" => said.bills = reader.bills(at, item),
                "scenario" => said.scenarios = reader.scenarios(at, item),
                "baseline" => said.baseline = reader.baseline(at, item),
                _ => return,
            }
            said.fields.push((row.key.to_owned(), item.span()));
        });
        self.check_baseline(&said.baseline, &said.scenarios);
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

    /// Reports prices pinned for an unknown model: they would have no effect.
    fn card_name(&mut self, at: &At<'_>, key: &Spanned<DeString<'_>>) {
        let name: &str = key.get_ref();
        let model = name.strip_prefix("openai/").unwrap_or(name);
        let models = || self.catalog.models.iter().map(|model| model.id.as_str());
        let another_provider = !name.starts_with("openai/") && !models().any(|id| id == name);
        if self.newer || another_provider || (name != model && models().any(|id| id == model)) {
            return;
        }
        let slip = near_miss(model, models()).filter(|near| figures_of(near) == figures_of(model));
        let nearest = slip.or_else(|| nearest_word(model, models()));
        let code = if slip.is_some() { Code::KeyNear } else { Code::KeyUnknown };
        self.report.say(code, at, &key.span(), |written| {
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

/// A model of another number is another model, not a slip.
fn figures_of(model: &str) -> String {
    model.chars().filter(char::is_ascii_digit).collect()
}

/// A position for each place.
pub(super) fn positions(report: &Report<'_>, places: &[(Knob, Range<usize>)]) -> Vec<(Knob, Position)> {
    places.iter().map(|(knob, span)| (*knob, report.position(span))).collect()
}

/// The positions of what one file says.
#[derive(Default)]
pub(super) struct Places {
    pub(super) knobs: Vec<(Knob, Position)>,
    pub(super) fields: Vec<(String, Position)>,
    lines: Vec<(String, LineOrigins)>,
}

impl Places {
    pub(super) fn of(said: &Said, report: &Report<'_>) -> Places {
        let lines = said.lines.iter().map(|read| {
            let origins = LineOrigins { table: report.position(&read.place), knobs: positions(report, &read.knobs) };
            (read.line.key.clone(), origins)
        });
        let fields = said.fields.iter().map(|(key, span)| (key.clone(), report.position(span)));
        Places { knobs: positions(report, &said.knobs), fields: fields.collect(), lines: lines.collect() }
    }

    pub(super) fn field(&self, key: &str) -> Option<Position> {
        self.fields.iter().find(|(k, _)| k == key).map(|(_, position)| *position)
    }

    /// What is said here, before the fields and the knobs of the files above.
    pub(super) fn origins(
        self,
        file: Option<&Path>,
        mut fields: BTreeMap<String, Origin>,
        team: Vec<(Knob, Origin)>,
    ) -> Origins {
        let file: Option<Arc<Path>> = file.map(Arc::from);
        let own =
            |position| Origin { layer: Layer::Project, file: file.clone(), position: Some(position), scenario: None };
        fields.extend(self.fields.into_iter().map(|(key, position)| (key, own(position))));
        let lines = self.lines.into_iter().collect();
        Origins { file, assumptions: self.knobs, team, fields, lines }
    }
}
