//! Where names and expressions lead, and which conditions are decided: as far as that is written out, without a run.

pub(super) mod asks;
pub(super) mod calls;
pub(super) mod decide;
pub(super) mod defined;
pub(super) mod facts;
pub(super) mod first;
pub(super) mod follow;
pub(super) mod given;
pub(super) mod grown;
pub(super) mod kept;
pub(super) mod keyed;
pub(super) mod listed;
pub(super) mod made;
pub(super) mod members;
pub(super) mod named;
pub(super) mod points;
pub(super) mod rebound;
pub(super) mod rounds;
pub(super) mod scopes;
pub(super) mod search_path;
pub(super) mod spread;
pub(super) mod swapped;
pub(super) mod versions;
pub(super) mod written;
