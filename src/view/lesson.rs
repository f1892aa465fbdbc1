//! *Lessons*: questions about classes, the reader's own or a sample's. Every answer, and every reason, comes from the functions that make the
//! other pages; no lesson has a table of answers.

mod call_chain;
mod class_attribute;
mod conflict;
mod creation;
mod deal;
mod first;
mod markdown;
mod next_head;
mod operators;
mod page;
mod precedence;
mod progress;
mod which_method;

pub use deal::{Ask, Dealt, deal};
pub use markdown::cards_as_markdown;
pub use page::{Played, lesson_none, lesson_page, lesson_waiting, lessons};
pub use progress::Progress;

use crate::Name;
use crate::analysis::{ClassRef, Sureness};
use crate::semantics::ClassPath;
use crate::view::{PageKind, Span};

/// The lessons, in their order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Lesson {
    /// Which class comes first.
    First,
    /// The merge by hand.
    NextHead,
    /// Which method runs.
    WhichMethod,
    /// What `super()` runs next.
    CallChain,
    /// Precedence of descriptors.
    Precedence,
    /// An attribute on the class.
    ClassAttribute,
    /// What a class statement runs.
    Creation,
    /// A conflict to mend.
    Conflict,
    /// Whom an operator asks.
    Operators,
}

/// A question, its answers, and why one of them is right.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Card {
    /// The class it is about.
    pub class: ClassPath,
    /// The question.
    pub question: String,
    /// What is shown beside it: lists, steps, code.
    pub shown: Vec<Vec<Span>>,
    /// The answers.
    pub picks: Vec<Pick>,
    /// What helps.
    pub hint: String,
    /// Why the right one is right.
    pub reason: Vec<String>,
    /// How one can ask Python.
    pub proof: Proof,
    /// The page that shows it, and the attribute that the page is about.
    pub leads: (PageKind, Option<Name>),
}

/// An answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pick {
    /// What it says.
    pub says: String,
    /// Whether it is right.
    pub is_right: bool,
    /// Why it is wrong.
    pub why: String,
}

/// How one can ask Python whether the answer is right.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Proof {
    /// This expression is true where the name of the class is known.
    Holds(String),
    /// While the module is imported these functions begin in this order, others between them.
    Begin(Vec<Name>),
    /// While this expression is evaluated, this function of the project's is the first, or behind the first ones, to begin.
    Asks {
        /// The expression.
        expression: String,
        /// The functions, in order.
        functions: Vec<Name>,
    },
    /// With each answer as the head of its class statement the class is made where the answer is right, and raises where it is wrong.
    Heads,
}

impl Pick {
    fn right(says: impl Into<String>) -> Self {
        Self {
            says: says.into(),
            is_right: true,
            why: String::new(),
        }
    }

    fn wrong(says: impl Into<String>, why: impl Into<String>) -> Self {
        Self {
            says: says.into(),
            is_right: false,
            why: why.into(),
        }
    }
}

impl Card {
    /// The same, its answers in the order of what they say: their order is not to give the right one away.
    #[must_use]
    fn shuffled(mut self) -> Self {
        self.picks.sort_by(|one, other| one.says.cmp(&other.says));
        self
    }

    /// Which answer is right, counted from 0.
    pub fn right(&self) -> Option<usize> {
        self.picks.iter().position(|it| it.is_right)
    }
}

impl Lesson {
    /// All of them.
    pub const ALL: [Self; 9] = [
        Self::First,
        Self::NextHead,
        Self::WhichMethod,
        Self::CallChain,
        Self::Precedence,
        Self::ClassAttribute,
        Self::Creation,
        Self::Conflict,
        Self::Operators,
    ];

    /// Its number, from 1.
    pub fn number(self) -> usize {
        self as usize + 1
    }

    /// The lesson of a number, from 1.
    pub fn of(number: usize) -> Option<Self> {
        Self::ALL.get(number.checked_sub(1)?).copied()
    }

    /// What it is called.
    pub fn title(self) -> &'static str {
        match self {
            Self::First => "which class comes first",
            Self::NextHead => "the merge by hand",
            Self::WhichMethod => "which method runs",
            Self::CallChain => "what super() runs next",
            Self::Precedence => "who answers obj.x",
            Self::ClassAttribute => "an attribute of the class itself",
            Self::Creation => "what a class statement runs",
            Self::Conflict => "a conflict to mend",
            Self::Operators => "whom an operator asks",
        }
    }

    /// What is learnt in it.
    pub fn learnt(self) -> &'static str {
        match self {
            Self::First => {
                "A class stands before its bases, and bases stand in the order in which they are written. The MRO keeps both, for every class above."
            }
            Self::NextHead => {
                "The merge takes the first head, from the left, that stands in the tail of no list. What stands in a tail has to wait for what is before it there."
            }
            Self::WhichMethod => {
                "Python goes along the MRO and takes the first class that has the name. Who is nearer in the tree, or whose base it is, does not count."
            }
            Self::CallChain => {
                "super() goes on behind the class in which it is written, along the MRO of the object's class. That need not be a base of the class it is written in."
            }
            Self::Precedence => {
                "obj.x asks a data descriptor of the class first, then obj.__dict__, then a non-data descriptor or a plain value of the class, and __getattr__ last."
            }
            Self::ClassAttribute => {
                "C.x looks along the MRO of C and along that of its metaclass. What only the metaclass has is there on the class and not on its instances."
            }
            Self::Creation => {
                "The metaclass is chosen and prepares the namespace, the body runs in it, __new__ makes the class, __set_name__ and __init_subclass__ run inside of type.__new__, then __init__, then the decorators from below."
            }
            Self::Conflict => {
                "A class is made only where one order, one metaclass and one layout fit all of its bases. Other bases, or another order of them, mend it."
            }
            Self::Operators => {
                "The left operand is asked first, unless the type of the right one is derived from that of the left and brings a reflected method of its own. Who cannot answer returns NotImplemented."
            }
        }
    }

    /// The page that shows what it is about.
    pub fn page(self) -> PageKind {
        match self {
            Self::First => PageKind::Linearization,
            Self::NextHead => PageKind::Merge,
            Self::WhichMethod => PageKind::Members,
            Self::CallChain => PageKind::Super,
            Self::Precedence => PageKind::Descriptors,
            Self::ClassAttribute => PageKind::Lookup,
            Self::Creation => PageKind::Creation,
            Self::Conflict => PageKind::Linearization,
            Self::Operators => PageKind::Operators,
        }
    }

    /// Whether it can be played on a class, as far as that is seen without a run; why not.
    pub fn fits(self, class: ClassRef<'_>) -> Result<(), String> {
        let name = class.name();
        let raises = class.raises().is_some();
        if self == Self::Conflict {
            return conflict::fits(class);
        }
        if matches!(class.sureness(), Sureness::Unknown(_)) {
            return Err(format!("not all bases of {name} are known"));
        }
        if raises && self != Self::NextHead {
            return Err(format!(
                "the statement of {name} raises: there is no such class"
            ));
        }
        match self {
            Self::First => first::fits(class),
            Self::NextHead => next_head::fits(class),
            Self::WhichMethod => which_method::fits(class),
            Self::CallChain => call_chain::fits(class),
            Self::Precedence => precedence::fits(class),
            Self::ClassAttribute => class_attribute::fits(class),
            Self::Creation => creation::fits(class),
            Self::Operators => operators::fits(class),
            Self::Conflict => Ok(()),
        }
    }

    /// The questions about one class; why there is none. What has to be asked of a run first is noted in `ask`, and the result is of no use then.
    fn cards(self, class: ClassRef<'_>, ask: &mut Ask<'_>) -> Result<Vec<Card>, String> {
        match self {
            Self::First => Ok(first::cards(class)),
            Self::NextHead => Ok(next_head::cards(class)),
            Self::WhichMethod => Ok(which_method::cards(class)),
            Self::CallChain => Ok(call_chain::cards(class)),
            Self::Precedence => precedence::cards(class, ask),
            Self::ClassAttribute => class_attribute::cards(class, ask),
            Self::Creation => creation::cards(class, ask),
            Self::Conflict => conflict::cards(class, ask),
            Self::Operators => operators::cards(class, ask),
        }
    }
}

/// The name of a class, as an expression of Python where its module has been imported.
fn named(class: ClassRef<'_>) -> &str {
    &class.path().qualname
}

/// A word for the class of the MRO at a position: `Invoice.__mro__[2]`.
fn at_position(class: ClassRef<'_>, position: usize) -> String {
    if position == 0 {
        return named(class).to_owned();
    }
    format!("{}.__mro__[{position}]", named(class))
}

/// Where a class stands in the MRO of another one.
fn position(class: ClassRef<'_>, of: ClassRef<'_>) -> Option<usize> {
    class.mro()?.iter().position(|it| *it == of)
}
