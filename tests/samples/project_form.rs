//! The form of the project, row by row, with files on a disk: set, refused, undone, redone, saved and read again, inherited and
//! given back.

use crate::disk::Bench;
use retake::app::actions::project_values::{Whose, shown};
use retake::app::actions::update;
use retake::app::model::form::{Form, FormRow};
use retake::app::{Action, Chord, Overlay};
use retake::config::keys::default_keymap;
use retake::cost::Knob;
use retake::cost::budget::FeeKey;
use std::time::Instant;

const TEAM: &str = "retake = 1\nclient = \"Studio\"\ncurrency = \"EUR\"\n\n[exchange]\nrate = 0.92\nas_of = 2026-11-01\nsource = \"ECB\"\n\n\
[assumptions]\ncap = 500.00\ntax = \"19%\"\nmarkup = \"15%\"\nsurcharge = \"10%\"\n\n[bills]\nmonths = 3\n\n\
[fee.platform]\namount = 50.00\nper = \"month\"\ndeliverables = [\"hero\"]\nnote = \"yearly\"\noff = false\n";
const JOB: &str = "retake = 1\n# ours\nextends = \"team.toml\"\nname = \"Job\"\nnotes = \"One.\\nTwo.\"\n\n\
[fee.retouching]\namount = 4.50\nper = \"final\"\n\n[deliverable.hero]\nfinals = 10 # sold\n";

/// A row, what is typed there, what the file says then, what is refused, and a word of the rule.
struct Case {
    row: FormRow,
    typed: &'static str,
    file: &'static str,
    refused: &'static str,
    rule: &'static str,
    /// What the team file says there, as shown.
    team: Option<&'static str>,
}

const LONG: &str = "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx\
xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx";

fn case(
    row: FormRow,
    [typed, file]: [&'static str; 2],
    [refused, rule]: [&'static str; 2],
    team: Option<&'static str>,
) -> Case {
    Case { row, typed, file, refused, rule, team }
}

fn cases() -> Vec<Case> {
    let key = FormRow::FeeKey;
    let knob = FormRow::Knob;
    vec![
        case(FormRow::Name, ["Spring", "name = \"Spring\""], [LONG, "up to 200 characters"], None),
        case(FormRow::Client, ["Acme", "client = \"Acme\""], ["A\u{202e}B", "U+202E"], Some("Studio")),
        case(FormRow::Rate, ["0.95", "rate = 0.95"], ["0", "above 0"], Some("0.92")),
        case(
            FormRow::Day,
            ["2026-11-20", "as_of = 2026-11-20"],
            ["yesterday", "2026-11-22, or today"],
            Some("2026-11-01"),
        ),
        case(FormRow::Source, ["bank", "source = \"bank\""], ["b\u{200b}", "U+200B"], Some("ECB")),
        case(knob(Knob::Cap), ["750", "cap = 750"], ["-1", "range"], Some("€500.00")),
        case(knob(Knob::Tax), ["7%", "tax = \"7%\""], ["120", "range"], Some("19 %")),
        case(knob(Knob::Markup), ["20", "markup = \"20%\""], ["much", "needs a number"], Some("15 %")),
        case(knob(Knob::Surcharge), ["5", "surcharge = \"5%\""], ["-5", "range"], Some("10 %")),
        case(FormRow::Months, ["12", "months = 12"], ["121", "from 1 to 120"], Some("3")),
        case(FormRow::Notes, ["A↵B", "notes = "], ["\u{feff}", "U+FEFF"], None),
        case(key(FeeKey::Amount), ["60", "amount = 60.00"], ["x", "0 or more"], Some("50.00 EUR")),
        case(key(FeeKey::Deliverables), ["all", ""], ["nowhere", "does not exist"], Some("hero")),
        case(key(FeeKey::Note), ["ours", "note = \"ours\""], ["\u{202e}", "U+202E"], Some("yearly")),
    ]
}

fn job() -> Bench {
    Bench::with(&[("job.toml", JOB), ("team.toml", TEAM)])
}

fn press(bench: &mut Bench, chord: Chord) {
    let effects = update::press(&mut bench.state, &default_keymap(), chord);
    bench.workspace.note(&mut bench.state, Instant::now());
    bench.carry_out(effects);
    bench.workspace.note(&mut bench.state, Instant::now());
}

fn keys(bench: &mut Bench, keys: &str) {
    keys.split_whitespace().for_each(|key| press(bench, Chord::parse(key).unwrap()));
}

fn retype(bench: &mut Bench, text: &str) {
    keys(bench, "ctrl-u");
    text.chars().for_each(|c| press(bench, Chord::char(c)));
}

fn form(bench: &Bench) -> &Form {
    let Some(Overlay::Project(form)) = bench.state.overlays.top() else { panic!("{:?}", bench.state.overlays) };
    form
}

/// Opens the form with a row selected; a key of a fee on the page of `fee`.
fn select(bench: &mut Bench, row: &FormRow, fee: &str) {
    bench.state.overlays.clear();
    keys(bench, "P");
    if let FormRow::FeeKey(_) = row {
        go_to(bench, &FormRow::Fee(fee.to_owned()));
        keys(bench, "enter");
    }
    go_to(bench, row);
}

fn go_to(bench: &mut Bench, row: &FormRow) {
    keys(bench, "home");
    for _ in 0..40 {
        if form(bench).row(bench.state.budget()).as_ref() == Some(row) {
            return;
        }
        keys(bench, "down");
    }
    panic!("{row:?} is not there");
}

fn now(bench: &Bench) -> (String, Whose) {
    let open = form(bench);
    shown(&bench.state, open, &open.row(bench.state.budget()).unwrap())
}

#[test]
fn each_row_is_set_undone_redone_saved_and_read_again() {
    for Case { row, typed, file, .. } in cases() {
        let mut bench = job();
        let before = bench.state.base().clone();
        select(&mut bench, &row, "platform");
        keys(&mut bench, "enter");
        retype(&mut bench, typed);
        keys(&mut bench, "enter");
        assert!(form(&bench).typing.is_none(), "{row:?}: {:?}", form(&bench).typing);
        if row == FormRow::FeeKey(FeeKey::Deliverables) {
            continue;
        }
        let after = bench.state.base().clone();
        assert_ne!(before, after, "{row:?}");
        assert_eq!(bench.state.project.history().len(), 1, "{row:?}: one step");
        assert_eq!(now(&bench).1, Whose::Project, "{row:?}");
        keys(&mut bench, "u");
        assert_eq!(*bench.state.base(), before, "{row:?} undone");
        keys(&mut bench, "ctrl-r");
        assert_eq!(*bench.state.base(), after, "{row:?} redone");
        keys(&mut bench, "ctrl-s");
        assert!(!bench.state.is_dirty(), "{row:?}: {}", bench.notice());
        let text = bench.text("job.toml");
        assert!(text.contains(file) && text.contains("# ours") && text.contains("10 # sold"), "{row:?}: {text}");
        let again = bench.again("job.toml");
        let same = retake::project::write::difference(&after, again.state.base());
        let pins = retake::project::write::Differs::Value("rates".to_owned());
        assert!(same.is_none() || same == Some(pins), "{row:?}: {same:?}");
    }
}

#[test]
fn a_refused_text_says_its_rule_and_stays() {
    for Case { row, refused, rule, .. } in cases() {
        let mut bench = job();
        let before = bench.state.base().clone();
        select(&mut bench, &row, "platform");
        keys(&mut bench, "enter");
        retype(&mut bench, refused);
        keys(&mut bench, "enter");
        let typing = form(&bench).typing.clone().unwrap_or_else(|| panic!("{row:?} took {refused:?}"));
        let why = typing.refused.clone().unwrap_or_default();
        assert!(why.contains(rule), "{row:?}: {why}");
        assert_eq!(typing.text(&row), Some(refused.trim()), "{row:?}");
        assert_eq!((bench.state.base(), bench.state.is_dirty()), (&before, false), "{row:?}");
        keys(&mut bench, "esc");
        assert!(form(&bench).typing.is_none(), "{row:?}: Esc leaves the text, not the form");
    }
}

#[test]
fn an_inherited_value_is_the_teams_until_it_is_set_and_again_after_a_reset() {
    for Case { row, typed, team, .. } in cases() {
        let Some(team) = team.filter(|_| row != FormRow::FeeKey(FeeKey::Deliverables)) else { continue };
        let mut bench = job();
        select(&mut bench, &row, "platform");
        let inherited = now(&bench);
        assert_eq!(inherited, (team.to_owned(), Whose::Team), "{row:?}");
        keys(&mut bench, "enter enter");
        assert!(!bench.state.is_dirty(), "{row:?}: what is offered and left as it is stays the team's");
        keys(&mut bench, "enter");
        retype(&mut bench, typed);
        keys(&mut bench, "enter ctrl-s backspace");
        assert_eq!(now(&bench), inherited, "{row:?}");
        keys(&mut bench, "ctrl-s");
        let (text, notice) = (bench.text("job.toml"), bench.notice().to_owned());
        let own = |text: &str| {
            text.lines().take_while(|line| !line.starts_with("[rates")).map(str::to_owned).collect::<Vec<_>>()
        };
        // A table that lost its last key keeps its header.
        let keys = |text: &str| own(text).into_iter().filter(|line| line.contains('=')).collect::<Vec<_>>();
        assert_eq!(keys(&text), keys(JOB), "{row:?}: {notice}");
        assert_eq!(bench.text("team.toml"), TEAM);
    }
}

#[test]
fn yen_is_chosen_with_its_rate_as_one_step_and_dollars_end_it() {
    let mut bench = Bench::with(&[("job.toml", "retake = 1\n[deliverable.hero]\nfinals = 10\n")]);
    keys(&mut bench, "P down down enter j p y enter 1 5 2 . 4 enter");
    let shown = bench.state.base().shown.clone();
    assert_eq!(shown.currency.code(), "JPY");
    let exchange = shown.exchange.unwrap();
    assert_eq!((exchange.rate.to_string(), exchange.as_of.to_string()), ("152.4".to_owned(), "2026-11-22".to_owned()));
    assert_eq!(bench.state.project.history().len(), 1);
    keys(&mut bench, "down down enter");
    retype(&mut bench, "2026-11-20");
    keys(&mut bench, "tab");
    retype(&mut bench, "finance desk");
    keys(&mut bench, "enter ctrl-s");
    let text = bench.text("job.toml");
    let table = "[exchange]\nrate = 152.4\nas_of = 2026-11-20\nsource = \"finance desk\"\n";
    assert!(text.contains("currency = \"JPY\"\n") && text.contains(table), "{text}");
    // A rate of another day: today's, until the day is typed.
    select(&mut bench, &FormRow::Rate, "");
    keys(&mut bench, "enter");
    retype(&mut bench, "150");
    assert_eq!(form(&bench).typing.as_ref().unwrap().text(&FormRow::Day), Some("2026-11-22"));
    retype(&mut bench, "152.4");
    assert_eq!(form(&bench).typing.as_ref().unwrap().text(&FormRow::Day), Some("2026-11-20"));
    keys(&mut bench, "enter");
    assert_eq!(bench.state.project.history().len(), 2, "the old rate again is no step");
    go_to(&mut bench, &FormRow::Currency);
    keys(&mut bench, "enter u s d enter ctrl-s");
    let text = bench.text("job.toml");
    assert!(!text.contains("exchange") && !text.contains("JPY"), "{text}");
    keys(&mut bench, "u u u");
    assert_eq!(bench.state.base().shown, retake::cost::base::money::Shown::usd());
}

#[test]
fn a_fee_is_added_changed_switched_off_and_removed() {
    let mut bench = job();
    select(&mut bench, &FormRow::NewFee, "");
    keys(&mut bench, "enter");
    retype(&mut bench, "retouching");
    keys(&mut bench, "enter");
    assert!(form(&bench).typing.as_ref().unwrap().refused.as_ref().unwrap().contains("already"));
    retype(&mut bench, "brief");
    keys(&mut bench, "tab 8 0 tab");
    retype(&mut bench, "year");
    keys(&mut bench, "enter");
    assert!(form(&bench).typing.as_ref().unwrap().refused.as_ref().unwrap().contains("not a unit"));
    retype(&mut bench, "project");
    keys(&mut bench, "enter");
    assert_eq!(bench.state.project.history().len(), 1);
    // The new fee is selected, though others follow it.
    assert_eq!(form(&bench).row(bench.state.budget()), Some(FormRow::Fee("brief".to_owned())));
    select(&mut bench, &FormRow::FeeKey(FeeKey::Per), "brief");
    keys(&mut bench, "enter d e l i v enter");
    go_to(&mut bench, &FormRow::FeeKey(FeeKey::Off));
    keys(&mut bench, "enter");
    assert_eq!(now(&bench).0, "off");
    keys(&mut bench, "ctrl-s");
    let text = bench.text("job.toml");
    assert!(text.contains("[fee.brief]\namount = 80.00\nper = \"deliverable\"\noff = true\n"), "{text}");
    keys(&mut bench, "enter x");
    assert!(!bench.state.budget().fees.contains_key("brief") && form(&bench).fee.is_none());
    // A team's fee cannot be removed: it is switched off, and comes back.
    go_to(&mut bench, &FormRow::Fee("platform".to_owned()));
    keys(&mut bench, "x ctrl-s");
    assert!(bench.text("job.toml").contains("[fee.platform]\noff = true\n"), "{}", bench.text("job.toml"));
    keys(&mut bench, "backspace ctrl-s");
    assert!(!bench.text("job.toml").contains("platform"), "{}", bench.text("job.toml"));
}

#[test]
fn another_team_file_resolves_everything_anew_and_is_one_step() {
    let other = "retake = 1\nclient = \"Other\"\n[assumptions]\ncap = 100\nquality = \"low\"\n\
[fee.courier]\namount = 9\nper = \"project\"\n[retry_profile.house]\nfactor = 3\n[bills]\ncompare = [\"mine\"]\n\
[card.mine]\nname = \"Mine\"\nprice = 0.10\nqualities = [\"low\"]\n[rates.\"openai/gpt-image-2\"]\nchecked = 2026-10-01\n\
source = \"the contract\"\nstandard = { image_output = 28.00, image_input = 8.00, text_input = 5.00 }\n";
    let mut bench = Bench::with(&[("job.toml", JOB), ("team.toml", TEAM), ("shared/other.toml", other)]);
    let before = bench.state.base().clone();
    keys(&mut bench, "P");
    go_to(&mut bench, &FormRow::TeamFile);
    keys(&mut bench, "enter");
    retype(&mut bench, "shared/other.toml");
    keys(&mut bench, "enter");
    assert!(form(&bench).typing.is_none(), "{:?}", form(&bench).typing);
    let after = bench.state.base().clone();
    assert_eq!(after.client.as_deref(), Some("Other"));
    assert_eq!(after.shown, retake::cost::base::money::Shown::usd());
    assert!(after.team_fees.contains_key("courier") && !after.team_fees.contains_key("platform"));
    assert!(after.profiles.contains_key("house") && after.cards.contains_key("mine"));
    keys(&mut bench, "u");
    assert_eq!(*bench.state.base(), before);
    keys(&mut bench, "ctrl-r ctrl-s");
    assert!(!bench.state.is_dirty(), "{}", bench.notice());
    let text = bench.text("job.toml");
    assert_eq!(
        text,
        JOB.replace("team.toml", "shared/other.toml"),
        "nothing of either team file goes into the project"
    );
    let again = bench.again("job.toml");
    assert_eq!(*again.state.base(), after);
}

#[test]
fn a_team_file_that_cannot_be_used_is_refused_with_the_readers_sentence() {
    let files = [
        ("a/b/job.toml", JOB),
        ("a/b/team.toml", TEAM),
        ("a/b/circle.toml", "retake = 1\nextends = \"job.toml\"\n"),
        ("a/b/broken.toml", "retake = 1\nclient = \"\n"),
        ("a/b/cargo.toml", "[package]\nname = \"x\"\n"),
        ("outside.toml", "retake = 1\n"),
    ];
    for (typed, rule) in [
        ("gone.toml", "does not exist"),
        ("/etc/passwd.toml", "relative"),
        ("~/x.toml", "relative"),
        ("https://x.example/team.toml", "address"),
        ("team.txt", ".toml"),
        ("circle.toml", "→"),
        ("../../../../../outside.toml", "outside"),
        ("broken.toml", ""),
        ("cargo.toml", "not a retake project"),
        ("te\u{202e}am.toml", "hidden"),
    ] {
        let mut bench = Bench::with(&files);
        let before = bench.state.base().clone();
        keys(&mut bench, "P");
        go_to(&mut bench, &FormRow::TeamFile);
        keys(&mut bench, "enter");
        retype(&mut bench, typed);
        keys(&mut bench, "enter");
        let typing = form(&bench).typing.clone().unwrap_or_else(|| panic!("{typed} was taken"));
        let why = typing.refused.clone().unwrap_or_default();
        assert!(!why.is_empty() && why.contains(rule), "{typed}: {why}");
        assert_eq!(typing.text(&FormRow::TeamFile), Some(typed));
        assert_eq!((bench.state.base(), bench.state.is_dirty()), (&before, false), "{typed}");
    }
}

#[test]
fn a_team_file_is_removed_by_an_empty_path_or_a_reset_and_an_edit_made_before_stays_own() {
    for way in ["enter ctrl-u enter", "backspace"] {
        let mut bench = job();
        select(&mut bench, &FormRow::Knob(Knob::Tax), "");
        keys(&mut bench, "enter");
        retype(&mut bench, "7");
        keys(&mut bench, "enter");
        go_to(&mut bench, &FormRow::TeamFile);
        keys(&mut bench, way);
        assert_eq!((bench.state.base().extends.as_ref(), bench.state.base().client.as_ref()), (None, None), "{way}");
        keys(&mut bench, "ctrl-s");
        let text = bench.text("job.toml");
        assert!(!text.contains("extends") && text.contains("tax = \"7%\"") && !text.contains("Studio"), "{text}");
    }
}

#[test]
fn a_project_without_a_file_has_no_folder_for_a_team_file() {
    let mut bench = job();
    bench.act(Action::New);
    keys(&mut bench, "P");
    go_to(&mut bench, &FormRow::TeamFile);
    keys(&mut bench, "enter");
    retype(&mut bench, "team.toml");
    keys(&mut bench, "enter");
    let why = form(&bench).typing.as_ref().and_then(|typing| typing.refused.clone()).unwrap_or_default();
    assert!(why.contains("team.toml"), "{why}");
}

#[test]
fn another_team_file_that_was_not_saved_comes_back_with_its_values() {
    let other = "retake = 1\nclient = \"Other\"\n";
    let mut bench = Bench::with(&[("job.toml", JOB), ("team.toml", TEAM), ("other.toml", other)]).kept();
    keys(&mut bench, "P");
    go_to(&mut bench, &FormRow::TeamFile);
    keys(&mut bench, "enter");
    retype(&mut bench, "other.toml");
    keys(&mut bench, "enter");
    let after = bench.state.base().clone();
    let mut again = bench.again("job.toml");
    assert!(matches!(again.state.overlays.top(), Some(Overlay::Recover { .. })), "{:?}", again.state.overlays);
    again.act(Action::Recover);
    assert_eq!(*again.state.base(), after);
    again.act(Action::Save);
    let text = again.text("job.toml");
    let own = text.split("\n[rates.").next().unwrap();
    assert_eq!(own, JOB.replace("team.toml", "other.toml"), "{}", again.notice());
}

#[test]
fn in_a_scenario_charges_are_its_own_and_the_rest_is_the_projects() {
    let text = "retake = 1\nname = \"Job\"\n[deliverable.hero]\nfinals = 10\n[scenario.big]\nassumptions.retry = 3.0\n";
    let mut bench = Bench::with(&[("job.toml", text)]);
    bench.act(Action::ScenarioNext);
    assert_eq!(bench.state.project.scenario(), Some("big"));
    select(&mut bench, &FormRow::Knob(Knob::Tax), "");
    keys(&mut bench, "enter");
    retype(&mut bench, "7");
    keys(&mut bench, "enter");
    assert_eq!(now(&bench), ("7 %".to_owned(), Whose::Scenario));
    select(&mut bench, &FormRow::Client, "");
    keys(&mut bench, "enter");
    retype(&mut bench, "Acme");
    keys(&mut bench, "enter ctrl-s");
    let text = bench.text("job.toml");
    assert!(text.contains("client = \"Acme\"\n") && text.contains("assumptions.tax = \"7%\""), "{text}");
    assert_eq!(bench.state.base().assumptions.get(Knob::Tax), None);
    keys(&mut bench, "u u");
    assert_eq!((bench.state.base().client.as_ref(), bench.state.project.scenario()), (None, Some("big")));
}

/// $40 must not become ¥40: what has no currency of its own keeps the one that it was in.
#[test]
fn a_cap_and_fees_keep_their_currency_when_the_projects_changes() {
    let file = "retake = 1\n[assumptions]\ncap = 40.00\n\n[fee.brief]\namount = 15.00\nper = \"project\"\n\n\
                [fee.desk]\namount = \"20 USD\"\nper = \"project\"\n\n[deliverable.hero]\nfinals = 10\n";
    let mut bench = Bench::with(&[("job.toml", file)]);
    let before = bench.state.estimate().totals.clone();
    keys(&mut bench, "P down down enter j p y enter 1 5 2 . 4 enter ctrl-s");
    assert_eq!(bench.state.estimate().totals.total, before.total, "the same work for the same money");
    let text = bench.text("job.toml");
    for kept in ["cap = \"40 USD\"", "amount = \"15.00 USD\"", "amount = \"20 USD\""] {
        assert!(text.contains(kept), "{kept}\n{text}");
    }
    keys(&mut bench, "u ctrl-s");
    let text = bench.text("job.toml");
    assert!(
        text.contains("cap = 40\n") && text.contains("amount = 15.00\n") && !text.contains("JPY"),
        "one step\n{text}"
    );
    // Another rate of the same currency names nothing.
    let yen = file.replace("retake = 1\n", "retake = 1\ncurrency = \"JPY\"\n")
        + "\n[exchange]\nrate = 150\nas_of = 2026-11-20\n";
    let mut bench = Bench::with(&[("job.toml", &yen)]);
    select(&mut bench, &FormRow::Rate, "");
    keys(&mut bench, "enter");
    retype(&mut bench, "152");
    keys(&mut bench, "enter ctrl-s");
    let text = bench.text("job.toml");
    assert!(text.contains("cap = 40.00") && text.contains("amount = 15.00"), "{text}");
}

fn with_fee(name: &str) -> Bench {
    let mut bench = job();
    select(&mut bench, &FormRow::NewFee, "");
    keys(&mut bench, "enter");
    retype(&mut bench, name);
    keys(&mut bench, "tab 8 0 tab");
    retype(&mut bench, "project");
    keys(&mut bench, "enter");
    assert!(bench.state.budget().fees.contains_key(name));
    bench
}

#[test]
fn the_selected_row_stays_when_a_step_of_undo_removes_rows_above_it() {
    let mut bench = job();
    select(&mut bench, &FormRow::Currency, "");
    keys(&mut bench, "enter u s d enter");
    go_to(&mut bench, &FormRow::Knob(Knob::Cap));
    let rows = form(&bench).rows(bench.state.budget()).len();
    keys(&mut bench, "u");
    assert_ne!(form(&bench).rows(bench.state.budget()).len(), rows);
    assert_eq!(form(&bench).row(bench.state.budget()), Some(FormRow::Knob(Knob::Cap)));
}

#[test]
fn the_page_of_a_fee_closes_with_its_fee() {
    let mut bench = with_fee("brief");
    keys(&mut bench, "enter");
    assert_eq!(form(&bench).open_fee(bench.state.budget()), Some("brief"));
    keys(&mut bench, "u");
    let open = form(&bench);
    assert_eq!((open.open_fee(bench.state.budget()), open.row(bench.state.budget())), (None, Some(FormRow::NewFee)));
    keys(&mut bench, "enter esc");
    assert!(!bench.state.budget().fees.contains_key("brief"));
    keys(&mut bench, "esc");
    assert!(bench.state.overlays.is_empty());
}

#[test]
fn an_emptied_amount_and_a_list_of_commas_are_refused() {
    for (key, typed, said) in [(FeeKey::Amount, "", "needs an amount"), (FeeKey::Deliverables, ",", "does not exist")] {
        let mut bench = with_fee("brief");
        let before = bench.state.budget().clone();
        select(&mut bench, &FormRow::FeeKey(key), "brief");
        keys(&mut bench, "enter");
        retype(&mut bench, typed);
        keys(&mut bench, "enter");
        let refused = form(&bench).typing.as_ref().and_then(|typing| typing.refused.clone());
        assert!(refused.as_ref().is_some_and(|refused| refused.contains(said)), "{key:?}: {refused:?}");
        assert_eq!(bench.state.budget(), &before, "{key:?}");
    }
}
