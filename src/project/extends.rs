//! `extends`: a chain of files, each filling what the one before leaves open.

use crate::cost::Knob;
use crate::cost::base::limits::{DELIVERABLES_MAX, FILE_BYTES_MAX, TEAM_FILES_MAX};
use crate::cost::base::money::{Currency, Exchange, Shown};
use crate::cost::base::retry::Retry;
use crate::cost::budget::Catalog;
use crate::cost::budget::{Compared, Fee, FeeKey, Keyed, NamedRisk, RiskKey, Settings, TeamHead};
use crate::cost::rates::card::{Card, Found};
use crate::cost::rates::rate_card::{Profile, TokenCard};
use crate::diagnostics::{Code, Layer, Origin, Problem};
use crate::project::bounds;
use crate::project::cards::Drafts;
use crate::project::chunks::Chunks;
use crate::project::foreign;
use crate::project::other_files::{PromptCounter, TeamError, TeamFile, TeamFiles, not_a_relative_path, reason_of};
use crate::project::problem::{At, Report, Sentence, shortened};
use crate::project::reader::{Item, Reader, Told};
use crate::project::sections::{Places, Said};
use crate::project::syntax;
use crate::project::values::unreadable_assumptions;
use crate::words;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use toml::de::DeTable;

/// One file with what it extends, before they are put together.
pub(super) struct OneFile {
    pub(super) said: Said,
    pub(super) above: Inherited,
    pub(super) problems: Vec<Problem>,
    pub(super) newer: Option<u64>,
    pub(super) unparsable: bool,
    pub(super) places: Places,
}

/// The values of the files that a file extends.
#[derive(Default)]
pub(super) struct Inherited {
    pub(super) settings: Settings,
    pub(super) knobs: Vec<(Knob, Origin)>,
    pub(super) client: Option<String>,
    pub(super) currency: Told<Currency>,
    pub(super) exchange: Told<Exchange>,
    /// The currency that the exchange rate is for.
    pub(super) exchange_currency: Option<Currency>,
    /// The currency that a cap without one is in.
    pub(super) cap_currency: Option<Currency>,
    pub(super) profiles: BTreeMap<String, Profile>,
    pub(super) pins: BTreeMap<String, TokenCard>,
    pub(super) cards: BTreeMap<String, Option<Arc<Card>>>,
    /// The same before they are complete, for a file that changes some of their keys.
    pub(super) card_drafts: Drafts,
    pub(super) bills: Compared,
    pub(super) fees: BTreeMap<String, Fee>,
    pub(super) risks: BTreeMap<String, NamedRisk>,
    pub(super) fields: BTreeMap<String, Origin>,
    pub(super) problems: Vec<Problem>,
    pub(super) files: Vec<PathBuf>,
}

/// The files that are being read, each extended by the one before.
pub(super) struct Chain<'c> {
    pub(super) catalog: &'c Catalog,
    pub(super) team: &'c mut dyn TeamFiles,
    pub(super) prompts: &'c mut dyn PromptCounter,
    /// Identity and shown path of each.
    open: Vec<(PathBuf, PathBuf)>,
}

impl<'c> Chain<'c> {
    pub(super) fn new(
        file: Option<&Path>,
        catalog: &'c Catalog,
        team: &'c mut dyn TeamFiles,
        prompts: &'c mut dyn PromptCounter,
    ) -> Chain<'c> {
        let open = file.map(|file| (team.identity(file), file.to_path_buf())).into_iter().collect();
        Chain { catalog, team, prompts, open }
    }

    /// Reads a file and what it extends. More deliverables than a project holds are refused before anything is parsed, if the
    /// text plainly has a header for each.
    pub(super) fn read(&mut self, text: &str, file: Option<&Path>) -> OneFile {
        let one = self.read_any(text, file);
        let merging = one.problems.iter().any(|problem| problem.code == Code::Conflict);
        match one.unparsable && !merging && foreign::is_text(text) {
            true => OneFile::unparsable(foreign::problem(text, file)),
            false => one,
        }
    }

    fn read_any(&mut self, text: &str, file: Option<&Path>) -> OneFile {
        if let Some(beyond) = bounds::lines(text) {
            return OneFile::unparsable(syntax::beyond_limit(text, file, &beyond));
        }
        let parts = Chunks::of(text);
        if let Some((count, beyond)) = parts.as_ref().and_then(|parts| parts.beyond(DELIVERABLES_MAX)) {
            let mut report = Report::new(text, file);
            report.too_many_deliverables(count, &beyond);
            return OneFile::unparsable(report.finish());
        }
        if let Some(beyond) = bounds::of_text(text) {
            return OneFile::unparsable(syntax::beyond_limit(text, file, &beyond));
        }
        let by_parts = parts.filter(|parts| parts.count <= DELIVERABLES_MAX);
        let by_parts = by_parts.and_then(|parts| self.read_by_parts(text, file, parts));
        by_parts.unwrap_or_else(|| self.read_whole(text, file))
    }

    pub(super) fn read_whole(&mut self, text: &str, file: Option<&Path>) -> OneFile {
        match syntax::parse(text, file) {
            Ok((top, _)) if foreign::is_toml(&top) => OneFile::unparsable(foreign::problem(text, file)),
            Ok((top, report)) => self.read_tree(report, None, &top, file).0,
            Err(problems) => OneFile::unparsable(problems),
        }
    }

    /// The same with less memory; `None` if the text has to be read whole.
    pub(super) fn read_by_parts(&mut self, text: &str, file: Option<&Path>, parts: Chunks<'_>) -> Option<OneFile> {
        if !syntax::is_plain(text) {
            return None;
        }
        let rest = parts.rest();
        let top = parts.top(&rest)?;
        let (one, whole) = self.read_tree(Report::new(text, file), Some(parts), &top, file);
        whole.then_some(one)
    }

    /// The values of a tree; `false` if other parts of the file could not be read.
    fn read_tree(
        &mut self,
        report: Report<'_>,
        parts: Option<Chunks<'_>>,
        top: &DeTable<'_>,
        file: Option<&Path>,
    ) -> (OneFile, bool) {
        let mut reader = Reader::new(report, self.catalog);
        reader.parts = parts;
        let newer = reader.version(top);
        let above = self.above(&mut reader, top, file);
        let usable = |profile: &Profile| !matches!(profile.retry, Retry::Profile(_));
        let known = self.catalog.profiles.iter().chain(&above.profiles);
        reader.profiles = known.map(|(name, profile)| (name.clone(), usable(profile))).collect();
        reader.cards_known = above.cards.keys().cloned().collect();
        if self.open.len() > 1 {
            reader.found = Found::Team;
        }
        let prompts: &mut dyn PromptCounter = &mut *self.prompts;
        (reader.file, reader.prompts) = (file, Some(prompts));
        let mut said = reader.body(top, above.card_drafts.clone());
        said.extends = top.get("extends").and_then(|item| item.get_ref().as_str()).map(str::to_owned);
        let places = Places::of(&said, &reader.report);
        if let (true, Some((key, _))) = (self.open.len() > 1, top.get_key_value("deliverable")) {
            reader.report.say(Code::TeamDeliverables, &At::TOP.below("deliverable"), &key.span(), |_| {
                Sentence::new(words::team_deliverables()).remedy(words::team_deliverables_remedy())
            });
        }
        let own = ["scenario", "baseline"].into_iter().filter_map(|key| top.get_key_value(key));
        for (key, _) in own.filter(|_| self.open.len() > 1) {
            reader.report.say(Code::TeamScenarios, &At::TOP.below(key.get_ref()), &key.span(), |_| {
                Sentence::new(words::team_scenarios()).remedy(words::team_scenarios_remedy())
            });
        }
        above.check(&said, &mut reader, top);
        if self.open.len() <= 1 {
            let lines: Vec<&str> = said.lines.iter().map(|read| read.line.key.as_str()).collect();
            reader.check_fees(&said.fees, &above.fees, &lines);
            reader.check_risks(&said.risks, &above.risks, &lines);
        }
        let whole = !reader.scattered;
        if reader.too_many || (reader.not_toml && whole) {
            return (OneFile::unparsable(reader.report.finish()), true);
        }
        (OneFile { said, above, problems: reader.report.finish(), newer, unparsable: false, places }, whole)
    }

    fn above(&mut self, reader: &mut Reader<'_>, top: &DeTable<'_>, file: Option<&Path>) -> Inherited {
        let Some(item) = top.get("extends") else { return Inherited::default() };
        let at = At::TOP.below("extends");
        let allowed = &|| words::extends_allowed().to_owned();
        let Some(wanted) = reader.text(&at, item, allowed, words::extends_path_remedy()) else {
            return Inherited::unreadable();
        };
        match self.open(wanted, file) {
            Ok(found) => self.extended(found),
            Err((code, sentence)) => {
                reader.wrong(code, &at, item, |_| sentence);
                Inherited::unreadable()
            }
        }
    }

    fn open(&mut self, wanted: &str, from: Option<&Path>) -> Result<TeamFile, (Code, Sentence)> {
        let shown = &shortened(wanted, false);
        let Some(from) = from else {
            let sentence = Sentence::new(words::extends_no_place(shown)).allowed(words::extends_allowed());
            return Err((Code::ExtendsNoPlace, sentence.remedy(words::extends_no_place_remedy())));
        };
        let not_toml = || (!wanted.ends_with(".toml")).then(|| words::extends_not_toml(shown));
        if let Some(why) = not_a_relative_path(wanted, words::extends_empty()).or_else(not_toml) {
            let sentence = Sentence::new(why).allowed(words::extends_allowed());
            return Err((Code::ExtendsPath, sentence.remedy(words::extends_path_remedy())));
        }
        let found = self.team.open(from, wanted).map_err(|error| refused(shown, error))?;
        if let Some(begin) = self.open.iter().position(|(identity, _)| *identity == found.identity) {
            let shown = self.open[begin..].iter().map(|(_, shown)| shown).chain([&self.open[begin].1]);
            let circle = shown.map(|path| path.display().to_string()).collect::<Vec<_>>().join(" → ");
            let sentence = Sentence::new(words::extends_circle(circle)).remedy(words::extends_circle_remedy());
            return Err((Code::ExtendsCircle, sentence));
        }
        if self.open.len() > TEAM_FILES_MAX {
            let sentence = Sentence::new(words::extends_too_long(TEAM_FILES_MAX));
            return Err((Code::ExtendsTooLong, sentence.remedy(words::extends_too_long_remedy())));
        }
        Ok(found)
    }

    fn extended(&mut self, found: TeamFile) -> Inherited {
        self.open.push((found.identity, found.path.clone()));
        let one = self.read(&found.text, Some(&found.path));
        self.open.pop();
        one.inherited(&found.path)
    }
}

fn refused(wanted: &str, error: TeamError) -> (Code, Sentence) {
    if let TeamError::Outside(root) = error {
        let sentence = Sentence::new(words::extends_outside(wanted))
            .allowed(words::extends_outside_allowed(root.display()))
            .remedy(words::extends_outside_remedy());
        return (Code::ExtendsOutside, sentence);
    }
    let (message, remedy) = reason_of(wanted, error, FILE_BYTES_MAX, words::extends_file_remedy());
    (Code::ExtendsUnreadable, Sentence::new(message).allowed(words::extends_allowed()).remedy(remedy))
}

/// The currency of an amount in a file with this one: whoever inherits the amount must not read it in another. `None` if that of
/// the file cannot be read.
fn own_currency(named: Option<Currency>, of_file: &Told<Currency>) -> Option<Currency> {
    named.or(match of_file {
        Told::Open => Some(Currency::USD),
        Told::Is(currency) => Some(*currency),
        Told::Broken => None,
    })
}

/// A fee as others inherit it.
fn inherited_fee(mut fee: Fee, of_file: &Told<Currency>) -> Fee {
    if let Some(amount) = fee.amount.as_mut() {
        amount.currency = own_currency(amount.currency, of_file);
        if amount.currency.is_none() {
            fee.amount = None;
            fee.unreadable.insert(FeeKey::Amount);
        }
    }
    fee
}

/// A named risk as others inherit it.
fn inherited_risk(mut risk: NamedRisk, of_file: &Told<Currency>) -> NamedRisk {
    if let Some(amount) = risk.amount.as_mut() {
        amount.currency = own_currency(amount.currency, of_file);
        if amount.currency.is_none() {
            risk.amount = None;
            risk.unreadable.insert(RiskKey::Amount);
        }
    }
    risk
}

/// Puts what a file says on top of what the files above it say.
fn put_over<T: Keyed>(above: &mut BTreeMap<String, T>, name: String, own: T) {
    let own = match above.remove(&name) {
        Some(general) => own.over(&general),
        None => own,
    };
    above.insert(name, own);
}

/// What a file says of bills, before what it inherits.
pub(super) fn compared(own: Compared, above: Compared) -> Compared {
    let compare = if own.compare.is_empty() { above.compare } else { own.compare };
    // A number that cannot be read is not replaced by the one above.
    let says = own.months.is_some() || own.months_unreadable;
    let (months, months_unreadable) =
        if says { (own.months, own.months_unreadable) } else { (above.months, above.months_unreadable) };
    Compared { compare, months, months_unreadable }
}

impl OneFile {
    fn unparsable(problems: Vec<Problem>) -> OneFile {
        let (said, above, places) = (Said::default(), Inherited::default(), Places::default());
        OneFile { said, above, problems, newer: None, unparsable: true, places }
    }

    /// The values that the file at `path` passes on to a file that extends it: its own before inherited ones.
    fn inherited(self, path: &Path) -> Inherited {
        if self.unparsable {
            let files = vec![path.to_path_buf()];
            return Inherited { problems: self.problems, files, ..Inherited::unreadable() };
        }
        let file: Arc<Path> = Arc::from(path);
        let origin = |position| Origin::in_file(Layer::Team, Arc::clone(&file), position);
        let OneFile { said, mut above, mut problems, places, .. } = self;
        let currency = above.currency(&said);
        if said.settings.get(Knob::Cap).is_some() {
            above.cap_currency = currency.is().copied();
        }
        for (knob, setting) in said.settings.iter() {
            above.settings.put(knob, Some(setting.clone()));
            above.knobs.retain(|(k, _)| *k != knob);
        }
        above.knobs.extend(places.knobs.into_iter().map(|(knob, position)| (knob, origin(position))));
        if said.exchange != Told::Open {
            (above.exchange, above.exchange_currency) = (said.exchange, currency.is().copied());
        }
        above.currency = currency.clone();
        above.client = said.client.or(above.client);
        above.profiles.extend(said.profiles);
        above.pins.extend(said.pins);
        above.cards.extend(said.cards);
        above.card_drafts = said.card_drafts;
        above.bills = compared(said.bills, above.bills);
        for read in said.fees {
            put_over(&mut above.fees, read.name, inherited_fee(read.fee, &currency));
        }
        for read in said.risks {
            put_over(&mut above.risks, read.name, inherited_risk(read.risk, &currency));
        }
        let passed_on = |key: &str| !matches!(key, "name" | "notes" | "deliverable" | "assumptions");
        let fields = places.fields.into_iter().filter(|(key, _)| passed_on(key));
        above.fields.extend(fields.map(|(key, position)| (key, origin(position))));
        problems.append(&mut above.problems);
        above.problems = problems;
        above.files.insert(0, path.to_path_buf());
        above
    }
}

impl Inherited {
    /// Placeholder for an unreadable `extends` file: every value that it might set counts as unreadable.
    fn unreadable() -> Inherited {
        let (currency, exchange) = (Told::Broken, Told::Broken);
        Inherited { settings: unreadable_assumptions(), currency, exchange, ..Inherited::default() }
    }

    /// The currency that counts for a file above which this stands.
    pub(super) fn currency(&self, said: &Said) -> Told<Currency> {
        match (&said.currency, &self.currency) {
            (Told::Open, above) => above.clone(),
            (own, _) => own.clone(),
        }
    }

    /// The rate that counts for a file: its own, else the inherited one if it is for the same currency.
    pub(super) fn exchange(&self, said: &Said) -> Told<Exchange> {
        let currency = self.currency(said).is().copied();
        match &said.exchange {
            Told::Open if self.exchange_currency.is_some() && self.exchange_currency != currency => Told::Open,
            Told::Open => self.exchange.clone(),
            own => own.clone(),
        }
    }

    /// What these files say of the project itself.
    pub(super) fn head(&self) -> TeamHead {
        let currency = self.currency.is().copied();
        let counts = |currency| currency != Currency::USD && self.exchange_currency.is_none_or(|of| of == currency);
        let exchange = |currency| self.exchange.is().filter(|_| counts(currency)).cloned();
        TeamHead {
            client: self.client.clone(),
            shown: currency.map(|currency| Shown { currency, exchange: exchange(currency) }),
            months: self.bills.months,
        }
    }

    /// Reports problems that show only when a file is combined with those that it extends.
    fn check(&self, said: &Said, reader: &mut Reader<'_>, top: &DeTable<'_>) {
        let plain = match self.currency(said) {
            Told::Open => true,
            Told::Broken => false,
            Told::Is(currency) => currency == Currency::USD,
        };
        if let (true, Told::Is(_), Some(item)) = (plain, &said.exchange, top.get("exchange")) {
            let item: &Item<'_> = item;
            reader.wrong(Code::ExchangeUnused, &At::TOP.below("exchange"), item, |_| {
                Sentence::new(words::exchange_unused()).remedy(words::exchange_unused_remedy())
            });
        }
    }
}
