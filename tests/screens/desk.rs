//! A dashboard for trying keys: the real keymap, the real drawing, an open project.

use jiff::civil::{Date, date};
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use retake::app::actions::update;
use retake::app::flows::lifecycle;
use retake::app::model::list_request::{ListRequest, ListSource};
use retake::app::model::outcome::{Effect, Opened, Outcome};
use retake::app::{Chord, Key, Keymap, State};
use retake::config::keys::default_keymap;
use retake::cost::bill::Bills;
use retake::cost::{Budget, Catalog, estimate};
use retake::project::open::read_text;
use retake::ui::theme::{ColourDepth, Styles, Theme};
use retake::ui::{FrameInput, draw};
use std::convert::Infallible;
use std::path::Path;
use std::sync::LazyLock;

pub(crate) const SIZES: [(u16, u16); 6] = [(160, 45), (120, 36), (100, 30), (80, 24), (50, 16), (20, 5)];
pub(crate) const TODAY: Date = date(2026, 11, 21);

/// Two lines with round figures. Names have no digits, so that every digit on screen belongs to a figure.
pub(crate) const TWO_LINES: &str = r#"retake = 1
name = "Spring launch"
client = "Acme"

[assumptions]
quality = "high"
retry = 2.0

[deliverable.hero]
name = "Hero shot"
ratio = "4:5"
finals = 24

[deliverable.social]
name = "Paid social"
quality = "medium"
finals = 60
"#;

pub(crate) fn catalog() -> &'static Catalog {
    retake::rates::built_in().unwrap()
}

/// The budget in a project's text; the text must be valid.
pub(crate) fn budget(text: &str) -> Budget {
    let reading = read_text(text, Path::new("test.retake.toml"), catalog());
    assert!(reading.problems.is_empty(), "{:?}", reading.problems);
    reading.budget
}

pub(crate) struct Desk {
    pub(crate) state: State,
    pub(crate) keymap: Keymap,
    pub(crate) styles: Styles,
    pub(crate) ascii: bool,
    /// The effects of the keys, oldest first.
    pub(crate) effects: Vec<Effect>,
    /// Whether searches and lists that need no disk are left among the effects too, instead of being done at once.
    pub(crate) holds_lists: bool,
}

impl Desk {
    /// A project with a file.
    pub(crate) fn new(budget: Budget) -> Desk {
        let file = Some("spring.retake.toml".to_owned());
        Desk::opened(Opened { budget, problems: Vec::new(), file, ..Opened::default() })
    }

    /// A project with this text and a file.
    pub(crate) fn of(text: &str) -> Desk {
        Desk::new(budget(text))
    }

    /// A project without a file.
    pub(crate) fn untitled(budget: Budget) -> Desk {
        Desk::opened(Opened { budget, problems: Vec::new(), file: None, ..Opened::default() })
    }

    pub(crate) fn opened(opened: Opened) -> Desk {
        // Thousands of dashboards are opened: their keys and colours are read once.
        static KEYS: LazyLock<Keymap> = LazyLock::new(default_keymap);
        static DARK: LazyLock<Styles> = LazyLock::new(|| styles("dark", ColourDepth::True));
        let themes = Theme::names().map(str::to_owned).collect();
        Desk {
            state: State::new(opened, catalog(), TODAY, themes).with_keys(&KEYS),
            keymap: KEYS.clone(),
            styles: DARK.clone(),
            ascii: false,
            effects: Vec::new(),
            holds_lists: false,
        }
    }

    /// Presses keys: words separated by blanks, each a key in `<…>` or characters to type one by one.
    pub(crate) fn keys(&mut self, keys: &str) -> &mut Desk {
        for word in keys.split_whitespace() {
            let named = word.strip_prefix('<').and_then(|rest| rest.strip_suffix('>')).filter(|name| !name.is_empty());
            match named {
                Some(name) => self.press(Chord::parse(name).unwrap_or_else(|| panic!("{word} is no key"))),
                None => self.type_text(word),
            };
        }
        self
    }

    /// Types characters, blanks too.
    pub(crate) fn type_text(&mut self, text: &str) -> &mut Desk {
        for c in text.chars() {
            self.press(Chord::char(c));
        }
        self
    }

    pub(crate) fn press(&mut self, chord: Chord) -> &mut Desk {
        let effects = update::press(&mut self.state, &self.keymap, chord);
        self.keep(effects);
        self
    }

    pub(crate) fn paste(&mut self, text: &str) -> &mut Desk {
        let effects = update::paste(&mut self.state, text);
        self.keep(effects);
        self
    }

    /// Keeps effects for the test to see; reads the lists among them that are there already, and searches, as the
    /// runtime would.
    fn keep(&mut self, effects: Vec<Effect>) {
        for effect in effects {
            match effect {
                Effect::ReadList(request) if !self.holds_lists && !matches!(request.source, ListSource::File(_)) => {
                    self.read_list(request, b"");
                }
                Effect::UnderCap(search) if !self.holds_lists => {
                    let found = search.run(self.state.budget(), catalog(), TODAY, &|| true).unwrap();
                    let arrived = Outcome::UnderCap(Box::new(found));
                    assert!(lifecycle::apply_outcome(&mut self.state, arrived).is_empty());
                }
                effect => self.effects.push(effect),
            }
        }
    }

    /// What comes of reading a list, where these are the bytes of its file.
    pub(crate) fn list_of(&self, request: ListRequest, bytes: &[u8]) -> Outcome {
        let load = |_: &Path| Ok(bytes.to_owned());
        let Ok(outcome) = request.read::<Infallible>(load, self.state.budget(), catalog(), &|_| Ok(()));
        outcome
    }

    /// Reads a list as the runtime would.
    pub(crate) fn read_list(&mut self, request: ListRequest, bytes: &[u8]) {
        let outcome = self.list_of(request, bytes);
        assert!(lifecycle::apply_outcome(&mut self.state, outcome).is_empty());
    }

    /// Clears the open field and types.
    pub(crate) fn retype(&mut self, text: &str) -> &mut Desk {
        self.keys("<ctrl-u>").type_text(text)
    }

    pub(crate) fn view(&self) -> FrameInput<'_> {
        FrameInput::new(&self.state, &self.keymap, &self.styles, self.ascii)
    }

    pub(crate) fn frame(&self, width: u16, height: u16) -> Buffer {
        self.frame_and_cursor(width, height).0
    }

    pub(crate) fn frame_and_cursor(&self, width: u16, height: u16) -> (Buffer, Option<Position>) {
        let area = Rect::new(0, 0, width, height);
        let mut buffer = Buffer::empty(area);
        let cursor = draw(&self.view(), area, &mut buffer);
        (buffer, cursor)
    }

    pub(crate) fn screen(&self, width: u16, height: u16) -> String {
        text_of(&self.frame(width, height))
    }

    /// The total as the screen shows it.
    pub(crate) fn total(&self) -> String {
        let screen = self.screen(120, 36);
        let row = screen.lines().find(|row| row.contains("TOTAL")).unwrap_or_else(|| panic!("no total in\n{screen}"));
        let after = row.split("TOTAL").nth(1).unwrap();
        after.split_whitespace().next().unwrap().trim_matches('│').to_owned()
    }

    /// Presses keys and returns the shown total after the last of them, checking that this key changed it.
    pub(crate) fn total_after(&mut self, keys: &str) -> String {
        self.keys(keys);
        self.total()
    }

    /// The invariant after every key: figures equal to those of a full computation.
    pub(crate) fn assert_sound(&self) {
        let full = estimate(self.state.budget(), catalog(), TODAY);
        assert!(*self.state.estimate() == full, "the figures are not those of a full computation");
        let bills = Bills::of(self.state.budget(), &full, catalog());
        assert!(*self.state.bills() == bills, "the bills are not those of a full computation");
    }
}

pub(crate) fn styles(theme: &str, depth: ColourDepth) -> Styles {
    Theme::built_in(theme).unwrap().styles(depth)
}

/// The rows of a frame; the hidden half of a wide character is left out.
pub(crate) fn text_of(buffer: &Buffer) -> String {
    let rows: Vec<String> = (0..buffer.area.height).map(|y| row_of(buffer, y)).collect();
    rows.join("\n")
}

pub(crate) fn row_of(buffer: &Buffer, y: u16) -> String {
    let mut row = String::new();
    let mut x = 0;
    while x < buffer.area.width {
        let symbol = buffer[(x, y)].symbol();
        row.push_str(symbol);
        x += u16::try_from(retake::ui::text::width(symbol).max(1)).unwrap();
    }
    row
}

/// The words of a screen in order, without frames: the text of a sentence, wherever its lines break.
pub(crate) fn words_of(screen: &str) -> String {
    let plain: String = screen.chars().map(|c| if "┃│━─┏┓┗┛┌┐└┘".contains(c) { ' ' } else { c }).collect();
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Every chord that the default keys bind, and the characters of ordinary typing.
pub(crate) fn every_chord(keymap: &Keymap) -> Vec<Chord> {
    let mut chords: Vec<Chord> = keymap.bindings().map(|(_, chord, _)| chord).collect();
    chords.extend("0123456789.:x%$/ abcdehikmnoprstu発🎨\u{301}".chars().map(Chord::char));
    chords.extend([Key::Left, Key::Right, Key::Home, Key::End, Key::Delete, Key::Backspace].map(Chord::plain));
    chords.extend(["ctrl-u", "ctrl-w", "ctrl-a", "ctrl-e", "ctrl-backspace"].map(|name| Chord::parse(name).unwrap()));
    chords.sort();
    chords.dedup();
    chords
}
