//! Hashes that tell one version of a file from another; no protection against intent.

/// The FNV-1a hash, 64 bits (Fowler, Noll, Vo; <http://www.isthe.com/chongo/tech/comp/fnv/>).
pub(crate) fn fnv1a(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |hash, &byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

/// The fingerprint of a file, worked out when somebody asks where the file is part of the program.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Fingerprint {
    /// That of a text of the program.
    Of(&'static str),
    /// A known one.
    Is(u64),
}

impl Default for Fingerprint {
    fn default() -> Self {
        Self::Of("")
    }
}

impl Fingerprint {
    /// The hash.
    pub(crate) fn hash(self) -> u64 {
        match self {
            Self::Of(text) => fnv1a(text.as_bytes()),
            Self::Is(hash) => hash,
        }
    }
}
