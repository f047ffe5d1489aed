//! Which issues an estimate reports, on which day, and that it reports `None` without a reason.

use crate::support::{budget, catalog, codes, computed, day, dec, line, project_codes, px, single};
use retake::cost::Level;
use retake::cost::base::tokens::Quality as Step;
use retake::cost::budget::{QualityChoice, SizeChoice};
use retake::cost::estimate::heirs::grouped;
use retake::cost::estimate::issue::IssueKind;
use retake::cost::rates::age::differences;
use retake::cost::rates::rate_card::{Meter, Provenance, Rates, ServiceTier, TokenCard};
use retake::cost::{Budget, Estimate, Knob, Value, estimate};
use retake::figures;

fn on(budget: &Budget, today: &str) -> Estimate {
    estimate(budget, catalog(), day(today))
}

fn of_model(model: &str) -> Budget {
    budget(vec![line("one", &[(Knob::Model, model), (Knob::Quality, "high"), (Knob::Finals, "1")])])
}

/// The issue about the model's retirement, with its days.
fn shutdown(budget: &Budget, today: &str) -> Option<Option<i32>> {
    on(budget, today).issues.iter().find_map(|issue| match issue.kind {
        IssueKind::ModelShutDown { .. } => Some(None),
        IssueKind::ModelShutsDown { days, .. } => Some(Some(days)),
        _ => None,
    })
}

#[test]
fn a_shutdown_is_announced_ninety_days_ahead_and_holds_from_its_day_on() {
    let older = of_model("gpt-image-1.5");
    let days = [
        ("2026-09-01", None),
        ("2026-09-02", Some(Some(90))),
        ("2026-11-21", Some(Some(10))),
        ("2026-11-30", Some(Some(1))),
        ("2026-12-01", Some(None)),
        ("2026-12-02", Some(None)),
        ("2031-01-01", Some(None)),
    ];
    for (today, expected) in days {
        assert_eq!(shutdown(&older, today), expected, "{today}");
    }
    assert_eq!(
        shutdown(&of_model("gpt-image-1"), "2026-10-22"),
        Some(None),
        "known to be shut down, whatever the clock says"
    );
    assert_eq!(shutdown(&of_model("gpt-image-2"), "2031-01-01"), None);
}

#[test]
fn a_shutdown_names_what_its_maker_puts_in_its_place() {
    for (model, today) in
        [("gpt-image-1.5", "2026-11-21"), ("gpt-image-1-mini", "2027-01-01"), ("chatgpt-image-latest", "2026-11-21")]
    {
        let estimate = on(&of_model(model), today);
        let about = |issue: &&retake::cost::estimate::issue::Issue| issue.kind.code().name().starts_with("model-");
        let issue = estimate.issues.iter().find(about).unwrap();
        let told = retake::words::issue(issue, |_, _, _, _| Default::default());
        assert!(told.remedy.contains("gpt-image-2.6-sunburst or gpt-image-2.6-flare"), "{model}: {}", told.remedy);
    }
}

#[test]
fn a_model_is_spoken_of_once_and_only_while_in_use() {
    let two = budget(vec![line("a", &[(Knob::Model, "gpt-image-1.5")]), line("b", &[(Knob::Model, "gpt-image-1.5")])]);
    let said =
        |budget: &Budget| project_codes(&computed(budget)).into_iter().filter(|c| c.starts_with("model-")).count();
    assert_eq!(said(&two), 1);
    assert_eq!(said(&of_model("gpt-image-2")), 0);
}

#[test]
fn a_price_is_stale_after_sixty_days() {
    let plain = of_model("gpt-image-2");
    for (today, stale) in [("2026-11-21", false), ("2027-01-20", false), ("2027-01-21", true), ("2020-01-01", false)] {
        assert_eq!(project_codes(&on(&plain, today)).contains(&"price-stale"), stale, "{today}");
    }
    let kinds: Vec<_> = on(&plain, "2027-01-21").issues.into_iter().map(|issue| issue.kind).collect();
    let expected = IssueKind::PriceStale {
        card: "openai/gpt-image-2".to_owned(),
        of_seller: false,
        checked: day("2026-11-21"),
        days: 61,
    };
    assert_eq!(kinds, [expected]);
}

fn pin(rate: &str, checked: Option<&str>) -> TokenCard {
    let mut card = catalog().model("gpt-image-2").unwrap().card.clone();
    card.standard = card.standard.map(|rates| rates.with(Meter::ImageOutput, dec(rate)));
    card.provenance = Provenance { source: "desk".to_owned(), checked: checked.map(day), grade: None };
    card
}

#[test]
fn pinned_prices_count_and_differences_are_counted() {
    let mut pinned = of_model("gpt-image-2");
    let before = computed(&pinned).totals.total.unwrap();
    pinned.pins.insert("openai/gpt-image-2".to_owned(), pin("60", Some("2026-11-20")));
    let after = computed(&pinned);
    assert!(after.totals.total.unwrap() > before);
    assert_eq!(project_codes(&after), ["rates-differ"]);
    let differing = differences(&pinned.pins, &catalog().models);
    assert_eq!(differing.len(), 1);
    let only = &differing[0];
    assert_eq!(
        (only.card.as_str(), only.tier, only.meter),
        ("openai/gpt-image-2", ServiceTier::Standard, Meter::ImageOutput)
    );
    assert_eq!((only.pinned, only.built_in), (Some(dec("60")), Some(dec("30"))));
    // The pin's day decides, not the built-in one.
    assert!(project_codes(&on(&pinned, "2027-01-20")).contains(&"price-stale"));
}

#[test]
fn a_pin_that_says_the_same_differs_in_nothing() {
    let mut pinned = of_model("gpt-image-2");
    pinned.pins.insert("openai/gpt-image-2".to_owned(), pin("30.000", None));
    pinned.pins.insert("somebody/else".to_owned(), pin("1", Some("2026-11-20")));
    assert_eq!(differences(&pinned.pins, &catalog().models), []);
    assert_eq!(project_codes(&computed(&pinned)), ["price-undated"]);
}

#[test]
fn prices_of_a_day_to_come_are_told_except_where_the_clock_is_slow() {
    let newest = catalog().newest_prices();
    assert!(newest > day("2026-11-21"), "a seller's card is newer than the official prices");
    // Without a pin, and with one of the built-in day, a day to come only means a slow clock.
    let built_in = newest.to_string();
    for (checked, today, told) in [
        (None, "2020-01-01", false),
        (Some(built_in.as_str()), "2020-01-01", false),
        (Some("2031-01-01"), "2020-01-01", true),
        (Some("2031-01-01"), "2030-12-31", true),
        (Some("2031-01-01"), "2031-01-01", false),
        (Some("2026-11-20"), "2026-11-21", false),
    ] {
        let mut project = of_model("gpt-image-2");
        if checked.is_some() {
            project.pins.insert("openai/gpt-image-2".to_owned(), pin("30", checked));
        }
        let codes = project_codes(&on(&project, today));
        assert_eq!(codes.contains(&"price-dated-ahead"), told, "{checked:?} on {today}: {codes:?}");
    }
    for card in &catalog().cards {
        let mut project = of_model("gpt-image-2");
        project.bills.compare.push(card.id.clone());
        let codes = project_codes(&on(&project, "2020-01-01"));
        assert!(!codes.contains(&"price-dated-ahead") && !codes.contains(&"price-undated"), "{}: {codes:?}", card.id);
    }
}

#[test]
fn a_pin_without_a_rate_leaves_the_price_unknown() {
    let mut pinned = of_model("gpt-image-2");
    let mut card = pin("30", Some("2026-11-20"));
    card.standard = Some(Rates::default().with(Meter::TextInput, dec("5")));
    pinned.pins.insert("openai/gpt-image-2".to_owned(), card);
    let estimate = computed(&pinned);
    assert_eq!(estimate.totals.total, None);
    assert_eq!(codes(&estimate.lines[0]), ["rate-unknown"]);
    assert_eq!(project_codes(&estimate), ["total-unknown", "rates-differ"]);
}

#[test]
fn buffers_outside_the_usual_are_pointed_out() {
    for (percent, unusual) in
        [("0%", true), ("9.99%", true), ("10%", false), ("30%", false), ("30.01%", true), ("1000%", true)]
    {
        let said = codes(&single(&[(Knob::Buffer, percent)]));
        assert_eq!(said.contains(&"buffer-unusual"), unusual, "{percent}");
    }
}

#[test]
fn spare_pictures_are_pointed_out_with_their_number() {
    let said = single(&[(Knob::ImagesPerCall, "4"), (Knob::Retry, "3")]).issues;
    let expected = IssueKind::SparePictures { images_per_call: 4, per_final: dec("4.9846"), factor: dec("3") };
    assert_eq!(said.into_iter().map(|issue| issue.kind).collect::<Vec<_>>(), [expected]);
    for harmless in
        [[(Knob::ImagesPerCall, "1"), (Knob::Retry, "3")], [(Knob::Pick, "many"), (Knob::ImagesPerCall, "4")]]
    {
        assert_eq!(codes(&single(&harmless)), Vec::<&str>::new());
    }
}

#[test]
fn a_quality_that_the_model_does_not_draw_has_no_price() {
    let mut wrong = of_model("gpt-image-2");
    let settings = &mut wrong.lines[0].settings;
    *settings = settings.clone().with(Knob::Quality, Value::Quality(QualityChoice::Exact(Step::Max)));
    let estimate = computed(&wrong);
    let expected = IssueKind::QualityNotOfModel {
        quality: Step::Max,
        model: "gpt-image-2".to_owned(),
        known: vec![Step::Low, Step::Medium, Step::High],
    };
    assert_eq!(estimate.lines[0].issues[0].kind, expected);
    assert_eq!(estimate.totals.total, None);
    assert!(
        single(&[(Knob::Model, "gpt-image-2.5-flare"), (Knob::Quality, "max"), (Knob::Finals, "1")]).total.is_some()
    );
}

#[test]
fn an_illegal_size_names_the_nearest_one_and_its_knob() {
    for (knob, other) in [(Knob::Size, None), (Knob::DraftSize, Some((Knob::Drafts, "2")))] {
        let mut wrong = line("one", &[(Knob::Finals, "1")].into_iter().chain(other).collect::<Vec<_>>());
        wrong.settings = wrong.settings.with(knob, Value::Size(SizeChoice::Exact(px("1000x1000"))));
        let issue = computed(&budget(vec![wrong])).lines[0].issues[0].clone();
        assert_eq!((issue.knob, issue.deliverable.as_deref()), (Some(knob), Some("one")));
        let IssueKind::SizeIllegal { nearest, .. } = issue.kind else { panic!("{issue:?}") };
        assert_eq!(nearest, Some(px("1008x1008")));
    }
}

#[test]
fn experimental_sizes_are_a_note() {
    let said = single(&[(Knob::Size, "4k"), (Knob::Finals, "1"), (Knob::Retry, "2")]).issues;
    assert_eq!(said.iter().map(|issue| issue.kind.level()).collect::<Vec<_>>(), [Level::Note]);
    assert_eq!(said[0].kind, IssueKind::SizeExperimental { size: px("2880x2880") });
}

#[test]
fn a_built_in_profile_in_use_is_always_said_to_be_a_guess() {
    let said = |budget: &Budget| {
        let estimate = computed(budget);
        let groups = grouped(&estimate).into_iter().filter(|group| group.issue.kind.code().name() == "retry-guess");
        groups.map(|group| (figures::issue(group.issue, &budget.shown).message, group.heirs)).collect::<Vec<_>>()
    };
    // The mean of a range is 0.3 low + 0.4 likely + 0.3 high.
    for (profile, guess) in [
        ("planning-default", "1.545× is a public guess (grade C), range 1.15–2"),
        ("tuned-series", "1.13× is a public guess (grade C), range 1–1.3"),
        ("product-edit", "2.15× is a public guess (grade C), range 1.5–3"),
        ("ad-stills", "3.00× is a public guess (grade B), range 2–4"),
        ("brand-hero", "2.44× is a public guess (grade C), range 1.5–3.3"),
        ("cold-start", "3.85× is a public guess (grade C), range 2.5–5"),
    ] {
        let named = |key| line(key, &[(Knob::Finals, "3"), (Knob::Retry, profile)]);
        let mut two = budget(vec![named("a"), named("b"), line("c", &[(Knob::Finals, "3"), (Knob::Retry, "2")])]);
        assert_eq!(said(&two), [(guess.to_owned(), 2)], "{profile}");
        // A profile of one's own of that name is no public guess, and work of nothing rests on no guess.
        let own = catalog().profiles.get(profile).unwrap().clone();
        two.profiles.insert(profile.to_owned(), own);
        assert_eq!(said(&two), [], "{profile}");
        assert_eq!(said(&budget(vec![line("a", &[(Knob::Retry, profile)])])), [], "{profile}");
    }
    assert_eq!(catalog().profiles.len(), 6);
    // It is told once with its heirs, whether it is inherited or named.
    let inherited = budget(vec![line("a", &[(Knob::Finals, "1")]), line("b", &[(Knob::Finals, "1")])]);
    assert_eq!(said(&inherited), [("1.545× is a public guess (grade C), range 1.15–2".to_owned(), 2)]);
}

#[test]
fn a_sound_line_needs_no_words() {
    for preset in &catalog().presets {
        let said = single(&[(Knob::Preset, preset.name.as_str()), (Knob::Finals, "10"), (Knob::Retry, "2")]).issues;
        assert_eq!(said, [], "{}", preset.name);
    }
}
