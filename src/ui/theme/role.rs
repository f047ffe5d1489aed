//! Everything that can be coloured: roles, not widgets, so that a theme survives a change of layout.

use ratatui::style::Modifier;

/// How well a role must contrast with its background.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Weight {
    /// Words and figures: a contrast of at least 4.5 to 1.
    Text,
    /// Signs that carry meaning, such as bars and the focused border: at least 3 to 1.
    Sign,
    /// Lines that only separate things.
    Decoration,
}

macro_rules! roles {
    ($( $(#[$doc:meta])+ $role:ident = $name:literal, $fallback:expr, $sign:expr, $weight:ident; )+) => {
        /// A part of the screen that a theme gives a style.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Role { $( $(#[$doc])+ $role, )+ }

        const ROWS: &[Row] = &[ $( Row { role: Role::$role, name: $name, fallback: $fallback, sign: $sign, weight: Weight::$weight } ),+ ];
    };
}

struct Row {
    role: Role,
    name: &'static str,
    fallback: Option<Role>,
    sign: Modifier,
    weight: Weight,
}

const PLAIN: Modifier = Modifier::empty();
const BOLD: Modifier = Modifier::BOLD;
const MARKED: Modifier = Modifier::BOLD.union(Modifier::UNDERLINED);

// name, the role it looks like when a theme leaves it out, its sign, its weight
roles! {
    /// The background of the whole window; the terminal's own unless a theme sets it.
    Background = "background", None, PLAIN, Decoration;
    /// Ordinary words.
    Text = "text", None, PLAIN, Text;
    /// Less important words: units, origins, hints.
    Dim = "dim", Some(Role::Text), PLAIN, Text;
    /// The name of a field.
    Label = "label", Some(Role::Text), PLAIN, Text;
    /// A figure or a setting.
    Value = "value", Some(Role::Text), PLAIN, Text;
    /// The one colour that draws the eye.
    Accent = "accent", Some(Role::Value), PLAIN, Text;
    /// The title line of the window.
    Header = "header", Some(Role::Label), PLAIN, Text;
    /// The name of a screen that is not open.
    Tab = "tab", Some(Role::Dim), PLAIN, Text;
    /// The open screen's name.
    TabActive = "tab-active", Some(Role::Accent), MARKED, Text;
    /// A pane's frame.
    Border = "border", Some(Role::Dim), PLAIN, Decoration;
    /// The focused pane's frame.
    FocusBorder = "focus-border", Some(Role::Accent), BOLD, Sign;
    /// A pane's title.
    Title = "title", Some(Role::Label), PLAIN, Text;
    /// The focused pane's title.
    FocusTitle = "focus-title", Some(Role::FocusBorder), MARKED, Text;
    /// The selected row or field. On sixteen colours its own colour must replace those of the row's parts.
    Selection = "selection", Some(Role::Value), Modifier::REVERSED, Text;
    /// The text being typed.
    Edit = "edit", Some(Role::Selection), Modifier::UNDERLINED, Text;
    /// The total.
    Total = "total", Some(Role::Accent), BOLD, Text;
    /// Within the cap, valid, saved.
    Good = "good", Some(Role::Text), PLAIN, Text;
    /// Worth a look.
    Warn = "warn", Some(Role::Accent), BOLD, Text;
    /// Over the cap, refused, wrong.
    Bad = "bad", Some(Role::Warn), MARKED, Text;
    /// The filled part of a bar.
    Bar = "bar", Some(Role::Accent), PLAIN, Sign;
    /// The rest of a bar.
    BarRest = "bar-rest", Some(Role::Border), PLAIN, Decoration;
    /// The current value in a small chart.
    Marker = "marker", Some(Role::Total), BOLD, Sign;
    /// A key in the footer and in the help.
    Key = "key", Some(Role::Accent), BOLD, Text;
    /// The description of a key.
    KeyHelp = "key-help", Some(Role::Dim), PLAIN, Text;
}

impl Role {
    /// How many roles there are; a role's number as `usize` is below it.
    pub const COUNT: usize = ROWS.len();

    /// Every role, each after its fallback.
    pub fn all() -> impl Iterator<Item = Self> {
        ROWS.iter().map(|row| row.role)
    }

    /// The role's name in a theme file.
    #[must_use]
    pub fn name(self) -> &'static str {
        self.row().name
    }

    /// The role of that name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        ROWS.iter().find(|row| row.name == name).map(|row| row.role)
    }

    /// The role whose look this one takes when a theme leaves it out.
    #[must_use]
    pub fn fallback(self) -> Option<Self> {
        self.row().fallback
    }

    /// The modifiers that set the role apart if colours do not: without colours, and when a theme leaves it out.
    #[must_use]
    pub fn sign(self) -> Modifier {
        self.row().sign
    }

    /// How well it must stand out.
    #[must_use]
    pub fn weight(self) -> Weight {
        self.row().weight
    }

    fn row(self) -> &'static Row {
        &ROWS[self as usize]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_stand_in_the_order_of_the_roles_and_after_their_fallback() {
        for (index, role) in Role::all().enumerate() {
            assert_eq!(role as usize, index);
            assert_eq!(Role::named(role.name()), Some(role), "{} is there twice", role.name());
            assert!(role.fallback().is_none_or(|other| (other as usize) < index), "{}", role.name());
        }
    }

    #[test]
    fn selection_and_focus_differ_from_their_surroundings_by_sign_alone() {
        for (role, beside) in [
            (Role::Selection, Role::Value),
            (Role::FocusBorder, Role::Border),
            (Role::FocusTitle, Role::Title),
            (Role::TabActive, Role::Tab),
            (Role::Total, Role::Value),
            (Role::Bad, Role::Good),
            (Role::Edit, Role::Value),
        ] {
            assert_ne!(role.sign(), beside.sign(), "{}", role.name());
        }
    }
}
