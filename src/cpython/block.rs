//! A compressed stretch of a table, and the records in it.

use std::sync::OnceLock;

use serde::de::DeserializeOwned;

use super::form::{LARGEST_PART, Part, Spot};

/// A compressed stretch of a table, unpacked when first read.
pub(super) struct Block {
    length: u32,
    packed: Box<[u8]>,
    unpacked: OnceLock<Option<Vec<u8>>>,
}

impl Block {
    pub(super) fn new(part: Part<'_>) -> Self {
        Self {
            length: part.length,
            packed: part.packed.into(),
            unpacked: OnceLock::new(),
        }
    }

    pub(super) fn record<T: DeserializeOwned>(&self, offset: u32) -> Option<T> {
        let unpacked = self
            .unpacked
            .get_or_init(|| unpack(self.length, &self.packed));
        let bytes = unpacked.as_ref()?.get(offset as usize..)?;
        Some(postcard::take_from_bytes(bytes).ok()?.0)
    }
}

/// The record at a spot of these blocks.
pub(super) fn record<T: DeserializeOwned>(blocks: &[Block], spot: Spot) -> Option<T> {
    blocks.get(spot.block as usize)?.record(spot.offset)
}

/// Undoes the compression of a part, if it is whole.
pub(super) fn unpack(length: u32, packed: &[u8]) -> Option<Vec<u8>> {
    let length = length as usize;
    if length > LARGEST_PART {
        return None;
    }
    let unpacked = zstd::bulk::decompress(packed, length).ok()?;
    (unpacked.len() == length).then_some(unpacked)
}
