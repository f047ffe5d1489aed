//! Which actions are available, or why not: used by dispatch, footer, help and palette.

use crate::app::flows::conflict::Keep;
use crate::app::flows::recovery::Recovered;
use crate::app::keys::action::{Action, Availability};
use crate::app::model::outcome::OnDisk;
use crate::app::model::overlay::{Ask, Leaving, Overlay};
use crate::app::model::project::HowSure;
use crate::app::model::screen::Screen;
use crate::app::model::state::State;
use crate::app::model::view::Selection;
use crate::cost::budget::QualityChoice;
use crate::cost::estimate::advisor;
use crate::cost::estimate::advisor::Cheaper;
use crate::cost::estimate::{CapState, against_cap};
use crate::cost::rates::age::differences;
use crate::cost::rates::card::Found;
use crate::cost::{Deliverable, Knob, Layer};
use crate::words;

/// Availability of actions.
impl State {
    pub(in crate::app) fn can_change(&self) -> Availability {
        Ok(())
    }

    pub(in crate::app) fn has_rows(&self) -> Availability {
        if self.project.budget().lines.is_empty() {
            Err(words::why_no_deliverables(self.reach(Action::Add)))
        } else {
            Ok(())
        }
    }

    /// Whether the keyboard is on a screen of the project, and its total is over the cap.
    pub(in crate::app) fn is_over_cap(&self) -> bool {
        let over = matches!(
            against_cap(self.budget(), &self.estimate().totals),
            CapState::Over { .. } | CapState::OverAtLeast { .. }
        );
        over && self.overlays.is_empty() && self.view.input.is_none()
    }

    /// Whether the worksheet is shown without anything over it and without deliverables.
    pub(in crate::app) fn is_empty_worksheet(&self) -> bool {
        let is_bare = self.view.screen == Screen::Worksheet && self.overlays.is_empty() && self.view.input.is_none();
        is_bare && self.project.budget().lines.is_empty()
    }

    pub(in crate::app) fn can_change_line(&self) -> Availability {
        match self.view.selection {
            Selection::Line(_) => Ok(()),
            Selection::Project => Err(words::why_no_line_selected(self.reach(Action::LineNext))),
        }
    }

    /// A selected line can be copied, and the table of the risk screen.
    pub(in crate::app) fn can_copy_row(&self) -> Availability {
        let has_table = self.view.is_beside(Screen::Risk) && matches!(self.how_sure(), HowSure::Known(_));
        if has_table { Ok(()) } else { self.can_change_line() }
    }

    /// Deliverables can be reordered only where they are visible.
    pub(in crate::app) fn can_arrange(&self) -> Availability {
        if self.view.screen == Screen::Worksheet {
            self.can_change_line()
        } else {
            Err(words::why_on_the_worksheet(self.reach(Action::Worksheet)))
        }
    }

    pub(in crate::app) fn can_undo(&self) -> Availability {
        if self.project.history().can_undo() { Ok(()) } else { Err(words::why_nothing_to_undo().to_owned()) }
    }

    pub(in crate::app) fn can_redo(&self) -> Availability {
        if self.project.history().can_redo() { Ok(()) } else { Err(words::why_nothing_to_redo().to_owned()) }
    }

    /// Ctrl-C on the question about unsaved edits does not ask again: a second Ctrl-C drops nothing.
    pub(in crate::app) fn can_quit(&self) -> Availability {
        let asked = matches!(self.overlays.top(), Some(Overlay::Unsaved(Leaving::Quit)));
        if asked { Err(words::why_answer_first().to_owned()) } else { Ok(()) }
    }

    pub(in crate::app) fn can_save(&self) -> Availability {
        match self.project.read_only() {
            Some(why) => Err(why.to_owned()),
            None => Ok(()),
        }
    }

    /// Only a file has earlier versions.
    pub(in crate::app) fn can_list_versions(&self) -> Availability {
        if self.project.file().is_some() { Ok(()) } else { Err(words::why_no_versions().to_owned()) }
    }

    /// Whether there is a bill beside the official one.
    pub(in crate::app) fn has_cards(&self) -> Availability {
        match self.project.bills().cards.is_empty() {
            true => Err(words::why_no_cards(self.reach(Action::Cards))),
            false => Ok(()),
        }
    }

    /// Whether a compared card is selected.
    pub(in crate::app) fn can_take_out(&self) -> Availability {
        match self.view.selected_bill {
            _ if self.view.screen != Screen::Bills => Err(words::why_no_card(self.reach(Action::Bills))),
            0 => Err(words::why_official_stays().to_owned()),
            _ => Ok(()),
        }
    }

    /// Whether a card of the project does not say what a call with reference images costs.
    pub(in crate::app) fn can_include_inputs(&self) -> Availability {
        if self.unsaid_inputs().next().is_some() {
            return Ok(());
        }
        Err(match self.unsaid_inputs_of(Found::Team).next() {
            Some((card, _)) => words::why_team_inputs(card),
            None => words::why_no_unsaid_inputs().to_owned(),
        })
    }

    /// Whether there is another card to the left of the selected one.
    pub(in crate::app) fn can_shift_left(&self) -> Availability {
        self.can_take_out()?;
        if self.view.selected_bill > 1 { Ok(()) } else { Err(words::why_first_card().to_owned()) }
    }

    /// Whether there is another card to the right of the selected one.
    pub(in crate::app) fn can_shift_right(&self) -> Availability {
        self.can_take_out()?;
        if self.view.selected_bill < self.project.bills().cards.len() {
            Ok(())
        } else {
            Err(words::why_last_card().to_owned())
        }
    }

    pub(in crate::app) fn can_compare_rates(&self) -> Availability {
        let same = differences(&self.project.budget().pins, &self.session.catalog.models).is_empty();
        if same { Err(words::why_rates_agree().to_owned()) } else { Ok(()) }
    }

    /// Whether a knob can be changed for the selection.
    pub fn can_turn(&self, knob: Knob) -> Availability {
        let whole_project = self.view.selection == Selection::Project;
        if knob == Knob::Finals && whole_project && !self.project.budget().lines.is_empty() {
            return Err(words::why_finals_per_deliverable(self.reach(Action::LineNext)));
        }
        let of_drafts = matches!(knob, Knob::DraftQuality | Knob::DraftSize);
        if of_drafts && self.deliverable().is_none_or(|line| line.explore.is_none()) {
            return Err(words::why_no_explore_stage().to_owned());
        }
        Ok(())
    }

    pub(in crate::app) fn can_step(&self) -> Availability {
        match self.stepped_field() {
            Some(field) => self.can_turn(field.knob()),
            None => Err(words::why_no_field(self.reach(Action::FocusNext))),
        }
    }

    pub(in crate::app) fn can_edit_here(&self) -> Availability {
        self.stepped_field().map_or(Ok(()), |field| self.can_turn(field.knob()))
    }

    pub(in crate::app) fn can_inherit(&self) -> Availability {
        let Some(field) = self.field() else { return Err(words::why_no_field(self.reach(Action::FocusNext))) };
        self.is_changed_here(field.knob())?;
        if self.setting(field.knob()).is_some() { Ok(()) } else { Err(words::why_already_inherited().to_owned()) }
    }

    /// Whether the size in hand is one that is made: a deliverable's, or all deliverables' where one of them inherits it.
    #[must_use]
    pub fn makes_the_size(&self) -> bool {
        let inherits = |own: &Deliverable| own.ratio.layer < Layer::Preset && own.size.layer < Layer::Preset;
        self.line().is_some() || self.estimate().lines.iter().any(|line| inherits(&line.deliverable))
    }

    /// The cheapest legal size of the same shape, if the selection can use it.
    #[must_use]
    pub fn advice(&self) -> Option<Cheaper> {
        if !self.makes_the_size() {
            return None;
        }
        let line = self.deliverable().filter(|line| line.measured_output().is_none())?;
        let QualityChoice::Exact(quality) = line.quality.value else { return None };
        let size = line.exact_size(line.size.value)?;
        advisor::cheaper(&line.model.value, size, quality, None).first().copied()
    }

    pub(in crate::app) fn can_reload(&self) -> Availability {
        let gone = matches!(self.overlays.below_help(), Some(Overlay::Conflict(OnDisk::Deleted, _)));
        if gone { Err(words::why_nothing_to_reload().to_owned()) } else { Ok(()) }
    }

    /// Whether a field comes after the one that is typed: a pane's, or the finals after the name of a new deliverable.
    pub(in crate::app) fn can_go_on(&self) -> Availability {
        let top = self.overlays.below_help();
        let leads_on = matches!(top, None | Some(Overlay::Ask { ask: Ask::NewLine, .. }));
        if leads_on { Ok(()) } else { Err(words::why_no_field_after().to_owned()) }
    }

    fn offered(&self) -> Option<&Recovered> {
        let Some(Overlay::Recover { recovered, .. }) = self.overlays.below_help() else { return None };
        Some(recovered)
    }

    /// Whether edits of an earlier session are offered.
    pub(in crate::app) fn is_recovering(&self) -> Availability {
        self.offered().map(|_| ()).ok_or_else(|| words::why_nothing_recovered().to_owned())
    }

    /// Whether any of the offered edits fits the project.
    pub(in crate::app) fn can_recover(&self) -> Availability {
        self.is_recovering()?;
        let none_fits = self.offered().is_some_and(|recovered| recovered.edits.is_empty());
        if none_fits { Err(words::why_nothing_fits().to_owned()) } else { Ok(()) }
    }

    /// Whether a copy would differ from the project with the edits restored.
    pub(in crate::app) fn can_open_copy(&self) -> Availability {
        self.is_recovering()?;
        let all_fit = self.offered().is_some_and(|recovered| !recovered.changed);
        if all_fit { Err(words::why_all_fits().to_owned()) } else { Ok(()) }
    }

    pub(in crate::app) fn can_resolve(&self) -> Availability {
        if self.project.is_disputed() { Ok(()) } else { Err(words::why_nothing_disputed().to_owned()) }
    }

    pub(in crate::app) fn can_take_both(&self) -> Availability {
        self.can_keep(Keep::Both, words::why_not_both())
    }

    pub(in crate::app) fn can_take_base(&self) -> Availability {
        self.can_keep(Keep::Base, words::why_no_base())
    }

    fn can_keep(&self, keep: Keep, why: &str) -> Availability {
        let offered = matches!(self.overlays.below_help(), Some(Overlay::Resolve(resolving)) if resolving.offers(keep));
        if offered { Ok(()) } else { Err(why.to_owned()) }
    }

    pub(in crate::app) fn has_offers(&self) -> Availability {
        if self.session.offers.is_empty() { Err(words::why_no_offers().to_owned()) } else { Ok(()) }
    }

    pub(in crate::app) fn can_take_advice(&self) -> Availability {
        if self.deliverable().is_some_and(|line| line.measured_output().is_some()) {
            return Err(words::why_measured().to_owned());
        }
        if self.advice().is_some() { Ok(()) } else { Err(words::why_no_advice().to_owned()) }
    }
}
