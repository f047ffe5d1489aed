//! The help: the keys of the current place first, with its purpose, then the others; from the live table.

use super::canvas::{FrameInput, wrap};
use super::dialogs::Line;
use super::panes::title;
use super::text::{pad_right, width};
use super::theme::Role;
use crate::app::keys::action::{Row, TABLE};
use crate::app::model::field::Field;
use crate::app::model::screen::Unbound;
use crate::app::{Action, Chord, Context, Focus, State};
use crate::cost::Pane;
use crate::diagnostics::Level;
use crate::ui::panels::sign;
use crate::words;
use ratatui::layout::Rect;

/// The width that keys are aligned to, and their width when two entries share a row.
const KEYS: usize = 16;
const KEYS_BESIDE: usize = 10;
/// Least columns for two entries per row.
const TWO_COLUMNS: usize = 84;

/// The name of the place that the keyboard was on.
pub(super) fn place(state: &State) -> String {
    about(state).0
}

/// The text of the help, wrapped for a window.
pub(super) fn lines(input: &FrameInput, area: Rect) -> Vec<Line> {
    let context = input.state.context_below_help();
    let mut text = Text { columns: usize::from(area.width.min(100).saturating_sub(4)), lines: Vec::new() };
    text.sentence(about(input.state).1, Role::Text);
    let worksheet = matches!(context, Context::List | Context::Pane);
    // A question answers only to the actions that it offers.
    let offers = |row: &&Row| input.state.overlays.below_help().is_none() || (row.can)(input.state).is_ok();
    let own: Vec<&Row> = TABLE.iter().filter(|row| is_here(input, context, row.action)).filter(offers).collect();
    let mut here = keyed(input, context, &own);
    if context.row().unbound == Unbound::Text {
        here.extend(entry_keys(input, context));
    }
    text.section(words::help_here(), &here);
    if context == Context::Typing || context.is_pane() {
        text.heading(words::help_values());
        let forms = words::help_forms(words::number::typed("1.6x"), words::number::typed("1.5/2/3"));
        text.sentence(&forms, Role::Text);
    }
    let on_worksheet = if worksheet { context } else { Context::Pane };
    let rest: Vec<&Row> = TABLE.iter().filter(|row| !worksheet || !is_here(input, context, row.action)).collect();
    let (everywhere, rest): (Vec<&Row>, Vec<&Row>) =
        rest.into_iter().partition(|row| input.keymap.keys_of(Context::Everywhere, row.action).next().is_some());
    text.section(words::help_everywhere(), &keyed(input, context, &everywhere));
    text.section(words::help_worksheet(), &keyed(input, on_worksheet, &rest));
    text.heading(words::help_on_screen());
    let signs = [Level::Error, Level::Warning, Level::Note].map(|level| sign(level).0);
    let signs = words::help_signs(signs[0], signs[1], signs[2]);
    let panels = words::help_panels(words::pane_shares(), words::pane_notes(), words::pane_why());
    for sentence in [words::help_letters(), &signs, &panels] {
        text.sentence(sentence, Role::Dim);
    }
    text.lines
}

/// Whether an action belongs to this place rather than to the whole worksheet or to every place.
fn is_here(input: &FrameInput, context: Context, action: Action) -> bool {
    let bound_in = |context| input.keymap.bindings().any(|(at, _, bound)| at == context && bound == action);
    // Above the table of bills the panes have the same keys.
    let of_cards = context == Context::ChoosingCards;
    let place = if of_cards { Context::Choosing } else { context };
    let place = if place.is_pane() { Context::Pane } else { place };
    action.row().here.contains(&place) || bound_in(place) || bound_in(context)
}

/// Keys and their description.
type Entry = (String, String);

fn keyed(input: &FrameInput, context: Context, rows: &[&Row]) -> Vec<Entry> {
    let entry = |row: &&Row| {
        let keys: Vec<String> = input.keymap.keys_of(context, row.action).map(|chord| chord.to_string()).collect();
        (!keys.is_empty()).then(|| (keys.join("  "), input.state.help_of(row.action).to_owned()))
    };
    rows.iter().filter_map(entry).collect()
}

/// The keys of a text field, which are not in the table, unless the table binds them there.
fn entry_keys(input: &FrameInput, context: Context) -> Vec<Entry> {
    let all: [(&[&str], &str); 5] = [
        (&["left", "right"], words::help_entry_left()),
        (&["home", "end", "ctrl-a", "ctrl-e"], words::help_entry_ends()),
        (&["backspace", "delete"], words::help_entry_erase()),
        (&["ctrl-w"], words::help_entry_word()),
        (&["ctrl-u"], words::help_entry_clear()),
    ];
    let free = |names: &[&str]| {
        let chords = names.iter().filter_map(|name| Chord::parse(name));
        let free = chords.filter(|chord| input.keymap.resolve(context, *chord).is_none());
        free.map(|chord| chord.to_string()).collect::<Vec<_>>().join("  ")
    };
    let entries = all.into_iter().map(|(names, help)| (free(names), help.to_owned()));
    entries.filter(|(keys, _)| !keys.is_empty()).collect()
}

struct Text {
    columns: usize,
    lines: Vec<Line>,
}

impl Text {
    fn sentence(&mut self, sentence: &str, role: Role) {
        self.lines.extend(wrap(sentence, self.columns).into_iter().map(|line| vec![(line, role)]));
    }

    fn heading(&mut self, heading: &str) {
        self.lines.push(Vec::new());
        self.sentence(heading, Role::Accent);
    }

    /// Entries below a heading, two per row if they fit, in the order of columns as they are read.
    fn section(&mut self, heading: &str, entries: &[Entry]) {
        if entries.is_empty() {
            return;
        }
        self.heading(heading);
        let columns = if self.columns >= TWO_COLUMNS { 2 } else { 1 };
        let (each, rows) = (self.columns / columns, entries.len().div_ceil(columns));
        // A rare longer entry loses its alignment, so that no word is cut.
        let keys_columns = if columns == 2 { KEYS_BESIDE } else { KEYS };
        for row in 0..rows {
            let mut line: Line = Vec::new();
            for (keys, help) in entries.iter().skip(row).step_by(rows) {
                let used: usize = line.iter().map(|(text, _)| width(text)).sum();
                if used > 0 {
                    line.push((" ".repeat(each.saturating_sub(used).max(1)), Role::Text));
                }
                line.push((pad_right(&format!("  {keys}"), keys_columns + 2), Role::Key));
                line.push((format!("  {help}"), Role::Text));
            }
            self.lines.push(line);
        }
    }
}

/// The name of the place, and its purpose.
fn about(state: &State) -> (String, &'static str) {
    let (name, purpose) = match (state.overlays.below_help(), &state.view.input, state.view.focus) {
        (Some(overlay), ..) => return ((overlay.kind().name)(overlay), (overlay.kind().purpose)(overlay)),
        (None, Some(input), _) => {
            let field = match input.field {
                Field::Accepted => words::field_accepted(),
                Field::Knob(knob) => words::knob_label(knob),
            };
            return (words::help_typing(field), words::help_while_typing());
        }
        (None, None, Focus::Beside) => {
            let row = state.view.screen.row();
            ((row.beside)(), (row.purpose)())
        }
        (None, None, Focus::Pane(pane)) => (title(pane), purpose_of(pane)),
    };
    (name.to_owned(), purpose)
}

fn purpose_of(pane: Pane) -> &'static str {
    match pane {
        Pane::OutputSpec => words::help_output_spec(),
        Pane::Finals => words::help_finals(),
        Pane::Retry => words::help_retry(),
        Pane::Buffer => words::help_buffer(),
    }
}
