//! The knob table: one row for each value that the user can change, with its name, unit, range and step.
//!
//! `knob_text` parses typed text, formats it and steps; panes, `--set`, file keys and docs are generated from this table.

macro_rules! knobs {
    ($( $(#[$doc:meta])+ $knob:ident; )+) => {
        /// A value that the user can change.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Knob { $( $(#[$doc])+ $knob, )+ }

        impl Knob {
            /// Every knob.
            pub const ALL: &[Knob] = &[$( Knob::$knob ),+];
        }
    };
}

knobs! {
    /// Named starting point of a deliverable.
    Preset;
    /// Aspect ratio of the image.
    Ratio;
    /// Pixels, or a class of size.
    Size;
    /// Rendering quality.
    Quality;
    /// Model that generates it.
    Model;
    /// How it is served.
    ServiceTier;
    /// Reference images sent with every call.
    References;
    /// Text tokens of the prompt.
    PromptTokens;
    /// Share of input tokens served from the cache.
    CachedInput;
    /// Streamed partial images.
    PartialImages;
    /// Measured tokens of a final, in place of the formula.
    Measured;
    /// Whether the size came back from the API.
    Returned;
    /// Images that will be kept.
    Finals;
    /// How many times over the finals are made.
    Repeat;
    /// Drafts for each final.
    Drafts;
    /// Quality of the drafts.
    DraftQuality;
    /// Size of the drafts.
    DraftSize;
    /// Retry factor: tries per final.
    Retry;
    /// Images per call.
    ImagesPerCall;
    /// How many images of one call may become finals.
    Pick;
    /// Reserve on top of the subtotal.
    Buffer;
    /// What the provider adds to the images: regional processing and the like.
    Surcharge;
    /// The agency's own, on subtotal, buffer and fees.
    Markup;
    /// Tax on all of that.
    Tax;
    /// Most that the whole project may cost.
    Cap;
}

/// The four panes of the worksheet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Pane {
    /// Everything that describes an image.
    OutputSpec,
    /// How many images are kept.
    Finals,
    /// How many tries a final takes.
    Retry,
    /// The reserve on top.
    Buffer,
}

impl Pane {
    /// The panes from left to right.
    pub const ALL: [Pane; 4] = [Pane::OutputSpec, Pane::Finals, Pane::Retry, Pane::Buffer];

    /// The pane's knobs from top to bottom.
    pub fn knobs(self) -> impl Iterator<Item = &'static Row> {
        TABLE.iter().filter(move |row| row.pane == self)
    }
}

/// Where a knob can be set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    /// In the assumptions and in each deliverable.
    Both,
    /// In a deliverable only.
    Deliverable,
    /// For the project as a whole only.
    Project,
}

/// The unit of a knob's numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// A word from a list.
    Word,
    /// Width to height.
    Ratio,
    /// Pixels.
    Pixels,
    /// Whole images.
    Pictures,
    /// Repetitions of the finals.
    Repetitions,
    /// Tokens.
    Tokens,
    /// Percent.
    Percent,
    /// Tries per final.
    Times,
    /// Money.
    Money,
}

/// What a knob's values are: how they are read from text, stepped, and chosen from a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// A preset's name.
    Preset,
    /// A model's name.
    Model,
    /// A service tier.
    Service,
    /// What is kept of a call.
    Pick,
    /// Width to height.
    Ratio,
    /// Pixels, or a class of size.
    Size,
    /// Rendering quality.
    Quality,
    /// Several sizes.
    Sizes,
    /// A whole number.
    Count,
    /// A share.
    Percent,
    /// A factor, an acceptance rate, a range of factors, or a profile's name.
    Retry,
    /// An amount of money.
    Cap,
    /// Measured tokens, with what was measured.
    Measured,
    /// Yes or no.
    Flag,
}

impl Form {
    /// Whether the values are chosen from a list.
    #[must_use]
    pub fn has_list(self) -> bool {
        match self {
            Form::Preset | Form::Model | Form::Service | Form::Pick | Form::Ratio | Form::Size | Form::Quality => true,
            Form::Flag | Form::Retry => true,
            Form::Sizes | Form::Count | Form::Percent | Form::Cap | Form::Measured => false,
        }
    }
}

/// One row of the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Row {
    /// Which knob.
    pub knob: Knob,
    /// Its name on the command line, and in files below its table.
    pub name: &'static str,
    /// The pane that shows it.
    pub pane: Pane,
    /// Where it may be set.
    pub scope: Scope,
    /// The form of its values.
    pub form: Form,
    /// The unit of its numbers.
    pub unit: Unit,
    /// Minimum and maximum for numbers; both equal for words.
    pub range: (i64, i64),
    /// One step, in hundredths of the unit; 0 for words, where a step selects the next word.
    pub step_hundredths: u32,
}

/// Every knob, in the order of the panes.
pub const TABLE: [Row; 25] = {
    use Pane::{Buffer, Finals, OutputSpec, Retry};
    use Scope::{Both, Deliverable, Project};
    [
        row(Knob::Ratio, "ratio", OutputSpec, Both, Form::Ratio, Unit::Ratio, (0, 0), 0),
        row(Knob::Size, "size", OutputSpec, Both, Form::Size, Unit::Pixels, (0, 0), 0),
        row(Knob::Quality, "quality", OutputSpec, Both, Form::Quality, Unit::Word, (0, 0), 0),
        row(Knob::Model, "model", OutputSpec, Both, Form::Model, Unit::Word, (0, 0), 0),
        row(Knob::ServiceTier, "service_tier", OutputSpec, Both, Form::Service, Unit::Word, (0, 0), 0),
        row(Knob::References, "references", OutputSpec, Both, Form::Sizes, Unit::Pixels, (0, 16), 100),
        row(Knob::PromptTokens, "prompt_tokens", OutputSpec, Both, Form::Count, Unit::Tokens, (0, 100_000), 1000),
        row(Knob::CachedInput, "cached_input", OutputSpec, Both, Form::Percent, Unit::Percent, (0, 100), 500),
        row(Knob::PartialImages, "partial_images", OutputSpec, Both, Form::Count, Unit::Pictures, (0, 3), 100),
        row(Knob::Measured, "tokens", OutputSpec, Both, Form::Measured, Unit::Tokens, (0, 10_000_000), 1000),
        row(Knob::Returned, "returned", OutputSpec, Deliverable, Form::Flag, Unit::Word, (0, 0), 0),
        row(Knob::Preset, "preset", OutputSpec, Deliverable, Form::Preset, Unit::Word, (0, 0), 0),
        row(Knob::Finals, "finals", Finals, Deliverable, Form::Count, Unit::Pictures, (0, 10_000_000), 100),
        row(Knob::Repeat, "repeat", Finals, Both, Form::Count, Unit::Repetitions, (1, 100_000), 100),
        row(Knob::Drafts, "explore.drafts_per_final", Finals, Deliverable, Form::Count, Unit::Pictures, (0, 1000), 100),
        row(Knob::DraftQuality, "explore.quality", Finals, Deliverable, Form::Quality, Unit::Word, (0, 0), 0),
        row(Knob::DraftSize, "explore.size", Finals, Deliverable, Form::Size, Unit::Pixels, (0, 0), 0),
        row(Knob::Retry, "retry", Retry, Both, Form::Retry, Unit::Times, (1, 1000), 10),
        row(Knob::ImagesPerCall, "images_per_call", Retry, Both, Form::Count, Unit::Pictures, (1, 10), 100),
        row(Knob::Pick, "pick", Retry, Both, Form::Pick, Unit::Word, (0, 0), 0),
        row(Knob::Buffer, "buffer", Buffer, Both, Form::Percent, Unit::Percent, (0, 1000), 100),
        row(Knob::Cap, "cap", Buffer, Project, Form::Cap, Unit::Money, (0, 0), 100),
        row(Knob::Surcharge, "surcharge", Buffer, Both, Form::Percent, Unit::Percent, (0, 100), 100),
        row(Knob::Markup, "markup", Buffer, Project, Form::Percent, Unit::Percent, (-100, 1000), 100),
        row(Knob::Tax, "tax", Buffer, Project, Form::Percent, Unit::Percent, (0, 100), 100),
    ]
};

#[expect(clippy::too_many_arguments, reason = "the columns of a row, beside each other in the table above")]
const fn row(
    knob: Knob,
    name: &'static str,
    pane: Pane,
    scope: Scope,
    form: Form,
    unit: Unit,
    range: (i64, i64),
    step_hundredths: u32,
) -> Row {
    Row { knob, name, pane, scope, form, unit, range, step_hundredths }
}

impl Knob {
    /// The knob's row.
    #[must_use]
    pub fn row(self) -> &'static Row {
        // Every knob has a row, which a test proves; the fallback to the first row avoids a panic path.
        TABLE.iter().find(|row| row.knob == self).unwrap_or(&TABLE[0])
    }

    /// The knob with a name, as in `--set NAME=VALUE`.
    #[must_use]
    pub fn named(name: &str) -> Option<Knob> {
        TABLE.iter().find(|row| row.name == name).map(|row| row.knob)
    }

    /// The path of the knob's key within its table: `["explore", "quality"]`.
    pub fn path(self) -> impl Iterator<Item = &'static str> {
        self.row().name.split('.')
    }
}
