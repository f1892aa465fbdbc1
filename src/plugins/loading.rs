//! Which modules a framework imports, what keeps them out, and all sites in them.

pub(super) mod chosen;
pub(super) mod failing;
pub(super) mod gathered;
pub(super) mod hosts;
pub(super) mod loads;
pub(super) mod on_path;
pub(super) mod order;
pub(super) mod overridden;
pub(super) mod packages;
pub(super) mod reached;
pub(super) mod ready;
pub(super) mod refused;
pub(super) mod standing;
