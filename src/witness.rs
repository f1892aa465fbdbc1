//! ASKING. A CPython is started, imports modules, and says what their classes are: the reference that answers are held against.
//!
//! Nothing else in the program starts an interpreter, and this does only for a person who asked for it in so many words
//! (`mroscope verify`, `mroscope snapshot`, `mroscope live`). The interpreter gets a folder of its own for home, no terminal, no input, limits
//! of time and memory, and a way to answer that is separate from what modules print. It is expected to be brought down by what
//! it imports: then it is started again, without the module that did it.
//!
//! `ask` is the conversation, `witness.py` its other side; `compare` holds what was said against an [`Analysis`](crate::analysis).
//! `live` is the conversation about the values of one class, with `live.py` on the other side.

mod ask;
mod beside;
mod compare;
mod interpreter;
mod listen;
mod live;
mod pairing;
mod process;
mod said;

pub use ask::{AskError, Limits, Question, Testimony, ask};
pub use beside::{Beside, Differs, beside};
pub use compare::{Comparison, Difference, Disagreement, Scope, Unasked, compare};
pub use interpreter::{Interpreter, InterpreterError};
pub use live::{Live, LiveError, LiveQuestion, LiveValue, live};
pub use said::{Failure, Frame, Greeting, Raised, SaidClass};
