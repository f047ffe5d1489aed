//! Where each note leads with Enter: a table over all kinds of issue, and over the keys of problems in a file.

use crate::desk::{Desk, TODAY};
use retake::app::Focus;
use retake::app::flows::leads::{Lead, of_issue, of_note, of_problem};
use retake::app::model::form::FormRow;
use retake::app::model::notes::collected;
use retake::app::model::overlay::Overlay;
use retake::app::model::screen::Screen;
use retake::app::model::view::Selection;
use retake::cost::base::money::Currency;
use retake::cost::base::retry::Factor;
use retake::cost::base::size::{Ratio, Size};
use retake::cost::base::tokens::Quality;
use retake::cost::budget::RiskKey;
use retake::cost::budget::fee::{FeeKey, Per};
use retake::cost::estimate::issue::{Issue, IssueCode, IssueKind};
use retake::cost::estimate::risk_fault::RiskFault;
use retake::cost::rates::rate_card::{Grade, Meter, ServiceTier};
use retake::cost::{Decimal, Knob};
use retake::diagnostics::{Code, Problem};
use std::collections::BTreeSet;

const PROJECT: &str = r#"retake = 1
name = "Spring launch"

[assumptions]
quality = "high"
retry = 2.0
cap = 1

[bills]
compare = ["mine"]

[card.mine]
name = "Mine"
kind = "per image"
price = 0.10

[fee.retouching]
amount = 4.50
per = "final"

[risk.round]
chance = "40%"
finals = 12
deliverable = "hero"

[deliverable.hero]
finals = 24

[deliverable.social]
finals = 60
"#;

fn field(knob: Knob) -> Lead {
    Lead::Field(Selection::Line(0), knob)
}

/// An example of each kind of issue, with the place that it leads to where it names no knob.
fn examples() -> Vec<(IssueKind, Lead)> {
    let (size, ratio) = (Size::new(1000, 1000).unwrap(), Ratio::parse("4:5").unwrap());
    let (quality, tier, meter) = (Quality::High, ServiceTier::Batch, Meter::ImageOutput);
    let text = || "mine".to_owned();
    let fee = || "retouching".to_owned();
    let (one, usd) = (Decimal::ONE, Currency::USD);
    let card = || Lead::Card("mine".to_owned());
    let cap = Lead::Field(Selection::Project, Knob::Cap);
    let charged = || Lead::Form(FormRow::Fee("retouching".to_owned()));
    vec![
        (IssueKind::SizeIllegal { size, rules: Vec::new(), nearest: None }, field(Knob::Size)),
        (IssueKind::SizeAuto, field(Knob::Size)),
        (IssueKind::SizeExperimental { size }, field(Knob::Size)),
        (IssueKind::RatioDisagrees { ratio, size }, field(Knob::Ratio)),
        (IssueKind::QualityAuto, field(Knob::Quality)),
        (IssueKind::QualityNotOfModel { quality, model: text(), known: Vec::new() }, field(Knob::Quality)),
        (IssueKind::TokensApproximate { model: text(), quality, size }, field(Knob::Quality)),
        (IssueKind::TokensUnknown { model: text(), quality, size }, field(Knob::Quality)),
        (IssueKind::ModelShutDown { model: text(), on: TODAY, replacements: Vec::new() }, field(Knob::Model)),
        (IssueKind::ModelShutsDown { model: text(), on: TODAY, days: 3, replacements: Vec::new() }, field(Knob::Model)),
        (IssueKind::RateUnknown { card: text(), tier, meter }, field(Knob::ServiceTier)),
        (IssueKind::BatchNotOffered { model: text() }, field(Knob::ServiceTier)),
        (IssueKind::RetryGuess { factor: Factor::ONE, range: None, grade: Grade::C }, field(Knob::Retry)),
        (IssueKind::ProfileUnknown { name: text() }, field(Knob::Retry)),
        (IssueKind::MeasuredUnused { differs: Vec::new() }, field(Knob::Measured)),
        (IssueKind::MeasuredPerImage { model: text() }, field(Knob::Measured)),
        (IssueKind::ReferenceTokensUnknown { model: text() }, field(Knob::References)),
        (IssueKind::BufferUnusual { percent: one }, field(Knob::Buffer)),
        (IssueKind::SparePictures { images_per_call: 4, per_final: one, factor: one }, field(Knob::ImagesPerCall)),
        (IssueKind::TooManyFinals { finals: 1, repeat: 1, most: 1 }, field(Knob::Finals)),
        (IssueKind::TooManyDigits, field(Knob::Finals)),
        (IssueKind::Unreadable, field(Knob::Finals)),
        (IssueKind::OverCap { total: one, cap: one, currency: usd, approximate: false }, cap.clone()),
        (IssueKind::OverCapAtLeast { known: one, cap: one, currency: usd, approximate: false }, cap.clone()),
        (IssueKind::CapCurrency { cap: usd, project: usd }, cap),
        (IssueKind::TotalUnknown { lines: 1 }, Lead::Field(Selection::Project, Knob::Buffer)),
        (IssueKind::FeeIncomplete { fee: fee(), key: FeeKey::Per }, charged()),
        (IssueKind::FeeUnreadable { fee: fee(), key: FeeKey::Per }, charged()),
        (IssueKind::FeeCurrency { fee: fee(), currency: usd, project: usd }, charged()),
        (IssueKind::FeeDeliverable { fee: fee(), deliverable: text() }, charged()),
        (IssueKind::FeeKeyUnused { fee: fee(), key: FeeKey::Per, per: Per::Final }, charged()),
        (IssueKind::FeeNamesNone { fee: fee() }, charged()),
        (IssueKind::CardInputsUnsaid { card: text(), lines: Vec::new() }, card()),
        (IssueKind::PriceStale { card: text(), of_seller: true, checked: TODAY, days: 90 }, card()),
        (IssueKind::PriceUndated { card: text() }, card()),
        (IssueKind::PriceAhead { card: text(), of_seller: true, checked: TODAY }, card()),
        (IssueKind::ExchangeStale { card: Some(text()), as_of: TODAY, days: 90 }, card()),
        (IssueKind::ExchangeAhead { card: Some(text()), as_of: TODAY }, card()),
        (IssueKind::CardExchangeMissing { card: text(), currency: usd }, card()),
        (IssueKind::CardsDiffer { cards: Vec::new() }, Lead::Card(String::new())),
        (IssueKind::RatesDiffer { count: 1 }, Lead::Rates),
    ]
}

#[test]
fn every_kind_of_issue_leads_to_what_it_is_about() {
    let desk = Desk::of(PROJECT);
    let mut seen = BTreeSet::new();
    for (kind, lead) in examples() {
        seen.insert(kind.code());
        let deliverable = matches!(lead, Lead::Field(Selection::Line(_), _)).then(|| "hero".to_owned());
        let issue = Issue { deliverable: deliverable.clone(), knob: None, kind: kind.clone() };
        assert_eq!(of_issue(&desk.state, &issue), lead, "{kind:?}");
        if deliverable.is_some() {
            // The knob that an issue names is the one that it leads to.
            let named = Issue { knob: Some(Knob::DraftSize), ..issue };
            assert_eq!(of_issue(&desk.state, &named), field(Knob::DraftSize), "{kind:?}");
        }
    }
    for alone in [
        IssueKind::ExchangeMissing { currency: Currency::USD },
        IssueKind::ExchangeStale { card: None, as_of: TODAY, days: 90 },
        IssueKind::ExchangeAhead { card: None, as_of: TODAY },
    ] {
        seen.insert(alone.code());
        let lead = of_issue(&desk.state, &Issue { deliverable: None, knob: None, kind: alone });
        assert_eq!(lead, Lead::Form(FormRow::Rate));
    }
    for fault in [
        RiskFault::Lacks(RiskKey::Chance),
        RiskFault::Unreadable(RiskKey::Amount),
        RiskFault::Both,
        RiskFault::Currency(Currency::USD, Currency::USD),
        RiskFault::Deliverable("gone".to_owned()),
        RiskFault::Unused,
    ] {
        seen.insert(fault.code());
        let kind = IssueKind::Risk { risk: "round".to_owned(), fault };
        let lead = of_issue(&desk.state, &Issue { deliverable: None, knob: None, kind });
        assert_eq!(lead, Lead::Risk(FormRow::Risk("round".to_owned())));
    }
    assert_eq!(seen, IssueCode::ALL.iter().copied().collect(), "a kind without an example");
}

#[test]
fn a_problem_of_the_file_leads_by_its_key() {
    let desk = Desk::of(PROJECT);
    for (key, lead) in [
        ("deliverable.hero.size", field(Knob::Size)),
        ("deliverable.social.finals", Lead::Field(Selection::Line(1), Knob::Finals)),
        ("deliverable.social", Lead::Line(1)),
        ("deliverable.social.note", Lead::Line(1)),
        ("assumptions.quality", Lead::Field(Selection::Project, Knob::Quality)),
        ("assumptions.cap", Lead::Field(Selection::Project, Knob::Cap)),
        ("fee.retouching.amount", Lead::Form(FormRow::Fee("retouching".to_owned()))),
        ("client", Lead::Form(FormRow::Client)),
        ("exchange.rate", Lead::Form(FormRow::Rate)),
        ("card.mine.price", Lead::Card("mine".to_owned())),
        ("bills.compare", Lead::Card(String::new())),
        ("scenario.a", Lead::Scenarios),
        ("baseline.total", Lead::Scenarios),
        ("risk.round.chance", Lead::Risk(FormRow::Risk("round".to_owned()))),
    ] {
        let mut problem = Problem::new(Code::Syntax, "wrong");
        problem.key = key.to_owned();
        assert_eq!(of_problem(&desk.state, &problem), lead, "{key}");
    }
    for key in ["", "retry_profile.ours", "nonsense", "deliverable.heroes", "risk.gone"] {
        let mut problem = Problem::new(Code::Syntax, "wrong");
        problem.key = key.to_owned();
        let lead = of_problem(&desk.state, &problem);
        assert!(matches!(&lead, Lead::Nowhere(why) if why.contains(key) && !why.is_empty()), "{key}: {lead:?}");
    }
}

#[test]
fn enter_on_an_issue_goes_there() {
    let mut desk = Desk::of(&PROJECT.replace("[deliverable.social]", "[deliverable.social]\nsize = \"auto\""));
    desk.keys("i");
    let screen = desk.screen(120, 36);
    assert!(screen.contains("Enter go there"), "{screen}");
    let all = screen.lines().filter(|line| line.contains("social")).count();
    assert!(all > 0, "{screen}");
    let leads: Vec<Lead> = collected(&desk.state).iter().map(|told| of_note(&desk.state, told)).collect();
    assert!(leads.len() > 2, "{leads:?}");
    let of_risks = leads.iter().filter(|lead| matches!(lead, Lead::Risk(_))).count();
    assert_eq!(of_risks, 1, "the total is without it: {leads:?}");
    let mut reached = BTreeSet::new();
    for (at, lead) in leads.iter().enumerate() {
        let mut there = Desk::of(PROJECT);
        there.state = desk.state.clone();
        (0..at).for_each(|_| _ = there.keys("<down>"));
        there.keys("<enter>");
        let view = &there.state.view;
        match lead {
            Lead::Field(selection, knob) => {
                assert_eq!((view.selection, there.state.field().map(|field| field.knob())), (*selection, Some(*knob)));
            }
            Lead::Line(line) => assert_eq!(view.selection, Selection::Line(*line)),
            Lead::Form(row) => {
                let Some(Overlay::Project(form)) = there.state.overlays.top() else { panic!("{lead:?}") };
                assert_eq!(form.row(there.state.budget()).as_ref(), Some(row));
            }
            Lead::Risk(row) => {
                let Some(Overlay::Project(form)) = there.state.overlays.top() else { panic!("{lead:?}") };
                assert_eq!((form.row(there.state.budget()).as_ref(), view.screen), (Some(row), Screen::Risk));
            }
            Lead::Card(_) => assert_eq!(view.screen, Screen::Bills),
            Lead::Scenarios => assert_eq!(view.screen, Screen::Scenarios),
            Lead::Rates => assert!(matches!(there.state.overlays.top(), Some(Overlay::Rates(_)))),
            Lead::Nowhere(why) => assert!(there.state.session.notice.is_some(), "{why}"),
        }
        reached.insert(format!("{:?} {:?} {:?}", view.selection, there.state.field(), view.screen));
    }
    assert!(reached.iter().any(|at| at.starts_with("Line(1) Some(Knob(Size))")), "{reached:?}");
    assert!(reached.iter().any(|at| at.starts_with("Project Some(Knob(Cap))")), "{reached:?}");
}

#[test]
fn a_filter_that_hides_the_deliverable_is_dropped() {
    let mut desk = Desk::of(&PROJECT.replace("[deliverable.social]", "[deliverable.social]\nsize = \"auto\""));
    desk.keys("/ h e r o <enter> i");
    while let Some(Overlay::Issues(_)) = desk.state.overlays.top() {
        let before = desk.state.clone();
        desk.keys("<enter>");
        if desk.state.view.selection == Selection::Line(1) {
            break;
        }
        desk.state = before;
        desk.keys("<down>");
    }
    assert_eq!((desk.state.view.selection, desk.state.view.filter.as_str()), (Selection::Line(1), ""));
    assert!(matches!(desk.state.view.focus, Focus::Pane(_)));
    assert_eq!(desk.state.view.screen, Screen::Worksheet);
}

/// From the deliverables down to the total, before any input is listed.
#[test]
fn the_project_is_summed_up_before_its_inputs() {
    let text = PROJECT.replace("cap = 1\n", "cap = 1000\nmarkup = \"15%\"\ntax = \"19%\"\n");
    let mut desk = Desk::of(&text.replace("[deliverable.hero]\n", "[deliverable.hero]\nname = \"Hero shot\"\n"));
    desk.keys("[ [ w y");
    let copied = match desk.effects.pop() {
        Some(retake::app::Effect::Copy(text)) => text.as_str().to_owned(),
        other => panic!("{other:?}"),
    };
    let places = [
        "Hero shot: $",
        "social: $",
        "retouching, 84 finals: $",
        "buffer 20 %: $",
        "markup 15 %: $",
        "tax 19 %: $",
        "TOTAL: $",
    ];
    let at = |said: &str| copied.find(said).unwrap_or_else(|| panic!("{said}\n{copied}"));
    assert!(places.map(at).is_sorted(), "{copied}");
    assert!(copied.contains("below the cap of $1,000."), "{copied}");
    assert!(at("TOTAL: $") < at("The total is ") && at("The total is ") < at("quality: high"), "{copied}");
    let screen = desk.screen(80, 24);
    let end = |said: &str| {
        screen.lines().find(|line| line.contains(said)).map(|line| line.trim_end_matches(['┃', ' ']).chars().count())
    };
    assert_eq!(end("Hero shot  "), end("social  "), "amounts stand below each other\n{screen}");
}

#[test]
fn a_project_with_very_many_deliverables_names_the_first_ones() {
    let lines = (0..300).map(|at| format!("\n[deliverable.d{at}]\nfinals = 1\n")).collect::<String>();
    let mut desk = Desk::of(&format!("retake = 1\n[assumptions]\nquality = \"high\"\n{lines}"));
    desk.keys("[ [ w y");
    let Some(retake::app::Effect::Copy(text)) = desk.effects.pop() else { panic!() };
    assert!(text.contains("  d199: $") && !text.contains("  d200: $"), "{text:?}");
    assert!(text.contains("  100 more deliverables: $"), "{text:?}");
}
