//! How a sentence refers to an action: by its live key, or by its name in the palette if it has no key.

use crate::app::actions::card_list;
use crate::app::keys::action::Action;
use crate::app::keys::chord::Chord;
use crate::app::keys::keymap::Keymap;
use crate::app::model::screen::Context;
use crate::app::model::state::State;
use crate::app::model::view::Focus;
use crate::words;

impl State {
    /// The state with the keys that its sentences name.
    #[must_use]
    pub fn with_keys(mut self, keymap: &Keymap) -> State {
        let first = self.first_notice();
        let says_first = self.session.notice == first;
        self.session.keymap = keymap.clone();
        if says_first {
            self.session.notice = self.first_notice();
        }
        self
    }

    /// The way to an action of the worksheet: `u`, or `“undo” under :` if it has no key.
    #[must_use]
    pub fn reach(&self, action: Action) -> String {
        let row = self.view.screen.row();
        let (here, there) = match self.view.focus {
            Focus::Beside => (row.context, row.pane_context),
            Focus::Pane(_) => (row.pane_context, row.context),
        };
        let key = |action| self.key_in(here, action).or_else(|| self.key_in(there, action));
        let by_name = || match key(Action::Palette) {
            Some(palette) => words::reach_by_palette(palette, (action.row().help)()),
            None => words::reach_by_name((action.row().help)()),
        };
        key(action).unwrap_or_else(by_name)
    }

    /// The way to an action in a dialog, where no action can be typed by name.
    #[must_use]
    pub fn reach_in(&self, context: Context, action: Action) -> String {
        self.key_in(context, action).unwrap_or_else(|| words::reach_by_name((action.row().help)()))
    }

    fn key_in(&self, context: Context, action: Action) -> Option<String> {
        self.live_key(&self.session.keymap, context, action).map(|chord| chord.to_string())
    }

    /// The first key of an action that works at this moment: a blank belongs to a filter that has text.
    #[must_use]
    pub fn live_key(&self, keymap: &Keymap, context: Context, action: Action) -> Option<Chord> {
        keymap.keys_of(context, action).find(|chord| !card_list::is_blank_in_filter(self, *chord))
    }
}

impl State {
    /// The description of an action where the keyboard is: what Enter does is said by the dialog on top.
    #[must_use]
    pub fn help_of(&self, action: Action) -> &'static str {
        if action != Action::Accept {
            return (action.row().help)();
        }
        match self.overlays.below_help() {
            Some(overlay) => (overlay.kind().enter)(overlay),
            None => words::action_apply_way(),
        }
    }
}
