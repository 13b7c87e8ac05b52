//! One change of a row of fields.

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ChangeKind {
    /// `last`: the old row is a part of the new one, which goes on behind it.
    Added {
        last: bool,
    },
    Removed {
        last: bool,
    },
    Retyped,
    Reordered,
    Renamed,
    /// It lies at other bytes of memory, though nothing was put in front of it.
    Moved,
    /// Bytes of an array that was kept for it.
    ReservedUsed,
    Serialization,
    VariantAppended,
    VariantInserted,
    VariantRemoved,
    VariantsReordered,
    VariantChanged,
    VariantRenamed,
}

impl ChangeKind {
    /// Whether old bytes read as the new type can be misread.
    pub fn is_hard(self) -> bool {
        match self {
            Self::Added { last } | Self::Removed { last } => !last,
            Self::Renamed | Self::ReservedUsed | Self::VariantAppended | Self::VariantRenamed => {
                false
            }
            Self::Retyped
            | Self::Reordered
            | Self::Moved
            | Self::Serialization
            | Self::VariantInserted
            | Self::VariantRemoved
            | Self::VariantsReordered
            | Self::VariantChanged => true,
        }
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Change {
    pub kind: ChangeKind,
    pub old: Option<Part>,
    pub new: Option<Part>,
}

/// A field or a variant in one of the releases.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Part {
    /// From the subject: `limits.per_day`; empty for the subject itself.
    pub path: String,
    pub pointer: String,
    /// As Rust source; of a variant, its name.
    pub ty: String,
    /// Where it begins at least.
    pub offset: u64,
    /// Bytes of its value where all are zero, in Borsh; `None` if there is none.
    pub zero_len: Option<u64>,
}

impl Change {
    /// The old path, by which a finding is known; the new one for what is new.
    pub fn path(&self) -> &str {
        self.old
            .as_ref()
            .or(self.new.as_ref())
            .map_or("", |part| &part.path)
    }
}
