//! What stands in a registry: sites and files held against a framework's rules; under which key, in which order and state.

pub(super) mod applied;
pub(super) mod collected;
pub(super) mod collecting;
pub(super) mod collisions;
pub(super) mod declared;
pub(super) mod derived;
pub(super) mod endpoints;
pub(super) mod had;
mod held;
mod joined;
pub(super) mod keys;
pub(super) mod leads;
pub(super) mod listed;
pub(super) mod made;
pub(super) mod matching;
pub(super) mod members;
pub(super) mod methods;
pub(super) mod ordered;
pub(super) mod projects;
pub(super) mod ran;
mod settings;
mod stand_ins;
pub(super) mod taken;
pub(super) mod turns;
