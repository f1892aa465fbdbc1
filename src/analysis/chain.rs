//! Which definitions of a method run when it is called on an instance of a class: the first one of the MRO, and those that it calls on to.

use crate::Name;
use crate::analysis::{Along, ClassRef, Definition, Sure};
use crate::semantics::{DescriptorKind, MemberKind, mangle};
use crate::syntax::{Method, NamedCall, Reached, SuperSite};

/// The definitions of a name along the MRO of a receiver, and how a call goes through them.
#[derive(Debug)]
pub struct Chain<'a> {
    /// The definitions in order of the MRO; the first one runs.
    pub links: Vec<ChainLink<'a>>,
    /// How sure it is which of them run.
    pub sure: Sure,
}

/// A definition, and what a call does with it.
#[derive(Debug)]
pub struct ChainLink<'a> {
    /// The definition.
    pub definition: Definition<'a>,
    /// What it is made of.
    pub body: Body<'a>,
    /// Whether it runs by way of `super()`: always, or if conditions hold; none where no way leads there.
    pub runs: Option<Runs>,
    /// The same where calls by a class's name count, too.
    pub runs_at_all: Option<Runs>,
    /// Where it calls on.
    pub hops: Vec<Hop<'a>>,
    /// Where it calls a definition by the name of a class.
    pub named: Vec<ByName<'a>>,
    /// Why the chain ends here; none where it goes on, or never comes here.
    pub ends: Option<Ends>,
    /// How many calls are sure to come here, once the name is called.
    pub times: usize,
}

/// What a definition is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Body<'a> {
    /// A `def` of the class body.
    Def(&'a Method),
    /// Made in C: it calls no `super()`.
    Native,
    /// A function of the standard library, of which its source said whether it calls on.
    Library {
        /// Whether it does.
        calls_super: bool,
    },
    /// A value that is not called, such as `None`.
    Value,
    /// Something of which the code is not at hand.
    Open,
}

/// How sure it is that a definition runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Runs {
    /// Whenever nothing raises.
    Always,
    /// If conditions hold, or somebody calls a function that was made.
    Conditional,
}

/// Where a definition calls on to another one.
#[derive(Debug, Clone, Copy)]
pub struct Hop<'a> {
    /// The place.
    pub site: &'a SuperSite,
    /// How a call comes to it.
    pub reached: Reached,
    /// The definition it leads to; none where nothing has the name, or it leads back.
    pub to: Option<usize>,
}

/// Where a definition calls another one by a class's name.
#[derive(Debug, Clone, Copy)]
pub struct ByName<'a> {
    /// The place.
    pub call: &'a NamedCall,
    /// The class that is named.
    pub class: ClassRef<'a>,
    /// The definition that this class has; none where it is none of the MRO.
    pub to: Option<usize>,
}

/// Why a chain ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ends {
    /// The definition calls no `super()` for its name.
    NoSuper,
    /// It is made in C.
    Builtin,
    /// It calls `super()`, and no class behind has the name: `AttributeError`.
    Nothing,
    /// It looks behind a class that stands before its own, and so comes back.
    Loop,
    /// It is no function.
    Value,
    /// What it does is not known.
    Untold,
}

impl<'a> ClassRef<'a> {
    /// How a call of a method on an instance of the class goes through its definitions; none where no class of the MRO has the name.
    pub fn chain(self, name: &str) -> Option<Chain<'a>> {
        let along = Along::of(self);
        let definitions = along.definitions(name);
        (!definitions.is_empty()).then(|| along.chain(name, &definitions))
    }
}

impl ChainLink<'_> {
    /// The decorators around a `def` that may do something else than call it; `?` for an expression.
    pub fn wrappers(&self) -> Vec<&str> {
        let Body::Def(method) = self.body else {
            return vec![];
        };
        wrappers(method)
    }

    /// Whether it reads its own name from `super()`.
    pub fn calls_super(&self) -> bool {
        !self.hops.is_empty() || self.body == Body::Library { calls_super: true }
    }
}

impl Definition<'_> {
    /// Whether reading it gives something that runs when it is called, not when it is read.
    fn is_called(&self) -> bool {
        matches!(
            self.member.kind,
            MemberKind::Function
                | MemberKind::Generator
                | MemberKind::AsyncFunction
                | MemberKind::AsyncGenerator
                | MemberKind::Classmethod
                | MemberKind::Staticmethod
                | MemberKind::BuiltinMethod
        )
    }
}

/// What a definition is made of.
fn body<'a>(name: &str, definition: Definition<'a>) -> Body<'a> {
    let (class, member) = (definition.class, definition.member);
    if class.is_interpreters() {
        let is_native = class.analysis().classes.is_native(class.id());
        return match member.kind {
            MemberKind::Value | MemberKind::Class if member.descriptor == DescriptorKind::None => {
                Body::Value
            }
            MemberKind::BuiltinMethod | MemberKind::Getset | MemberKind::Slot => Body::Native,
            _ if is_native => Body::Native,
            _ => Body::Library {
                calls_super: member.calls_super,
            },
        };
    }
    match class.method(name) {
        Some(method) => Body::Def(method),
        None if member.kind == MemberKind::BuiltinMethod => Body::Native,
        None if matches!(member.kind, MemberKind::Value | MemberKind::Class)
            && member.descriptor == DescriptorKind::None =>
        {
            Body::Value
        }
        None => Body::Open,
    }
}

/// The decorators around a `def` that may do something else than call it; `?` for an expression.
pub(super) fn wrappers(method: &Method) -> Vec<&str> {
    let names = method.decorators.iter().map(Name::as_str);
    names.filter(|it| !TRANSPARENT.contains(it)).collect()
}

/// Decorators that call what they decorate, or hand it on, as the language and its library say.
const TRANSPARENT: [&str; 12] = [
    "classmethod",
    "staticmethod",
    "property",
    "abstractmethod",
    "abc.abstractmethod",
    "override",
    "typing.override",
    "typing_extensions.override",
    "final",
    "typing.final",
    "cached_property",
    "functools.cached_property",
];

impl<'a> Along<'a> {
    /// How a call goes through the definitions of a name, which stand at these positions of the MRO.
    pub fn chain(&self, name: &str, definitions: &[(usize, Definition<'a>)]) -> Chain<'a> {
        let mut links: Vec<ChainLink<'_>> = definitions
            .iter()
            .map(|&(_, definition)| ChainLink {
                definition,
                body: body(name, definition),
                runs: None,
                runs_at_all: None,
                hops: vec![],
                named: vec![],
                ends: None,
                times: 0,
            })
            .collect();
        let first = definitions.first().map_or(0, |it| it.0);
        let mut sure = self.sure.max(self.without(0..first, name));
        if let Some(first) = links.first_mut() {
            (first.runs, first.times) = (Some(Runs::Always), 1);
        }
        // Each hop leads further along the MRO.
        for at in 0..links.len() {
            let Body::Def(method) = links[at].body else {
                let is_last = at + 1 == links.len();
                if links[at].runs.is_some() {
                    let ends = end_of(links[at].body);
                    sure = sure.max(match ends {
                        Ends::Untold if !is_last => Sure::Unknown,
                        _ => Sure::Exact,
                    });
                    links[at].ends = Some(ends);
                }
                sure = sure.max(Self::doubt(&links[at]));
                continue;
            };
            let (hops, ends, without) = self.hops(name, at, definitions, method);
            self.by_name(name, &mut links, at, definitions, method);
            if let Some(runs) = links[at].runs {
                for hop in &hops {
                    let Some(to) = hop.to else { continue };
                    let on = match hop.reached {
                        Reached::Always => runs,
                        Reached::Conditional | Reached::Late => Runs::Conditional,
                    };
                    let before = links[to].runs;
                    links[to].runs = Some(before.map_or(on, |before| before.min(on)));
                }
                links[at].ends = ends;
                sure = sure.max(without);
            }
            links[at].hops = hops;
            sure = sure.max(Self::doubt(&links[at]));
        }
        run_at_all(&mut links);
        count_calls(&mut links);
        Chain { links, sure }
    }

    /// What a definition that runs adds to the doubt.
    fn doubt(link: &ChainLink<'_>) -> Sure {
        if link.runs.is_none() {
            return Sure::Exact;
        }
        if link.definition.member.maybe.is_some() {
            return Sure::Unknown;
        }
        let Body::Def(method) = link.body else {
            return Sure::Exact;
        };
        let is_itself = link
            .definition
            .place()
            .is_some_and(|it| it.start == method.start);
        if is_itself && link.wrappers().is_empty() {
            Sure::Exact
        } else {
            Sure::Assumed
        }
    }

    /// Where a definition calls on, why the chain ends with it, and how sure it is that no class on the way has the name.
    fn hops(
        &self,
        name: &str,
        at: usize,
        definitions: &[(usize, Definition<'a>)],
        method: &'a Method,
    ) -> (Vec<Hop<'a>>, Option<Ends>, Sure) {
        let (position, definition) = definitions[at];
        let (mut hops, mut ends, mut sure) = (vec![], Some(Ends::NoSuper), Sure::Exact);
        let sites = method.supers.iter().flat_map(|it| &it.sites);
        let mut goes_on = false;
        for site in sites.filter(|it| self.works(it)) {
            if mangle(definition.class.name(), &site.name) != name {
                continue;
            }
            let Some(start) = self.start(definition.class, &site.after) else {
                continue;
            };
            let to = definitions.partition_point(|it| it.0 <= start);
            let end = definitions.get(to).map_or(self.mro.len(), |it| it.0);
            sure = sure.max(self.without(start + 1..end, name));
            let (to, reached) = match definitions.get(to) {
                Some((there, found)) if *there > position => {
                    let is_late = site.passed.is_none() && found.is_called();
                    goes_on = true;
                    let reached = if is_late { Reached::Late } else { site.reached };
                    (Some(to), reached)
                }
                found => {
                    ends = Some(found.map_or(Ends::Nothing, |_| Ends::Loop));
                    (None, site.reached)
                }
            };
            hops.push(Hop { site, reached, to });
        }
        (hops, ends.filter(|_| !goes_on), sure)
    }

    /// Where a definition calls its name by the name of a class.
    fn by_name(
        &self,
        name: &str,
        links: &mut [ChainLink<'a>],
        at: usize,
        definitions: &[(usize, Definition<'a>)],
        method: &'a Method,
    ) {
        let of = links[at].definition.class;
        for call in method.supers.iter().flat_map(|it| &it.named) {
            let Some(class) = of.meant_by(&call.class) else {
                continue;
            };
            let to = class.winner(name).and_then(|found| {
                let there = self.position(found.class)?;
                definitions.iter().position(|it| it.0 == there)
            });
            links[at].named.push(ByName { call, class, to });
        }
    }
}

fn end_of(body: Body<'_>) -> Ends {
    match body {
        Body::Def(_) | Body::Library { calls_super: false } => Ends::NoSuper,
        Body::Native => Ends::Builtin,
        Body::Value => Ends::Value,
        Body::Library { calls_super: true } | Body::Open => Ends::Untold,
    }
}

/// What runs where calls by a class's name count, too: these can lead anywhere, also back.
fn run_at_all(links: &mut [ChainLink<'_>]) {
    if links.is_empty() {
        return;
    }
    links[0].runs_at_all = Some(Runs::Always);
    let mut waiting = vec![0];
    while let Some(at) = waiting.pop() {
        let Some(runs) = links[at].runs_at_all else {
            continue;
        };
        for (to, reached) in steps(&links[at]) {
            let on = match reached {
                Reached::Always => runs,
                Reached::Conditional | Reached::Late => Runs::Conditional,
            };
            let before = links[to].runs_at_all;
            let now = before.map_or(on, |before| before.min(on));
            if before != Some(now) {
                links[to].runs_at_all = Some(now);
                waiting.push(to);
            }
        }
    }
}

/// Where a definition goes on, by `super()` and by names.
fn steps(link: &ChainLink<'_>) -> Vec<(usize, Reached)> {
    let hops = link.hops.iter().filter_map(|it| Some((it.to?, it.reached)));
    let named = link.named.iter();
    let named = named.filter_map(|it| Some((it.to?, it.call.reached)));
    hops.chain(named).collect()
}

/// How many calls are sure to come to each definition; more than two are two.
fn count_calls(links: &mut [ChainLink<'_>]) {
    let mut times = vec![0_usize; links.len()];
    let mut waiting = vec![0];
    while let Some(at) = waiting.pop() {
        if times.get(at).is_none_or(|&it| it == 2) {
            continue;
        }
        times[at] += 1;
        let on = steps(&links[at]).into_iter();
        waiting.extend(on.filter(|it| it.1 == Reached::Always).map(|it| it.0));
    }
    for (link, times) in links.iter_mut().zip(times) {
        link.times = times;
    }
}
