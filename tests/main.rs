//! Every test of the project: one binary, so that it links once and shares its helpers.
#![allow(
    clippy::needless_raw_string_hashes,
    reason = "expect-test writes its strings with hashes"
)]
#![allow(
    clippy::disallowed_methods,
    reason = "tests make files, and look at the variables that say what they must find"
)]

mod access;
mod additions;
mod ancestry;
mod apps;
mod arrays;
mod atlas;
mod awaited;
mod certain;
mod claims;
mod cli;
mod compiles;
mod computed;
mod cost;
mod cpython_facts;
mod cpython_tables;
mod creation;
mod declared;
mod difference;
mod differential;
mod discovery;
mod django;
mod filled;
mod finding;
mod following;
mod frameworks;
mod gathering;
mod given_back;
mod guards;
mod had;
mod handed;
mod handing;
mod hanging;
mod hint_texts;
mod hostile;
mod hosts;
mod imports;
mod keyed;
mod lessons;
mod listening;
mod looked_for;
mod loops;
mod makers;
mod managers;
mod members;
mod mends;
mod models;
mod operations;
mod order;
mod own_library;
mod pages;
mod parts;
mod picture;
mod plugged;
mod precedence;
mod promises;
mod pty;
mod ran;
mod reading;
mod refusals;
mod registering;
mod registries;
mod repositories;
mod rereading;
mod rewriting;
mod rows;
mod screens;
mod settings;
mod stand_ins;
mod standing;
mod supers;
mod support;
mod tables;
mod targets;
mod tidy;
mod timelines;
mod told;
mod touching;
mod tracebacks;
mod turns;
mod values;
mod variables;
mod worlds;
