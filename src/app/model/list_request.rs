//! A list to read, and what was read of it. The runtime reads on a thread of its own, by [`ListRequest::read`].

use crate::app::model::outcome::Outcome;
use crate::cost::{Budget, Catalog};
use crate::diagnostics::Problem;
use crate::tables::{Choices, ListText, ParsedList, Progress};
use crate::words::Explanation;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// A list to read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListRequest {
    /// Where it is.
    pub source: ListSource,
    /// The meanings that a person gave to its columns.
    pub choices: Choices,
}

/// Where a list is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ListSource {
    /// In a file.
    File(PathBuf),
    /// In a text that is there already: pasted, or read before.
    Text(Arc<ListText>),
    /// On the sheet of this name in the bytes of a workbook.
    Sheet(Arc<Vec<u8>>, String),
}

/// A list that was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReadList {
    /// Its text.
    pub text: Arc<ListText>,
    /// The bytes of its workbook, where that has other sheets.
    pub workbook: Option<Arc<Vec<u8>>>,
    /// The meanings that a person gave to its columns.
    pub choices: Choices,
    /// What became of its columns and rows.
    pub list: ParsedList,
}

impl ListRequest {
    /// A request without choices.
    #[must_use]
    pub fn new(source: ListSource) -> ListRequest {
        ListRequest { source, choices: Choices::default() }
    }

    /// Reads the list; `load` gives the bytes of a file.
    ///
    /// # Errors
    /// What `progress` ended it with.
    pub fn read<S>(
        self,
        load: impl FnOnce(&Path) -> Result<Vec<u8>, Box<Problem>>,
        budget: &Budget,
        catalog: &Catalog,
        progress: Progress<'_, S>,
    ) -> Result<Outcome, S> {
        let ListRequest { source, choices } = self;
        progress(0)?;
        let goes_on = |rows| progress(rows).is_ok();
        let (text, workbook) = match source {
            ListSource::Text(text) => (Ok(text), None),
            ListSource::Sheet(bytes, sheet) => of_bytes(bytes, Some(&sheet), &goes_on),
            ListSource::File(path) => match load(&path) {
                Ok(bytes) => of_bytes(Arc::new(bytes), None, &goes_on),
                Err(problem) => return Ok(Outcome::NotOpened(vec![*problem])),
            },
        };
        let (text, list) = match text {
            Ok(text) => {
                let list = text.read_telling(&choices, budget, catalog, progress)?;
                (text, list)
            }
            Err(why) => {
                // A workbook that nobody waits for any more is no damaged one.
                progress(0)?;
                (Arc::default(), ParsedList::refused(why))
            }
        };
        Ok(Outcome::List(Box::new(ReadList { text, workbook, choices, list })))
    }
}

type TextOrWhyNot = Result<Arc<ListText>, Explanation>;

/// The text in a file's bytes or why there is none, and the bytes if another sheet of them may be asked for.
fn of_bytes(
    bytes: Arc<Vec<u8>>,
    sheet: Option<&str>,
    goes_on: &dyn Fn(usize) -> bool,
) -> (TextOrWhyNot, Option<Arc<Vec<u8>>>) {
    let text = ListText::of_file_telling(&bytes, sheet, goes_on).map(Arc::new);
    let has_sheets = text.as_ref().is_ok_and(|text| text.sheets().len() > 1);
    (text, has_sheets.then_some(bytes))
}
