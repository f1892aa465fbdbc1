//! PLUGINS. `Analysis` → registries.
