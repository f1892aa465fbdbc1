//! THE TERMINAL. Paints state, reads events, carries out effects.

mod aside;
mod background;
mod draw;
pub mod editor;
mod input;
mod live;
mod print;
mod run;
mod terminal;
pub mod theme;
mod worker;

pub use background::Background;
pub use draw::{draw, paint};
pub use live::LiveJob;
pub use print::{print_frame, to_ansi, to_plain};
pub use run::{Environment, Error, Keep, Setup, ThemeChoice, run};
pub use terminal::is_there as has_terminal;
pub use theme::Theme;
pub use worker::{Job, Outbox, Reading};
