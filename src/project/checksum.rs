//! A checksum against torn and damaged lines, and against mixing up paths; no protection against attackers.

/// The checksum of an empty text.
pub(super) const START: u64 = 0xcbf2_9ce4_8422_2325;

/// FNV-1a with 64 bits. Changing one byte always changes it, since each step is reversible.
#[must_use]
pub(super) fn checksum(bytes: &[u8]) -> u64 {
    continued(START, bytes)
}

/// Continues the checksum of a text's beginning.
#[must_use]
pub(super) fn continued(sum: u64, bytes: &[u8]) -> u64 {
    const PRIME: u64 = 0x0000_0100_0000_01b3;
    bytes.iter().fold(sum, |sum, byte| (sum ^ u64::from(*byte)).wrapping_mul(PRIME))
}

#[cfg(test)]
mod tests {
    use super::checksum;

    #[test]
    fn it_is_the_published_function() {
        // Check values from the draft that defines it (draft-eastlake-fnv).
        assert_eq!(checksum(b""), 0xcbf2_9ce4_8422_2325);
        assert_eq!(checksum(b"a"), 0xaf63_dc4c_8601_ec8c);
        assert_eq!(checksum(b"foobar"), 0x8594_4171_f739_67e8);
    }
}
