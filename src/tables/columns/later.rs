//! Counts that were decided again: `Revised qty` beside `Qty`. The later decision counts, and the earlier one where it is empty.

use super::{Found, Sheet};
use crate::cost::Knob;
use crate::tables::letters::{Words, has, is_unspaced, words};
use crate::tables::meanings::{ColumnUse, FoundBy, Kind, Unused};
use crate::tables::titles::{counts_finals, plain_title};

/// Words of a title for what was decided later, folded.
static LATER: Words = Words::of(&[
    "revised | new | updated | final | approved | confirmed | agreed | latest | amended | corrected | changed | signed off | definitive",
    "neu | neue | aktuell | aktualisiert | endgultig | endgultige | freigegeben | bestatigt | korrigiert | revidiert | geandert",
    "revise | revisee | nouveau | nouvelle | definitif | definitive | valide | validee | approuve | approuvee | confirmee | corrigee",
    "revisado | revisada | nuevo | nueva | definitivo | definitiva | aprobado | aprobada | confirmado | confirmada | actualizado | actualizada",
    "rivisto | rivista | nuovo | nuova | finale | approvato | approvata | confermato | confermata | aggiornato | aggiornata | corretto | corretta",
    "修正 | 修正後 | 変更後 | 最終 | 確定 | 承認 | 更新後 | 新 | 最终 | 修订 | 修订后 | 修改后 | 修正后 | 确认 | 已确认 | 批准 | 更新",
]);

/// Words of what is taken and not chosen: the later count is a choice of it.
static TAKEN: Words = Words::of(&["shots | shot | takes | aufnahmen | vues | tomas | scatti | カット数"]);

impl Sheet<'_> {
    /// Lets the later decision count; the earlier counts stay for rows where it is empty.
    pub(super) fn later_counts(&self, found: &mut [Found]) {
        let finals = Kind::Knob(Knob::Finals);
        let chosen = |(taken, _): &Found| matches!(taken, ColumnUse::As(kind, FoundBy::Choice) if kind.counts());
        let counts = |at: usize| matches!(found[at].0, ColumnUse::As(kind, FoundBy::Title) if kind == finals);
        let plain = |at: usize| self.title(at).map(plain_title).unwrap_or_default();
        let later = |at: &usize| {
            let free = counts(*at) || found[*at].0 == ColumnUse::Unused(Unused::UnknownTitle);
            free && is_later(&plain(*at)) && self.holds_counts(*at) && !self.has_failed(*at, finals)
        };
        let laters: Vec<usize> = (0..found.len()).filter(later).collect();
        let earlier = |at: &usize| {
            let plain = plain(*at);
            let taken = plain.split(' ').any(|word| has(&TAKEN, word));
            counts(*at) && !laters.contains(at) && !taken && self.holds_counts(*at)
        };
        let earliers: Vec<usize> = (0..found.len()).filter(earlier).collect();
        // Decisions follow one another from left to right.
        let Some(last) = laters.last().copied() else { return };
        let others = (0..found.len()).any(|at| counts(at) && !laters.contains(&at));
        if !others || found.iter().any(chosen) {
            return;
        }
        if !earliers.is_empty() {
            let before = laters.iter().chain(&earliers).copied().filter(|at| *at != last);
            before.for_each(|at| found[at].0 = ColumnUse::Unused(Unused::Earlier));
        }
        found[last] = (ColumnUse::As(finals, FoundBy::Title), (0, 0));
    }
}

/// `Revised qty`, `Anzahl neu`, `修正枚数`, `New`: a word for what was decided later, alone or with a title of counts. `Approved` alone
/// tells how many are approved so far.
fn is_later(plain: &str) -> bool {
    if plain.chars().any(is_unspaced) {
        let mut rests = words(&LATER).filter_map(|word| plain.strip_prefix(word));
        return rests.any(|rest| counts_finals(rest.strip_prefix('の').unwrap_or(rest)));
    }
    let (later, rest): (Vec<&str>, Vec<&str>) = plain.split(' ').partition(|word| has(&LATER, word));
    let approved =
        later.iter().any(|word| word.starts_with("appro") || word.starts_with("aprob") || *word == "freigegeben");
    !later.is_empty() && (counts_finals(&rest.join(" ")) || (rest.is_empty() && !approved))
}

#[cfg(test)]
mod tests {
    use super::is_later;

    #[test]
    fn a_later_count_is_a_count_with_a_word_for_it() {
        for later in [
            "revised qty",
            "new",
            "final",
            "final qty",
            "approved quantity",
            "anzahl neu",
            "quantite revisee",
            "cantidad final",
            "quantita approvata",
            "修正枚数",
            "最终数量",
            "confirmed count",
        ] {
            assert!(is_later(later), "{later}");
        }
        for other in
            ["qty", "approved", "new product", "final size", "枚数", "新商品", "newsletter", "", "revised date"]
        {
            assert!(!is_later(other), "{other}");
        }
    }
}
