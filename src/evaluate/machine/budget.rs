//! How much of a program is run: steps, granted by module and by call, so that no file can stall the run.

use crate::evaluate::machine::flow::Thrown;
use crate::evaluate::machine::run::Run;
use crate::evaluate::machine::value::{Object, ScopeId, Value};
use crate::semantics::Why;
use crate::source::FileId;
use crate::syntax::Expr;

/// Steps one module's body may take, calls it makes included.
pub(super) const MODULE_STEPS: u32 = 600_000;
/// Steps one call that has a part in the making of a class may take: its metaclass, a decorator, what gives a base.
const MAKING_STEPS: u32 = 400_000;
/// Steps a module is given besides for each such call: who makes many classes has much to do, and is as long as it has classes.
const STEPS_FOR_A_CLASS: u32 = 20_000;
/// Steps such a call finds, whatever the module has used up before: one class that takes long is not to cost the others theirs.
const STEPS_LEFT_FOR_A_CLASS: u32 = 60_000;
/// Which part of what is left a caller keeps for what comes after a call inside of it.
const PART_KEPT: u32 = 8;
/// Who used up less was only the one that ran when the steps ended.
const LARGE_PART: u32 = 4_000;
/// Steps any other call from a module's body may take.
const CALL_STEPS: u32 = 8_000;
/// Steps that such calls may take beyond that, all of a run together, so that a long loop of a small project is followed to its end …
const RESERVE: u32 = 48_000;
/// … and one of them at most.
const MOST_OF_RESERVE: u32 = 16_000;
/// Steps any other call from the body of a function that nobody has called may take.
const UNCALLED_CALL_STEPS: u32 = 300;
/// Values that are copied in the time of a step.
const COPIES_A_STEP: u32 = 16;
/// What a text of its own takes, in values that are copied.
const COPIES_FOR_A_TEXT: u8 = 10;
/// Steps of a class statement in a loop of a module's body.
const STEPS_OF_A_CLASS_IN_A_LOOP: u32 = 60;
/// Steps that a call from a module's body is lent for each class it makes …
const LENT_FOR_A_CLASS: u32 = 2_000;
/// … for the round of a loop that makes it …
const LENT_FOR_A_ROUND: u32 = 400;
/// … all of a run together.
const MOST_LENT_FOR_CLASSES: u32 = 800_000;
/// Steps that are lent for each call of a function that is watched, so that a program which registers much is followed to its end …
const LENT_FOR_WATCHED: u32 = 6_000;
/// … what its module's call is lent when it comes by the first of them …
const LENT_FOR_FIRST_WATCHED: u32 = 150_000;
/// … all of a run together.
const MOST_LENT_FOR_WATCHED: u32 = 2_000_000;
/// How often what a part in the making of a class is granted is halved at most.
const MAKING_HALVINGS: u32 = 3;
/// How often anything else is.
const MOST_HALVINGS: u32 = 7;
/// Steps a function that nobody has called may take, run for the classes inside of it.
pub(crate) const UNCALLED_STEPS: u32 = 4_000;

/// Steps such a function may take that is run whole, for what it gives or sets.
pub(crate) const HANDED_STEPS: u32 = 20_000;

/// Steps that code which is asked of a run at rest may take.
pub(crate) const MOST_ASKED: u32 = 200_000;

/// Steps that a program's function may take which is run to learn what it registers.
pub(crate) const PLAY_STEPS: u32 = 400_000;

/// Items that one container may hold; of one that would hold more, the others are not known.
pub(crate) const MOST_HELD: usize = 100_000;
/// Bytes that one text may have.
const MOST_TEXT: usize = 1 << 20;

/// Bytes of the stack that code in code may take, whatever calls, expressions and imports they are.
const MOST_STACK: usize = 96 << 20;

/// Where the stack of this thread stands.
pub(crate) fn stack_here() -> usize {
    let here = 0_u8;
    std::ptr::from_ref(&here).addr()
}

impl Run<'_, '_> {
    /// Takes a step inside of a call or a loop; false when the module has used up what it is granted. The statements that run for
    /// themselves are as many as the file has, so they are always run.
    pub(crate) fn step(&mut self) -> bool {
        if self.stack_base.abs_diff(stack_here()) > MOST_STACK {
            return false;
        }
        self.depth == self.floor && self.loops == 0 || self.round()
    }

    /// A value that an expression gave, as far as it is not too large to be held: what doubles itself a few times is all memory there is.
    pub(crate) fn bounded(&mut self, value: Value, expr: &Expr, scope: ScopeId) -> Value {
        let is_too_large = match &value {
            Value::Str(text) => text.len() > MOST_TEXT,
            Value::Bytes(bytes) => bytes.len() > MOST_TEXT,
            Value::Tuple(items) => items.len() > MOST_HELD,
            Value::Object(id) => {
                if let Object::List { items, .. } = self.peek(*id)
                    && items.len() > MOST_HELD
                    && let Object::List { items, open } = self.object_mut(*id)
                {
                    items.truncate(MOST_HELD);
                    *open = true;
                }
                false
            }
            _ => false,
        };
        if is_too_large {
            let at = self.place(scope, expr.start, expr.end);
            return self.gap(Why::Budget, "", at);
        }
        value
    }

    /// What leaves all that runs up to where its steps were granted.
    pub(crate) fn cut(&mut self) -> Box<Thrown> {
        self.note_cut_entries();
        self.started.lose();
        let value = self.gap(Why::Budget, "", None);
        Box::new(Thrown {
            class: None,
            value,
            message: None,
            at: None,
            on: None,
            is_written: false,
            is_certain: false,
            ended: vec![],
            verdict: None,
            is_cut: true,
        })
    }

    /// Takes a round of a loop, which counts anywhere.
    pub(crate) fn round(&mut self) -> bool {
        self.steps = self.steps.saturating_sub(1);
        self.steps > 0
    }

    /// Takes the steps that copying so many values costs.
    pub(crate) fn copies(&mut self, values: usize) {
        self.steps = self.steps.saturating_sub(values as u32 / COPIES_A_STEP);
    }

    /// Takes the steps that making so many texts costs, which is what they take of the memory.
    pub(crate) fn allocates(&mut self, texts: usize) {
        self.copies(texts * usize::from(COPIES_FOR_A_TEXT));
    }

    /// Takes the steps for a class statement that stands in a loop of a module's body: each round may make another class, which is kept.
    pub(crate) fn charge_class_statement(&mut self) {
        if self.loops > 0 && self.depth == self.floor {
            self.steps = self.steps.saturating_sub(STEPS_OF_A_CLASS_IN_A_LOOP);
        }
    }

    /// Lends a call from a module's body what it takes to make one more class: a table of classes is as long as it is. Returns how many steps
    /// there were; none where nothing is lent.
    pub(crate) fn lend_for_class(&mut self) -> Option<u32> {
        let is_lent = self.floor == 0
            && self.making == 0
            && self.depth > 0
            && self.steps > 0
            && self.lent_for_classes < MOST_LENT_FOR_CLASSES;
        let before = self.steps;
        is_lent.then(|| {
            self.steps += LENT_FOR_A_CLASS;
            before
        })
    }

    /// Takes back what the class did not need, and leaves a little for what the loop does with it.
    pub(crate) fn repay_class(&mut self, lent: Option<u32>) {
        let Some(before) = lent else { return };
        let taken = (before + LENT_FOR_A_CLASS).saturating_sub(self.steps);
        let paid = taken.min(LENT_FOR_A_CLASS) + LENT_FOR_A_ROUND;
        self.lent_for_classes = self.lent_for_classes.saturating_add(paid);
        self.steps =
            (before + LENT_FOR_A_ROUND).saturating_sub(taken.saturating_sub(LENT_FOR_A_CLASS));
        self.granted += paid;
    }

    /// Lends what runs the steps that one more thing to be registered may take.
    pub(super) fn lend_for_watched(&mut self) {
        if self.making > 0 || self.steps == 0 || self.noted.lent >= MOST_LENT_FOR_WATCHED {
            return;
        }
        let lent = match self.noted.lent_here {
            0 => LENT_FOR_FIRST_WATCHED,
            _ => LENT_FOR_WATCHED,
        };
        self.noted.lent += lent;
        self.noted.lent_here += lent;
        self.steps += lent;
        self.granted += lent;
    }

    /// Takes back what of that a call from a module's body did not need.
    fn repay_watched(&mut self) {
        let unused = std::mem::take(&mut self.noted.lent_here).min(self.steps);
        self.noted.lent = self.noted.lent.saturating_sub(unused);
        self.steps -= unused;
        self.granted = self.granted.saturating_sub(unused);
    }

    /// Grants a module its steps, and returns what was left to the one that imports it.
    pub(crate) fn grant_module(&mut self) -> u32 {
        std::mem::replace(&mut self.steps, MODULE_STEPS)
    }

    /// Limits what one call from a module's body may take; returns what the module keeps. A function that has used up what it was
    /// granted is granted half as much the next time: what it does is beyond us, and it may be called a hundred times.
    pub(crate) fn grant_call(&mut self, function: (FileId, u32)) -> u32 {
        let times = self.exhausted.get(&function).copied().unwrap_or(0);
        let granted = match (self.making > 0, self.floor) {
            // Long after it has made the class, it may go on for long: what it needs for that is left to it.
            (true, _) => {
                let given = self.steps + (STEPS_FOR_A_CLASS >> times);
                self.steps = given.max(STEPS_LEFT_FOR_A_CLASS >> times);
                MAKING_STEPS >> times.min(MAKING_HALVINGS)
            }
            (false, 0) if times == 0 => CALL_STEPS + MOST_OF_RESERVE.min(RESERVE - self.drawn),
            (false, 0) => CALL_STEPS >> times,
            (false, _) => UNCALLED_CALL_STEPS >> times,
        };
        let kept = self.steps.saturating_sub(granted);
        self.steps -= kept;
        self.granted = self.steps;
        kept
    }

    /// Gives a module back what it kept, and notes whether the call has used up what it was granted.
    pub(crate) fn settle_call(&mut self, function: (FileId, u32), kept: u32) {
        if self.floor == 0 {
            let is_exhausted = self.steps == 0;
            self.repay_watched();
            let taken = self.granted.saturating_sub(self.steps);
            if self.making == 0 {
                self.drawn = (self.drawn + taken.saturating_sub(CALL_STEPS)).min(RESERVE);
            }
            if is_exhausted {
                self.note_exhausted(function);
            }
        }
        self.steps += kept;
    }

    /// Limits what one call inside of the making of a class may take, so that what comes after it can still be followed: frameworks
    /// set up validators and the like on the way, and those may be beyond us. Returns what the caller keeps.
    pub(crate) fn grant_part(&mut self, function: (FileId, u32)) -> u32 {
        // What a program sets up that registers things may be beyond us as well.
        if self.making == 0 && self.noted.lent_here == 0 {
            return 0;
        }
        let times = self.exhausted.get(&function).copied().unwrap_or(0);
        let granted = (self.steps - self.steps / PART_KEPT) >> times;
        let kept = self.steps - granted;
        self.steps = granted;
        kept
    }

    /// Gives the caller back what it kept, and notes whether the call has used up a large part.
    pub(crate) fn settle_part(&mut self, function: (FileId, u32), kept: u32) {
        if self.steps == 0 && kept >= LARGE_PART / PART_KEPT {
            self.note_exhausted(function);
        }
        self.steps += kept;
    }

    /// Notes that a call or a loop has used up what it was granted.
    pub(super) fn note_exhausted(&mut self, at: (FileId, u32)) {
        let times = self.exhausted.entry(at).or_default();
        *times = (*times + 1).min(MOST_HALVINGS);
    }
}
