//! The codes of problems: fixed short names for scripts, each with its level, in one table.
//!
//! A problem is made from a code, so a code that is not in the table does not compile. Those of the estimate's issues are in
//! [`IssueCode`], because `cost` may not use this module.

use crate::cost::Level;
pub use crate::cost::estimate::issue::IssueCode;

/// Declares the codes in groups: the name and the usual level of each.
macro_rules! codes {
    ($( $(#[$about:meta])+ $group:ident { $( $(#[$doc:meta])+ $code:ident = $name:literal, $level:ident; )* } )*) => {
        /// What is wrong, as a fixed value.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Code {
            $( $( $(#[$doc])+ $code, )* )*
            /// An issue of the estimate.
            Issue(IssueCode),
        }

        impl Code {
            $( $(#[$about])+ pub const $group: &[Code] = &[$( Code::$code ),*]; )*

            /// Every code.
            pub fn all() -> impl Iterator<Item = Code> {
                let own = [$( Code::$group ),*].into_iter().flatten().copied();
                own.chain(IssueCode::ALL.iter().map(|code| Code::Issue(*code)))
            }

            /// The short name that scripts may rely on, such as `size-illegal`.
            #[must_use]
            pub fn name(self) -> &'static str {
                match self {
                    $( $( Code::$code => $name, )* )*
                    Code::Issue(code) => code.name(),
                }
            }

            /// How serious it usually is; a problem may differ with [`Problem::with_level`](super::Problem::with_level).
            #[must_use]
            pub fn level(self) -> Level {
                match self {
                    $( $( Code::$code => Level::$level, )* )*
                    Code::Issue(code) => code.level(),
                }
            }
        }
    };
}

codes! {
    /// Of the content of project files; some are issues of the estimate too, and are listed there.
    PROJECT {
        /// More bytes than are read.
        FileTooLarge = "file-too-large", Error;
        /// More of something than is read.
        LimitExceeded = "limit-exceeded", Error;
        /// The text is no TOML.
        Syntax = "syntax-error", Error;
        /// A file of something else.
        NotAProject = "not-a-project", Error;
        /// git left an unfinished merge.
        Conflict = "conflict-markers", Error;
        /// A key stands twice.
        KeyTwice = "key-twice", Error;
        /// More problems than are listed.
        Unlisted = "problems-unlisted", Note;
        /// No version.
        VersionMissing = "version-missing", Error;
        /// No version that ever was.
        VersionWrong = "version-wrong", Error;
        /// A version to come.
        VersionNewer = "version-newer", Warning;
        /// A key that nothing knows.
        KeyUnknown = "key-unknown", Warning;
        /// A key that misses a known one by a slip; a guard refuses it.
        KeyNear = "key-near-miss", Warning;
        /// A key that would change the money and is not counted; a guard refuses it.
        KeyUncounted = "key-not-counted", Warning;
        /// A key that belongs elsewhere.
        KeyMisplaced = "key-misplaced", Error;
        /// A key that holds a secret by its name.
        KeySecret = "key-secret", Warning;
        /// A deliverable without a key.
        KeyEmpty = "key-empty", Error;
        /// A value of the wrong kind.
        TypeWrong = "type-wrong", Error;
        /// Something else than a table.
        TableExpected = "table-expected", Error;
        /// `[[deliverable]]`.
        DeliverableList = "deliverable-list", Error;
        /// More deliverables than a project holds.
        DeliverablesTooMany = "deliverables-too-many", Error;
        /// nan or an infinity.
        NumberNotFinite = "number-not-finite", Error;
        /// More digits than are computed with exactly.
        NumberTooLong = "number-too-long", Error;
        /// Hexadecimal, octal or binary.
        NumberNotDecimal = "number-not-decimal", Error;
        /// Decimals where only whole numbers count.
        NumberNotWhole = "number-not-whole", Error;
        /// Less or more than allowed.
        OutOfRange = "out-of-range", Error;
        /// A percentage without its sign.
        PercentBare = "percent-bare", Error;
        /// No percentage at all.
        PercentWrong = "percent-wrong", Error;
        /// None of the words that the key takes.
        WordUnknown = "word-unknown", Error;
        /// No such model.
        ModelUnknown = "model-unknown", Error;
        /// No such preset.
        PresetUnknown = "preset-unknown", Error;
        /// No such currency.
        CurrencyUnknown = "currency-unknown", Error;
        /// No shape.
        RatioWrong = "ratio-wrong", Error;
        /// A shape that no model draws.
        RatioTooLong = "ratio-too-long", Error;
        /// No size.
        SizeWrong = "size-wrong", Error;
        /// More reference images than a call takes.
        ReferencesTooMany = "references-too-many", Error;
        /// Neither a factor, nor an accepted share, nor a range.
        RetryForm = "retry-form", Error;
        /// Measured tokens without a number.
        TokensEmpty = "tokens-empty", Error;
        /// Inherited tokens that do not say what was measured.
        TokensUnnamed = "tokens-unnamed", Error;
        /// low, likely and high out of order.
        RetryOrder = "retry-order", Error;
        /// A confidence that nothing uses.
        ConfidenceUnused = "confidence-unused", Warning;
        /// No amount of money.
        CapWrong = "cap-wrong", Error;
        /// An inherited cap in another currency.
        CapInherited = "cap-inherited", Error;
        /// No date.
        DateWrong = "date-wrong", Error;
        /// A rate without its number or its day.
        ExchangeIncomplete = "exchange-incomplete", Error;
        /// A rate that nothing uses.
        ExchangeUnused = "exchange-unused", Warning;
        /// A text beyond its limit.
        TextTooLong = "text-too-long", Error;
        /// Characters that hide or turn text around.
        TextHidden = "text-hidden", Note;
        /// A prompt that this build cannot count.
        PromptNotCounted = "prompt-not-counted", Warning;
        /// A prompt that the API refuses for its length.
        PromptTooLong = "prompt-too-long", Error;
        /// Prompts that are too much to count together.
        PromptsTooMany = "prompts-too-many", Error;
        /// A prompt file that cannot be read.
        PromptFile = "prompt-file", Error;
        /// Both a text and a file.
        PromptTwice = "prompt-twice", Error;
        /// A number of tokens beside a prompt that has another.
        PromptDiffers = "prompt-differs", Note;
        /// A number of tokens beside a prompt that cannot be counted.
        PromptNotCompared = "prompt-not-compared", Note;
        /// An explore stage without drafts.
        ExploreEmpty = "explore-empty", Warning;
        /// `extends` in a project that has no file yet.
        ExtendsNoPlace = "extends-no-place", Error;
        /// `extends` that is no relative path.
        ExtendsPath = "extends-path", Error;
        /// `extends` that leaves the project.
        ExtendsOutside = "extends-outside", Error;
        /// The extended file cannot be read.
        ExtendsUnreadable = "extends-unreadable", Error;
        /// Files that extend each other.
        ExtendsCircle = "extends-circle", Error;
        /// A chain of files without end.
        ExtendsTooLong = "extends-too-long", Error;
        /// A card in `compare` that does not exist.
        BillUnknown = "bill-unknown", Error;
        /// More bills than are compared.
        CompareTooMany = "compare-too-many", Error;
        /// More cards than a file may hold.
        CardsTooMany = "cards-too-many", Error;
        /// A card without what its kind needs.
        CardIncomplete = "card-incomplete", Error;
        /// A key that means nothing in a card of this kind.
        CardKeyMisfit = "card-key-misfit", Error;
        /// A key of a card that has no effect without another one.
        CardKeyUnused = "card-key-unused", Warning;
        /// Two ways to say the same price.
        CardPriceTwice = "card-price-twice", Error;
        /// Prices of calls with reference images that leave out sizes which the card has.
        EditGaps = "edit-gaps", Warning;
        /// Two classes of size with one end.
        TierOverlap = "tier-overlap", Error;
        /// `auto` is charged as a class or size that the card does not have.
        TierUnknown = "tier-unknown", Error;
        /// Deliverables of an extended file.
        TeamDeliverables = "team-deliverables", Note;
        /// No amount of money of a fee.
        FeeAmountWrong = "fee-amount-wrong", Error;
        /// More fees than a project may have.
        FeesTooMany = "fees-too-many", Error;
        /// More images kept than made.
        KeptMoreThanMade = "kept-more-than-made", Error;
        /// More named risks than a file may have.
        RisksTooMany = "risks-too-many", Error;
        /// A range without all three of its numbers.
        RangeIncomplete = "range-incomplete", Error;
        /// The numbers of a range are out of order.
        RangeOrder = "range-order", Error;
        /// The amounts of a range are in several currencies.
        RangeCurrencies = "range-currencies", Error;
        /// A key that a scenario cannot change.
        ScenarioKey = "scenario-key", Error;
        /// More scenarios than a project may have.
        ScenariosTooMany = "scenarios-too-many", Error;
        /// The baseline names a scenario that does not exist.
        BaselineUnknown = "baseline-unknown", Error;
        /// A locked baseline lacks its total or its day.
        BaselineIncomplete = "baseline-incomplete", Error;
        /// Scenarios or the baseline of an extended file.
        TeamScenarios = "team-scenarios", Note;
    }
    /// Of files on the disk, whatever they hold.
    FILES {
        /// The file does not exist.
        Missing = "missing", Error;
        /// The folder of the file does not exist.
        MissingFolder = "missing-folder", Error;
        /// The link points to a file that does not exist.
        DanglingLink = "dangling-link", Error;
        /// The links point to each other.
        LinkLoop = "link-loop", Error;
        /// A folder, a pipe, a socket or a device.
        NotAFile = "not-a-file", Error;
        /// The file has more bytes than are read.
        TooLarge = "too-large", Error;
        /// The file is not UTF-8.
        NotUtf8 = "not-utf8", Error;
        /// The user may not read or write the file.
        NoPermission = "no-permission", Error;
        /// The file, its folder or its file system is read-only.
        ReadOnly = "read-only", Error;
        /// The file has several names, which replacing it would separate.
        HardLinked = "hard-linked", Error;
        /// Another program changed the file.
        ChangedOnDisk = "changed-on-disk", Error;
        /// The link led to another file when the project was opened.
        LedElsewhere = "led-elsewhere", Error;
        /// The file was deleted after it was opened.
        Deleted = "deleted", Error;
        /// A file of that name exists.
        Exists = "exists", Error;
        /// The disk or the quota is full.
        NoSpace = "no-space", Error;
        /// The written file does not read back as what was written.
        ReadBack = "read-back", Error;
        /// The operating system refused the call.
        Refused = "refused", Error;
        /// An operation failed for another reason.
        Failed = "failed", Error;
        /// The folder holds several projects and none was named.
        FileAmbiguous = "file-ambiguous", Error;
        /// The edits were not saved.
        NotSaved = "not-saved", Error;
        /// The project has no file to save to.
        NoFile = "no-file", Error;
        /// No sample has this name.
        NoSample = "no-sample", Error;
        /// The sample extends a team file.
        SampleExtends = "sample-extends", Note;
        /// An earlier session left edits that are not saved.
        UnsavedEdits = "unsaved-edits", Note;
    }
    /// Of settings, keys and themes.
    SETTINGS {
        /// The folder of themes or rate cards holds more than is read.
        FolderTooLarge = "folder-too-large", Warning;
        /// A settings file has more bytes than are read.
        SettingsTooLarge = "settings-too-large", Warning;
        /// The settings are not TOML.
        SettingsSyntax = "settings-syntax", Warning;
        /// A section of the settings is not a table.
        SettingsType = "settings-type", Warning;
        /// The key of a setting is unknown.
        SettingsKey = "settings-key", Warning;
        /// The value of a setting is not allowed.
        SettingsValue = "settings-value", Warning;
        /// The chosen theme is unknown.
        SettingsTheme = "settings-theme", Warning;
        /// The settings have more problems than are listed.
        SettingsUnlisted = "settings-unlisted", Warning;
        /// The table of keys is not TOML.
        KeysSyntax = "keys", Warning;
        /// The context of a key is unknown.
        KeysContext = "keys-context", Warning;
        /// The action of a key is unknown.
        KeysAction = "keys-action", Warning;
        /// The keys of an action are not a list of texts.
        KeysType = "keys-type", Warning;
        /// The key is unknown, or terminals cannot send it.
        KeysKey = "keys-key", Warning;
        /// The action has no effect in this context.
        KeysMisplaced = "keys-misplaced", Warning;
        /// Two actions want the same key.
        KeysConflict = "keys-conflict", Warning;
        /// A default lost its key; a warning if its action has no other.
        KeysTaken = "keys-taken", Note;
        /// A narrower context hides the key.
        KeysHidden = "keys-hidden", Note;
        /// The key covers the same key of a wider context.
        KeysCovered = "keys-covered", Note;
        /// A character that begins a value is a command; a warning where text is typed.
        KeysEats = "keys-eats", Note;
        /// No key would quit, so one was kept.
        KeysQuit = "keys-quit", Warning;
        /// The name of a theme is not allowed, or is taken.
        ThemeName = "theme-name", Warning;
        /// A theme has more bytes than are read.
        ThemeSize = "theme-size", Error;
        /// A theme is not TOML.
        ThemeSyntax = "theme-syntax", Error;
        /// The key of a theme is unknown, or is there twice.
        ThemeKey = "theme-key", Warning;
        /// A value of a theme has the wrong type.
        ThemeType = "theme-type", Warning;
        /// A theme inherits from an unknown theme.
        ThemeBase = "theme-base", Warning;
        /// The ground of a theme is neither dark nor light.
        ThemeGround = "theme-ground", Warning;
        /// A colour of a theme cannot be read.
        ThemeColour = "theme-colour", Warning;
        /// A colour scheme lacks colours.
        ThemeScheme = "theme-scheme", Warning;
        /// A theme has more problems than are listed.
        ThemeUnlisted = "theme-unlisted", Note;
    }
    /// Of commands, their arguments, and the lists that they read.
    COMMANDS {
        /// The command is unknown.
        CommandUnknown = "command-unknown", Error;
        /// The built-in prices cannot be read.
        Catalog = "catalog", Error;
        /// The dashboard needs a terminal.
        NoTerminal = "no-terminal", Error;
        /// Both sides of a merge changed the same values.
        MergeConflict = "merge-conflict", Error;
        /// An argument has a value that its knob does not take.
        ValueRefused = "value-refused", Error;
        /// The known part is within the cap, and the rest is unknown.
        CapUnproven = "cap-unproven", Warning;
        /// `--max` is not an amount.
        MaxRefused = "max-refused", Error;
        /// A goal is sought without a cap.
        NoCap = "no-cap", Error;
        /// `--confidence` is no percentile.
        ConfidenceRefused = "confidence-refused", Error;
        /// A percentile is over the cap.
        OverAtConfidence = "over-at-confidence", Warning;
        /// A percentile is not known to be within the cap.
        PercentileUnproven = "percentile-unproven", Warning;
        /// `--deliverable` names an unknown deliverable.
        DeliverableUnknown = "deliverable-unknown", Error;
        /// A check cannot vouch for a file of a newer version.
        NewerUnproven = "newer-unproven", Error;
        /// A price or token count that counts is not confirmed by the maker.
        PriceApproximate = "price-approximate", Warning;
        /// The project has no deliverables.
        NoDeliverables = "no-deliverables", Note;
        /// A deliverable has no finals.
        NoFinals = "no-finals", Note;
        /// `--set` is not of the form key=value.
        SetForm = "set-form", Error;
        /// `--set` names an unknown knob.
        SetUnknown = "set-unknown", Error;
        /// `--set` names a knob that belongs to the project, or to a deliverable.
        SetMisplaced = "set-misplaced", Error;
        /// `--set` names an unknown deliverable.
        SetDeliverableUnknown = "set-deliverable-unknown", Error;
        /// `--set` names an unknown fee.
        SetFeeUnknown = "set-fee-unknown", Error;
        /// `--set` names an unknown risk.
        SetRiskUnknown = "set-risk-unknown", Error;
        /// A change for one run leaves the price as it is.
        SetNoEffect = "set-no-effect", Note;
        /// A change of all deliverables for one run, which some of them do not follow.
        SetKept = "set-kept", Note;
        /// The knob does not take the value of `--set`.
        SetRefused = "set-refused", Error;
        /// The project has no scenario of this name.
        ScenarioUnknown = "scenario-unknown", Error;
        /// A scenario changes a deliverable or a fee that does not exist.
        ScenarioGone = "scenario-gone", Error;
        /// The project moved since a scenario was written.
        ScenarioMoved = "scenario-base-moved", Warning;
        /// A scenario's change changes nothing.
        ScenarioSame = "scenario-same", Note;
        /// The baseline was locked in a currency that the project does not use.
        LockCurrency = "lock-currency", Warning;
        /// No rate card has this name.
        CardUnknown = "card-unknown", Error;
        /// `--credits` is not a number of credits.
        CreditsWrong = "credits-wrong", Error;
        /// The summary of an imported list.
        List = "list", Note;
        /// A remark on an imported list.
        ListNote = "list-note", Warning;
        /// The meaning of a column of an imported list.
        ListColumn = "list-column", Note;
        /// A remark on a row of an imported list.
        ListRowNote = "list-row-note", Warning;
        /// A row of an imported list is no deliverable.
        ListRowSkipped = "list-row-skipped", Note;
        /// A row of an imported list cannot be read.
        ListRowRefused = "list-row-refused", Error;
        /// An imported list cannot be read.
        ListRefused = "list-refused", Error;
        /// An imported list has no deliverables.
        ListNothing = "list-nothing", Error;
        /// The operating system starts no thread to read a list in.
        NoThread = "no-thread", Error;
        /// An imported list has more problems than are listed.
        ListMore = "list-more", Warning;
        /// The project that a list is imported into cannot be written.
        NotWritten = "not-written", Error;
        /// A remark on a file that was saved.
        Saved = "saved", Warning;
        /// A price list is not JSON.
        ListNoJson = "list-no-json", Error;
        /// A price list has an unknown form.
        ListUnknown = "list-unknown", Error;
        /// A price list has no prices of images.
        ListWithoutCards = "list-without-cards", Error;
        /// The user has no folder for rate cards.
        NoFolder = "no-folder", Error;
        /// The name of a rate card is not allowed.
        NameWrong = "name-wrong", Error;
    }
}

impl From<IssueCode> for Code {
    fn from(code: IssueCode) -> Code {
        Code::Issue(code)
    }
}

#[test]
fn names_are_unique() {
    let names: std::collections::BTreeSet<&str> = Code::all().map(Code::name).collect();
    assert_eq!(names.len(), Code::all().count());
}
