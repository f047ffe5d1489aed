//! Values that two sides changed differently: both versions side by side, the choice for each, and the resulting total.

use crate::app::Action;
use crate::app::actions::mouse::Target;
use crate::app::flows::conflict::{Between, Dispute, Keep, Resolving};
use crate::ui::canvas::{Canvas, FrameInput};
use crate::ui::dialogs::{boxed, centred, hint_width, hints};
use crate::ui::text::width;
use crate::ui::theme::Role;
use crate::words;
use ratatui::layout::{Position, Rect};

/// Visible lines of one version; the rest is counted.
const LINES_MAX: usize = 6;

/// One dispute, ready to draw.
struct Block {
    before: Option<String>,
    sides: [Vec<String>; 2],
}

impl Block {
    fn of(dispute: &Dispute) -> Block {
        let before = dispute.base.as_ref().map(|base| base.lines().collect::<Vec<_>>().join("; "));
        Block { before, sides: [shown(dispute.mine.as_deref()), shown(dispute.theirs.as_deref())] }
    }

    fn lines(&self) -> usize {
        self.sides.iter().map(Vec::len).max().unwrap_or(0)
    }

    /// Rows for its place, its base, its lines, and a gap.
    fn rows(&self) -> usize {
        2 + usize::from(self.before.is_some()) + self.lines()
    }
}

fn shown(version: Option<&str>) -> Vec<String> {
    let Some(version) = version else { return vec![words::dispute_removed().to_owned()] };
    let all: Vec<&str> = version.lines().collect();
    let mut lines: Vec<String> = all.iter().take(LINES_MAX).map(|line| (*line).to_owned()).collect();
    if all.len() > LINES_MAX {
        lines.truncate(LINES_MAX - 1);
        lines.push(words::dispute_more(all.len() + 1 - LINES_MAX));
    }
    lines
}

/// The layout of the dialog: the box, and the first visible dispute.
struct Places {
    list: Rect,
    first: usize,
}

fn blocks(resolving: &Resolving) -> Vec<Block> {
    resolving.disputes.iter().map(Block::of).collect()
}

/// Rows below the disputes in a box of this height: the way out, then the total, the open disputes, and the keys for one dispute.
fn foot_rows(height: u16) -> u16 {
    match height {
        0..=3 => 1,
        4..=5 => 2,
        6..=8 => 3,
        _ => 4,
    }
    .min(height)
}

/// Rows of the box: frame, names, disputes, foot.
fn height(blocks: &[Block], area: Rect) -> u16 {
    let rows = blocks.iter().map(Block::rows).sum::<usize>().saturating_add(7);
    u16::try_from(rows).unwrap_or(u16::MAX).min(area.height.saturating_sub(2).max(6)).min(area.height)
}

fn places(resolving: &Resolving, blocks: &[Block], inside: Rect) -> Places {
    let list = Rect {
        y: inside.y + 1.min(inside.height),
        height: inside.height.saturating_sub(1 + foot_rows(inside.height)),
        ..inside
    };
    // Show as many disputes before the chosen one as leave it whole.
    let (mut first, mut rows) = (resolving.at.min(blocks.len().saturating_sub(1)), 0);
    for at in (0..=first).rev() {
        rows += blocks.get(at).map_or(0, Block::rows);
        if rows > usize::from(list.height) {
            break;
        }
        first = at;
    }
    Places { list, first }
}

fn half(area: Rect, right: bool) -> Rect {
    let width = area.width.saturating_sub(3) / 2;
    let x = if right { area.x + area.width - width } else { area.x + 2.min(area.width) };
    Rect { x, width: if right { width } else { width.saturating_sub(1) }, ..area }
}

/// Draws the dialog.
pub(super) fn resolving(canvas: &mut Canvas, input: &FrameInput, area: Rect, resolving: &Resolving) {
    let blocks = blocks(resolving);
    let title = match resolving.between {
        Between::ScreenAndDisk => words::dialog_disputes(blocks.len()),
        Between::Markers => words::dialog_markers(blocks.len()),
    };
    let inside = boxed(canvas, area, 110, height(&blocks, area), &title);
    let Places { list, first } = places(resolving, &blocks, inside);
    for (right, name) in [(false, &resolving.names[0]), (true, &resolving.names[1])] {
        canvas.text(half(inside, right), 0, name, Role::Title);
    }
    let mut row = 0;
    for (at, block) in blocks.iter().enumerate().skip(first) {
        if row >= list.height {
            break;
        }
        let rest = Rect { y: list.y + row, height: list.height - row, ..list };
        draw_block(canvas, rest, block, resolving, at);
        row = row.saturating_add(u16::try_from(block.rows()).unwrap_or(u16::MAX));
    }
    foot(canvas, input, inside, resolving);
}

fn draw_block(canvas: &mut Canvas, area: Rect, block: &Block, resolving: &Resolving, at: usize) {
    let here = resolving.at == at;
    let (pointer, chosen, open) = if canvas.is_ascii() { (">", "(*)", "( )") } else { ("▸", "●", "○") };
    canvas.text(area, 0, if here { pointer } else { " " }, Role::Accent);
    let place = resolving.disputes.get(at).map_or("", |dispute| dispute.place.as_str());
    canvas.text_at(area, 2, 0, place, if here { Role::Value } else { Role::Label });
    let mut row = 1;
    let choice = resolving.choices.get(at).copied().flatten();
    if let Some(before) = &block.before {
        let kept = choice == Some(Keep::Base);
        let text =
            format!("{}{}", if kept { format!("{chosen} ") } else { String::new() }, words::dispute_before(before));
        canvas.text_at(area, 2, row, &text, if kept { Role::Value } else { Role::Dim });
        row += 1;
    }
    for (right, lines) in [(false, &block.sides[0]), (true, &block.sides[1])] {
        let mine = if right { Keep::Theirs } else { Keep::Mine };
        let kept = matches!(choice, Some(Keep::Both)) || choice == Some(mine);
        let role = match (kept, choice) {
            (true, _) => Role::Value,
            (false, None) => Role::Text,
            (false, Some(_)) => Role::Dim,
        };
        let side = half(area, right);
        let sign = if kept { chosen } else { open };
        canvas.text(side, row, sign, if kept { Role::Good } else { Role::Dim });
        let column = u16::try_from(width(sign)).unwrap_or(1) + 1;
        for (down, line) in (row..).zip(lines) {
            canvas.text_at(side, column, down, line, role);
        }
    }
}

fn foot(canvas: &mut Canvas, input: &FrameInput, inside: Rect, resolving: &Resolving) {
    let rows = foot_rows(inside.height);
    let first = inside.height - rows;
    if rows > 1 {
        canvas.pair(inside, first, (words::resolve_total(), Role::Total), (&resolving.total, Role::Total));
    }
    if rows > 2 {
        let open = words::resolve_open(resolving.open());
        match &resolving.refused {
            Some(why) => canvas.text(inside, first + 1, why, Role::Bad),
            None if resolving.open() > 0 => canvas.text(inside, first + 1, &open, Role::Dim),
            None => 0,
        };
    }
    if rows > 3 {
        let single = [Action::TakeMine, Action::TakeTheirs, Action::TakeBoth, Action::TakeBase];
        let offered = single.into_iter().filter(|action| (action.row().can)(input.state).is_ok());
        hints(canvas, input, inside, first + 2, &offered.collect::<Vec<_>>());
    }
    let all = [Action::AllMine, Action::AllTheirs, Action::Accept, Action::Cancel];
    let fits = |from: &usize| hint_width(input, &all[*from..]) <= usize::from(inside.width);
    let from = [0, 2].into_iter().find(fits).unwrap_or(3);
    hints(canvas, input, inside, inside.height.saturating_sub(1), &all[from..]);
}

/// The version at a cell, if the dialog shows a version there.
pub(super) fn side_at(resolving: &Resolving, area: Rect, at: Position) -> Option<Target> {
    let blocks = blocks(resolving);
    let place = centred(area, 110, height(&blocks, area));
    let inside = Rect {
        x: place.x + 2,
        y: place.y + 1,
        width: place.width.saturating_sub(4),
        height: place.height.saturating_sub(2),
    };
    let Places { list, first } = places(resolving, &blocks, inside);
    if !list.contains(at) {
        return None;
    }
    let mut row = usize::from(at.y - list.y);
    for (index, block) in blocks.iter().enumerate().skip(first) {
        let rows = block.rows();
        if row < rows {
            let head = 1 + usize::from(block.before.is_some());
            let within = (head..head + block.lines()).contains(&row);
            let right = half(list, true).x <= at.x;
            return within.then_some(Target::Side(index, if right { Keep::Theirs } else { Keep::Mine }));
        }
        row -= rows;
    }
    None
}
