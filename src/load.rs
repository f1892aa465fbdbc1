//! The whole pipeline in one short function: roots → `Analysis`.
