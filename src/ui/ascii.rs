//! The frame for a terminal that shows ASCII only: each cell gets the nearest ASCII character of one column, so that nothing
//! moves.

use super::text::width;
use ratatui::buffer::Buffer;

/// Our own signs and those of currencies; other characters, such as letters in names, become question marks.
const SIGNS: &str =
    "×x·.…~–-−-≈~→>←<↵|↑^↓v‹<›>▸>●*✗x─-━=│|┃#░.▒-▓=█#▇#▏#▎#▍#▌#▋#▊#▉#€E£L¥Y₩W₹R\u{a0} \u{202f} ’'“\"”\"";

/// Replaces every symbol that is not ASCII.
pub(super) fn plain(buffer: &mut Buffer) {
    for cell in &mut buffer.content {
        if cell.symbol().is_ascii() {
            continue;
        }
        let mut chars = cell.symbol().chars();
        let only = chars.next().filter(|_| chars.as_str().is_empty());
        let at = only.and_then(|sign| SIGNS.find(sign).map(|at| at + sign.len_utf8()));
        // The hidden half of a wide character is a blank cell already.
        let unknown = if width(cell.symbol()) == 0 { ' ' } else { '?' };
        cell.set_char(at.and_then(|at| SIGNS[at..].chars().next()).unwrap_or(unknown));
    }
}
