//! What can go wrong with a model.

/// The bytes are no model that can be used.
///
/// ```
/// use ressort::topics::{Model, ModelError};
///
/// assert!(matches!(Model::from_bytes(&b"no model"[..]), Err(ModelError::NoModel)));
/// ```
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ModelError {
    /// They do not begin as a model does.
    #[error("this is no topic model of ressort")]
    NoModel,
    /// A version that this program does not know.
    #[error("the topic model has version {found}, this program reads version {known}; train it again")]
    Version {
        /// The version of the model.
        found: u32,
        /// The version that can be read.
        known: u32,
    },
    /// The checksum does not fit: the file is damaged or cut off.
    #[error("the topic model is damaged: its checksum does not fit")]
    Checksum,
    /// The checksum fits, but a part cannot be as it is.
    #[error("the topic model is malformed: {0}")]
    Malformed(&'static str),
    /// A taxonomy cannot be used.
    #[error("line {line} of the taxonomy: {what}")]
    Taxonomy {
        /// The line, from 1.
        line: usize,
        /// What is wrong.
        what: &'static str,
    },
    /// The file cannot be read.
    #[error("cannot read the topic model {path}: {message}")]
    Read {
        /// The file.
        path: String,
        /// What the system says.
        message: String,
    },
}

impl ModelError {
    /// A file that cannot be read.
    pub(super) fn unread(path: &std::path::Path, error: &std::io::Error) -> Self {
        Self::Read { path: path.display().to_string(), message: error.to_string() }
    }
}

/// No model can be trained from these examples.
///
/// ```
/// use ressort::topics::{Settings, TrainError, train};
///
/// assert_eq!(train(&[], &Settings::default()).unwrap_err(), TrainError::TooFew { found: 0, needed: 20 });
/// ```
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum TrainError {
    /// Too few examples have labels.
    #[error("{found} labelled examples are too few: at least {needed} are needed")]
    TooFew {
        /// How many there are.
        found: usize,
        /// How many are needed.
        needed: usize,
    },
    /// No example has a label that holds.
    #[error("no example has a label: in every record the list of labels is empty")]
    NoLabels,
    /// Two labels would get the same id.
    #[error("the labels '{one}' and '{other}' have the same topic id: rename one of them")]
    SameId {
        /// One of them.
        one: String,
        /// The other.
        other: String,
    },
    /// More labels than a model can hold.
    #[error("{0} labels are too many: a model holds at most 1000")]
    TooManyLabels(usize),
    /// What was trained cannot be read back, as a label that is too long.
    #[error(transparent)]
    Model(#[from] ModelError),
}
