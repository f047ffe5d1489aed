//! Late replies of the terminal to a question of an earlier program, which must not be taken for keys.
//!
//! crossterm 0.29 does not parse strings: it reports `ESC ] 11 ; rgb:… ESC \` as Alt-], digits and letters, which would turn a
//! knob. Two signs together tell such a run from keys: it has the form of a reply, and it came without a pause. Events that lack
//! either are passed on, in order and at most [`BURST`] later, so that no key is ever lost. Cursor positions and primary device
//! attributes need none of this: crossterm consumes them. Of secondary ones, `ESC [ > 0;276;0 c`, it drops the first three bytes
//! and reports the rest.

use crossterm::event::{Event, KeyCode, KeyModifiers};
use std::time::Duration;

/// A terminal's reply arrives at once; a held key repeats every 25 ms or slower.
const BURST: Duration = Duration::from_millis(10);
/// How long Escape waits for a reply that was split right after it, so that the key is still answered within the 16 ms of a frame
/// among 10,000 deliverables. If the rest comes later, it is known by [`Before::Escape`] and no knob turns.
const ESCAPE: Duration = Duration::from_millis(5);
/// How long the rest of a reply may take if the reply was split on its way.
const REST: Duration = Duration::from_secs(1);
/// The most keys in a burst that may be typed by a person, whatever came before them.
const BY_HAND: usize = 2;

/// The kind of string that a run of events may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// `ESC ]`: colours, clipboard.
    Osc,
    /// `ESC P`: version, settings, capabilities.
    Dcs,
    /// `ESC _`: graphics.
    Apc,
    /// The remains of secondary device attributes after crossterm: numbers and a `c`.
    Numbers,
}

#[derive(Debug, Default)]
enum Stage {
    #[default]
    Keys,
    /// An Escape, which may be the first byte of a split reply.
    Escape(Event),
    /// The beginning of a reply, or keys: held until it is clear which.
    Perhaps { kind: Kind, held: Vec<Event>, payload: String },
    /// Inside a reply.
    Reply,
    /// A reply that did not end with its burst, and the events since.
    Cut(Vec<Event>),
}

/// Tells replies from keys, event by event.
#[derive(Debug, Default)]
pub(super) struct Replies {
    stage: Stage,
    /// The events passed on last, if a reply may have been split after them.
    before: Option<Before>,
}

/// Beginnings too short to be held longer than a burst.
#[derive(Debug)]
enum Before {
    Escape,
    Begun { kind: Kind, payload: String },
}

impl Replies {
    /// How long to wait for the next event before [`Replies::pause`] is due; `None` if nothing is held.
    pub(super) fn patience(&self) -> Option<Duration> {
        match &self.stage {
            Stage::Keys => None,
            Stage::Cut(held) if held.is_empty() => Some(REST),
            // A typed figure applies at once: compare it only with the events that have already arrived.
            Stage::Perhaps { kind: Kind::Numbers, .. } => Some(Duration::ZERO),
            Stage::Escape(_) => Some(ESCAPE),
            Stage::Perhaps { .. } | Stage::Reply | Stage::Cut(_) => Some(BURST),
        }
    }

    /// Takes an event; returns the events to pass on.
    pub(super) fn take(&mut self, event: Event) -> Vec<Event> {
        // These do not come from inside a reply; they can arrive at any moment.
        if matches!(event, Event::Resize(..) | Event::FocusGained | Event::FocusLost) {
            return vec![event];
        }
        match std::mem::take(&mut self.stage) {
            Stage::Keys => self.begin(event),
            Stage::Escape(escape) => match introduced(&event, KeyModifiers::NONE) {
                Some(kind) => {
                    self.stage = Stage::Perhaps { kind, held: vec![escape, event], payload: String::new() };
                    Vec::new()
                }
                None => self.hand_on(vec![escape], event),
            },
            Stage::Perhaps { kind, held, payload } => self.weigh(kind, held, payload, event),
            Stage::Reply => match within(&event) {
                Within::End => Vec::new(),
                Within::More => {
                    self.stage = Stage::Reply;
                    Vec::new()
                }
                Within::Foreign => self.begin(event),
            },
            Stage::Cut(held) => self.resume(held, event),
        }
    }

    /// No event came within [`Replies::patience`]: returns the held events that are not a reply.
    pub(super) fn pause(&mut self) -> Vec<Event> {
        match std::mem::take(&mut self.stage) {
            Stage::Keys => Vec::new(),
            Stage::Escape(escape) => {
                self.before = Some(Before::Escape);
                vec![escape]
            }
            Stage::Perhaps { kind, held, payload } => {
                self.before = (kind != Kind::Numbers).then_some(Before::Begun { kind, payload });
                held
            }
            Stage::Reply => {
                self.stage = Stage::Cut(Vec::new());
                Vec::new()
            }
            // A key or two typed by hand; the rest of the reply may still come.
            Stage::Cut(held) if !held.is_empty() => {
                self.stage = Stage::Cut(Vec::new());
                held
            }
            Stage::Cut(_) => Vec::new(),
        }
    }

    fn begin(&mut self, event: Event) -> Vec<Event> {
        let before = self.before.take();
        if let Some(Before::Begun { kind, payload }) = before {
            return self.weigh(kind, Vec::new(), payload, event);
        }
        let bare = before.and_then(|_| introduced(&event, KeyModifiers::NONE));
        if let Some(kind) = introduced(&event, KeyModifiers::ALT).or(bare) {
            self.stage = Stage::Perhaps { kind, held: vec![event], payload: String::new() };
            return Vec::new();
        }
        if is_escape(&event) {
            self.stage = Stage::Escape(event);
            return Vec::new();
        }
        if let Some(digit) = character(&event).filter(char::is_ascii_digit) {
            self.stage = Stage::Perhaps { kind: Kind::Numbers, held: vec![event], payload: digit.to_string() };
            return Vec::new();
        }
        vec![event]
    }

    /// Passes the held events on, then handles the event that showed them to be keys.
    fn hand_on(&mut self, mut held: Vec<Event>, event: Event) -> Vec<Event> {
        held.extend(self.begin(event));
        held
    }

    fn weigh(&mut self, kind: Kind, mut held: Vec<Event>, mut payload: String, event: Event) -> Vec<Event> {
        let Some(c) = character(&event) else {
            let whole = matches!(within(&event), Within::End) && is_reply(kind, &payload) == Some(true);
            return if whole && !held.is_empty() { Vec::new() } else { self.hand_on(held, event) };
        };
        payload.push(c);
        self.stage = match is_reply(kind, &payload) {
            Some(true) if kind == Kind::Numbers => Stage::Keys,
            Some(true) if held.len() >= BY_HAND => Stage::Reply,
            Some(false) => return self.hand_on(held, event),
            _ => {
                held.push(event);
                Stage::Perhaps { kind, held, payload }
            }
        };
        Vec::new()
    }

    /// The rest of a split reply comes in a burst; keys come one by one.
    fn resume(&mut self, mut held: Vec<Event>, event: Event) -> Vec<Event> {
        match within(&event) {
            Within::End => return Vec::new(),
            Within::Foreign => {
                held.push(event);
                self.stage = Stage::Cut(Vec::new());
                return held;
            }
            Within::More => held.push(event),
        }
        self.stage = if held.len() > BY_HAND { Stage::Reply } else { Stage::Cut(held) };
        Vec::new()
    }
}

/// The role of an event inside a reply.
enum Within {
    More,
    End,
    /// Not part of any reply.
    Foreign,
}

fn within(event: &Event) -> Within {
    let Event::Key(key) = event else { return Within::Foreign };
    match (key.code, key.modifiers) {
        // BEL; `ESC \` in one piece, or split after its ESC.
        (KeyCode::Char('g'), KeyModifiers::CONTROL) | (KeyCode::Char('\\'), _) => Within::End,
        (KeyCode::Esc, _) => Within::More,
        _ if character(event).is_some() => Within::More,
        _ => Within::Foreign,
    }
}

/// The character that an event types; `None` for commands.
fn character(event: &Event) -> Option<char> {
    let Event::Key(key) = event else { return None };
    match key.code {
        KeyCode::Char(c) if !key.modifiers.intersects(KeyModifiers::CONTROL | KeyModifiers::ALT) => Some(c),
        _ => None,
    }
}

fn is_escape(event: &Event) -> bool {
    matches!(event, Event::Key(key) if key.code == KeyCode::Esc && key.modifiers.is_empty())
}

/// The string that an event begins: with Alt if its ESC came with it, without if the ESC came before.
fn introduced(event: &Event, with: KeyModifiers) -> Option<Kind> {
    let Event::Key(key) = event else { return None };
    // crossterm adds Shift to a capital.
    match key.code {
        _ if key.modifiers.difference(KeyModifiers::SHIFT) != with => None,
        KeyCode::Char(']') => Some(Kind::Osc),
        KeyCode::Char('P') => Some(Kind::Dcs),
        KeyCode::Char('_') => Some(Kind::Apc),
        _ => None,
    }
}

/// Whether a string with this beginning is a reply; `None` if it is too short to tell.
fn is_reply(kind: Kind, payload: &str) -> Option<bool> {
    let digits = payload.trim_start_matches(|c: char| c.is_ascii_digit() || (kind == Kind::Dcs && c == ';'));
    match (kind, digits) {
        (Kind::Numbers, _) => {
            let numbers = payload.strip_suffix('c').unwrap_or(payload);
            let fits = numbers.chars().all(|c| c.is_ascii_digit() || c == ';');
            let whole = numbers.len() < payload.len() && numbers.contains(';') && !numbers.ends_with(';');
            if whole || !fits { Some(whole && fits) } else { (numbers.len() < payload.len()).then_some(false) }
        }
        (Kind::Osc | Kind::Dcs, "") | (Kind::Dcs, ">" | "$" | "+" | "!") | (Kind::Apc, "G") => None,
        (Kind::Osc, rest) => Some(rest.starts_with(';') && rest.len() < payload.len()),
        (Kind::Dcs, rest) => Some([">|", "$r", "+r", "!|"].iter().any(|sign| rest.starts_with(sign))),
        (Kind::Apc, rest) => match rest.strip_prefix('G').map(|rest| rest.chars().collect::<Vec<_>>()).as_deref() {
            Some([key]) if key.is_ascii_alphabetic() => None,
            Some([_, sign, ..]) => Some(*sign == '='),
            _ => Some(false),
        },
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]

    use super::*;
    use crossterm::event::KeyEvent;

    /// Bytes that arrive at once, as crossterm's events.
    fn parsed(text: &str) -> Vec<Event> {
        let mut events = Vec::new();
        let mut chars = text.chars().peekable();
        while let Some(c) = chars.next() {
            let (c, alt) = match (c, chars.peek()) {
                ('\x1b', Some(_)) => (chars.next().unwrap(), KeyModifiers::ALT),
                _ => (c, KeyModifiers::NONE),
            };
            let shift = if c.is_uppercase() { KeyModifiers::SHIFT } else { KeyModifiers::NONE };
            events.push(Event::Key(match c {
                '\x1b' => KeyEvent::new(KeyCode::Esc, KeyModifiers::NONE),
                '\r' => KeyEvent::new(KeyCode::Enter, alt),
                '\x07' => KeyEvent::new(KeyCode::Char('g'), KeyModifiers::CONTROL),
                c => KeyEvent::new(KeyCode::Char(c), alt | shift),
            }));
        }
        events
    }

    /// The events passed on from bursts with a pause after each.
    fn through(bursts: &[&str]) -> Vec<Event> {
        let mut replies = Replies::default();
        let mut out = Vec::new();
        for burst in bursts {
            for event in parsed(burst) {
                out.extend(replies.take(event));
            }
            if replies.patience().is_some_and(|patience| patience <= BURST) {
                out.extend(replies.pause());
            }
        }
        assert!(replies.patience().is_none_or(|patience| patience > BURST), "nothing is kept beyond a pause");
        out
    }

    #[test]
    fn an_escape_waits_for_a_split_reply_and_no_longer() {
        let mut replies = Replies::default();
        assert!(replies.take(parsed("\x1b").remove(0)).is_empty());
        assert_eq!(replies.patience(), Some(ESCAPE));
        assert!(ESCAPE < BURST, "the key is answered within a frame");
    }

    const REPLIES: [&str; 9] = [
        "\x1b]11;rgb:ffff/ffff/dddd\x1b\\",
        "\x1b]11;rgb:ffff/ffff/dddd\x07",
        "\x1b]4;12;rgba:00/00/00/ff\x1b\\",
        "\x1b]52;c;SGVsbG8=\x07",
        "\x1b_Gi=31;OK\x1b\\",
        "\x1bP>|XTerm(390)\x1b\\",
        "\x1bP1$r0 q\x1b\\",
        "\x1bP0+r\x1b\\",
        "\x1bP!|00000000\x1b\\",
    ];

    #[test]
    fn replies_vanish_and_keys_around_them_stay() {
        for reply in REPLIES {
            assert_eq!(through(&[reply]), [], "{reply:?}");
            assert_eq!(through(&[&format!("3{reply}7j")]), parsed("37j"), "{reply:?}");
        }
    }

    #[test]
    fn replies_cut_anywhere_vanish() {
        for reply in REPLIES {
            for at in 2..reply.len() {
                let (head, tail) = reply.split_at(at);
                // Text too short to tell is passed on; no key is bound to it, and the rest does not follow.
                let told = through(&[head]);
                assert!(told.len() < 5, "{head:?}");
                let wanted: Vec<Event> = told.into_iter().chain(parsed("5")).collect();
                assert_eq!(through(&[head, tail, "5"]), wanted, "{head:?} | {tail:?}");
            }
        }
        // Split after the first ESC, whatever the pause.
        let (escape, rest) = REPLIES[0].split_at(1);
        assert_eq!(through(&[escape, rest, "5"]), parsed("\x1b").into_iter().chain(parsed("5")).collect::<Vec<_>>());
        let mut replies = Replies::default();
        let out: Vec<Event> =
            parsed(escape).into_iter().chain(parsed(rest)).flat_map(|event| replies.take(event)).collect();
        assert_eq!(out, [], "without a pause the Escape is part of it");
    }

    #[test]
    fn what_is_left_of_device_attributes_vanishes_and_figures_are_never_late() {
        assert_eq!(through(&["0;276;0c"]), []);
        assert_eq!(through(&["j64;1c3"]), parsed("j3"));
        for keys in ["0;276;0", "276c", "1.5x", "4:5", "1024x1280", "24\r", "5;c", "12;3d"] {
            assert_eq!(through(&[keys]), parsed(keys), "{keys:?}");
        }
        let mut replies = Replies::default();
        assert_eq!(replies.take(parsed("7").remove(0)), []);
        assert_eq!(replies.patience(), Some(Duration::ZERO));
        assert_eq!(replies.pause(), parsed("7"));
    }

    #[test]
    fn what_a_person_types_is_never_lost() {
        for keys in
            ["\x1b]", "\x1bP", "\x1b_", "\x1b", "\x1b]1", "\x1b]\r", "\x1b]x;", "\x1bPj", "\x1b_Gx", "\x1b\x07", "]11;"]
        {
            assert_eq!(through(&[keys]), parsed(keys), "{keys:?} at once");
            let one_by_one: Vec<Event> = parsed(keys);
            let mut replies = Replies::default();
            let mut out = Vec::new();
            for event in one_by_one.clone() {
                out.extend(replies.take(event));
                out.extend(replies.pause());
            }
            assert_eq!(out, one_by_one, "{keys:?} with pauses");
        }
        assert_eq!(through(&["\x1b", "]", "2", "4", ";"]).len(), 5, "Escape, then ] and figures, by hand");
        assert_eq!(through(&["\x1b", "]24"]).len(), 4, "and by a macro");
    }

    #[test]
    fn keys_pass_while_the_rest_of_a_reply_is_waited_for() {
        let head = "\x1b]11;rgb:ff";
        assert_eq!(through(&[head, "5", "\r", "j"]), parsed("5\rj"));
        assert_eq!(through(&[head, "5", "ff/ffff/dddd\x1b\\", "6"]), parsed("56"));
        assert_eq!(through(&[&format!("{head}\r"), "7"]), parsed("\r7"), "no reply holds an Enter");
        let mut replies = Replies::default();
        for event in parsed(head) {
            assert_eq!(replies.take(event), []);
        }
        assert_eq!((replies.pause(), replies.patience()), (vec![], Some(REST)));
        assert_eq!((replies.pause(), replies.patience()), (vec![], None), "it is not waited for for ever");
        assert_eq!(parsed("jkl").into_iter().flat_map(|event| replies.take(event)).collect::<Vec<_>>(), parsed("jkl"));
    }
}
