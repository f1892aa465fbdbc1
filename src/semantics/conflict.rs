//! Why no class can be made: the fewest class statements that cannot all hold, and what each of them demands.
//!
//! A statement `class X(A, B)` demands the order X, A, B. Where the demands of the ancestors go round in a circle no order of bases keeps them all.
//! In a few hierarchies the written orders hold no circle, and C3 fails all the same, over an order that it chose itself in an
//! ancestor where nothing was demanded; then each ancestor demands its whole MRO (Barrett and others, "A monotonic superclass
//! linearization for Dylan": C3 keeps the MROs of the bases as they are).

use std::collections::VecDeque;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::semantics::{ClassId, Classes, Origin, Raised, TypeNewError};

/// How many sets of statements are looked at for one with fewer than those found already.
const MOST_SETS: usize = 200_000;

/// What it is that cannot hold together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Over {
    /// Orders: those that base lists write down.
    Orders,
    /// Orders: some of them C3 chose itself, in an ancestor, where no base list says so.
    Choices,
    /// Metaclasses of which none derives from all the others.
    Metaclasses,
    /// Instance layouts.
    Layouts,
    /// The statement alone is at fault.
    Itself,
}

/// A statement of those that cannot all hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claim {
    /// The class that it makes, or would make.
    pub class: ClassId,
    /// The classes that it demands to stand in this order; for [`Over::Metaclasses`] the metaclass, for [`Over::Layouts`] the class
    /// whose layout it brings.
    pub says: Vec<ClassId>,
}

/// One class before another, in the circle.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Link {
    /// The class that comes first.
    pub first: ClassId,
    /// The class that has to come after it.
    pub second: ClassId,
    /// The class that says so.
    pub by: ClassId,
}

/// The fewest statements that cannot all hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Core {
    /// What cannot hold together.
    pub over: Over,
    /// The statements, in order of creation; the failing one, if it is among them, last.
    pub claims: Vec<Claim>,
    /// The circle of demands; empty where it is not about orders.
    pub circle: Vec<Link>,
}

/// Returns the fewest statements that cannot all hold with a class statement that raised, the failing one among them only if what it demands
/// itself is needed; where what raised is no matter of classes alone, that one is all there is to say. None where a metaclass's own `mro()`
/// had a part in it, so that all demands can be kept.
///
/// Classes that no statement made (the interpreter's, those of calls) demand their MRO as it is, free of charge: nobody can
/// change a statement there.
///
/// ```py
/// class X(A, B): ...
/// class Y(B, A): ...
/// class Z(X, Y): ...  # X puts A before B, Y puts B before A: the order of X and Y does not matter, Z is not in the core
/// ```
pub fn core(classes: &Classes, class: ClassId, raised: &Raised) -> Option<Core> {
    let alone = || Core {
        over: Over::Itself,
        claims: vec![Claim {
            class,
            says: vec![],
        }],
        circle: vec![],
    };
    let Some(reason) = raised.reason.as_deref() else {
        return Some(alone());
    };
    match reason {
        TypeNewError::InconsistentMro { .. } => of_orders(classes, class, &raised.bases),
        TypeNewError::MetaclassConflict { chosen, other, .. } => Some(of_metaclasses(
            classes,
            class,
            &raised.bases,
            *chosen,
            *other,
        )),
        TypeNewError::LayoutConflict { first, second } => {
            Some(of_layouts(classes, class, &raised.bases, *first, *second))
        }
        TypeNewError::DuplicateBase(_)
        | TypeNewError::UnacceptableBase(_)
        | TypeNewError::Slots(_)
        | TypeNewError::EmptyMro
        | TypeNewError::UnsuitableMro(_) => Some(alone()),
    }
}

/// Whether a class statement made it, so that it can be changed.
fn is_stated(classes: &Classes, class: ClassId) -> bool {
    matches!(classes.get(class).origin, Origin::Statement { .. })
}

/// All classes above these bases, each once, in order of creation.
fn above(classes: &Classes, bases: &[ClassId]) -> Vec<ClassId> {
    let mut all: Vec<ClassId> = bases
        .iter()
        .flat_map(|&base| classes.mro(base).unwrap_or_default())
        .copied()
        .collect();
    all.sort_unstable();
    all.dedup();
    all
}

/// A list of classes that have to stand in this order, and who says so; nobody where it costs nothing to say it.
#[derive(Debug, Clone)]
struct Chain {
    by: ClassId,
    is_free: bool,
    order: Vec<ClassId>,
}

fn of_orders(classes: &Classes, class: ClassId, bases: &[ClassId]) -> Option<Core> {
    let above = above(classes, bases);
    let own = Chain {
        by: class,
        is_free: false,
        order: std::iter::once(class)
            .chain(bases.iter().copied())
            .collect(),
    };
    let chains = |over: Over| -> Vec<Chain> {
        let of = |&id: &ClassId| {
            let made = classes.made(id)?;
            let is_free = !is_stated(classes, id);
            let order = if is_free || over == Over::Choices {
                made.mro.to_vec()
            } else {
                std::iter::once(id)
                    .chain(made.bases.iter().copied())
                    .collect()
            };
            Some(Chain {
                by: id,
                is_free,
                order,
            })
        };
        above
            .iter()
            .filter_map(of)
            .chain(std::iter::once(own.clone()))
            .collect()
    };
    [Over::Orders, Over::Choices]
        .into_iter()
        .find_map(|over| contradiction(classes, &chains(over), over))
}

/// The fewest of these chains that go round in a circle; none where all of them can be kept.
fn contradiction(classes: &Classes, chains: &[Chain], over: Over) -> Option<Core> {
    let mut core: Vec<&Chain> = in_a_circle(chains);
    let free: Vec<&Chain> = core.iter().copied().filter(|it| it.is_free).collect();
    core.retain(|it| !it.is_free);
    let relevant = core.clone();
    circle(core.iter().chain(&free).copied())?;
    // Those that can be left out are left out, the farthest from the failing statement first: what is left is one core.
    for chain in &relevant {
        let rest = || core.iter().copied().filter(|it| it.by != chain.by);
        if circle(rest().chain(free.iter().copied())).is_some() {
            core = rest().collect();
        }
    }
    let mut best = circle(core.iter().chain(&free).copied())?;
    // Another may have fewer; of several with as few the one whose circle is shortest says it best.
    let mut looked_at = 0;
    'sizes: for size in 0..=core.len() {
        let mut found: Option<(Vec<&Chain>, Vec<Link>)> = None;
        let mut chosen: Vec<usize> = (0..size).collect();
        if size > relevant.len() {
            break;
        }
        loop {
            looked_at += 1;
            if looked_at > MOST_SETS {
                break 'sizes;
            }
            let some = || chosen.iter().map(|&at| relevant[at]);
            if let Some(way) = circle(some().chain(free.iter().copied()))
                && found
                    .as_ref()
                    .is_none_or(|(_, shortest)| way.len() < shortest.len())
            {
                found = Some((some().collect(), way));
            }
            if !next_choice(&mut chosen, relevant.len()) {
                break;
            }
        }
        if let Some((fewest, way)) = found {
            core = fewest;
            best = way;
            break;
        }
    }
    let claims = core
        .iter()
        .map(|chain| Claim {
            class: chain.by,
            says: said(classes, chain, &best),
        })
        .collect();
    Some(Core {
        over,
        claims,
        circle: best,
    })
}

/// What a chain says of a circle: the classes of its links, in its order; where two of the chain share a path, those before that go by it, too, so
/// that whoever reads paths from left to right finds the ones that are meant.
fn said(classes: &Classes, chain: &Chain, circle: &[Link]) -> Vec<ClassId> {
    let is_mine = |id: ClassId| {
        let mut links = circle.iter().filter(|link| link.by == chain.by);
        links.any(|link| link.first == id || link.second == id)
    };
    let said = chain.order.iter().enumerate().filter(|&(at, &id)| {
        let path = &classes.get(id).path;
        let mut later = chain.order[at + 1..].iter();
        is_mine(id) || later.any(|&it| is_mine(it) && classes.get(it).path == *path)
    });
    said.map(|(_, &id)| id).collect()
}

/// The next choice of as many of `of`, in order; false behind the last one.
fn next_choice(chosen: &mut [usize], of: usize) -> bool {
    let size = chosen.len();
    let Some(at) = (0..size).rev().find(|&at| chosen[at] + (size - at) < of) else {
        return false;
    };
    chosen[at] += 1;
    for next in at + 1..size {
        chosen[next] = chosen[next - 1] + 1;
    }
    true
}

/// The chains that have a part in any circle at all: those with a link inside of a strongly connected component.
fn in_a_circle(chains: &[Chain]) -> Vec<&Chain> {
    let links = |chain: &Chain| -> Vec<(ClassId, ClassId)> {
        let pairs = chain.order.windows(2);
        pairs.map(|pair| (pair[0], pair[1])).collect()
    };
    let mut forth: FxHashMap<ClassId, Vec<ClassId>> = FxHashMap::default();
    for (first, second) in chains.iter().flat_map(links) {
        forth.entry(first).or_default().push(second);
    }
    // Who can be come to from whom; hierarchies above one class are small.
    let mut leads_to: FxHashMap<ClassId, FxHashSet<ClassId>> = FxHashMap::default();
    for &start in forth.keys() {
        let mut seen = FxHashSet::default();
        let mut waiting = vec![start];
        while let Some(at) = waiting.pop() {
            for &next in forth.get(&at).map_or(&[][..], Vec::as_slice) {
                if seen.insert(next) {
                    waiting.push(next);
                }
            }
        }
        leads_to.insert(start, seen);
    }
    let goes_round = |(first, second): (ClassId, ClassId)| {
        leads_to.get(&second).is_some_and(|it| it.contains(&first))
    };
    let has_part = |chain: &&Chain| links(chain).into_iter().any(goes_round);
    chains.iter().filter(has_part).collect()
}

/// The shortest circle of these chains; those that cost nothing say what they say first.
fn circle<'c>(chains: impl Iterator<Item = &'c Chain>) -> Option<Vec<Link>> {
    let mut after: FxHashMap<ClassId, Vec<(ClassId, ClassId)>> = FxHashMap::default();
    let mut starts = vec![];
    for chain in chains {
        for pair in chain.order.windows(2) {
            let next = after.entry(pair[0]).or_default();
            if next.iter().all(|&(known, _)| known != pair[1]) {
                next.push((pair[1], chain.by));
            }
            starts.push(pair[0]);
        }
    }
    let mut tried = FxHashSet::default();
    let mut shortest: Option<Vec<Link>> = None;
    for start in starts {
        if !tried.insert(start) {
            continue;
        }
        if let Some(way) = back_to(&after, start)
            && shortest.as_ref().is_none_or(|it| way.len() < it.len())
        {
            shortest = Some(way);
        }
    }
    shortest
}

/// The shortest way from a class back to itself.
fn back_to(
    after: &FxHashMap<ClassId, Vec<(ClassId, ClassId)>>,
    start: ClassId,
) -> Option<Vec<Link>> {
    let mut came: FxHashMap<ClassId, (ClassId, ClassId)> = FxHashMap::default();
    let mut waiting = VecDeque::from([start]);
    while let Some(at) = waiting.pop_front() {
        for &(next, by) in after.get(&at).map_or(&[][..], Vec::as_slice) {
            if came.contains_key(&next) {
                continue;
            }
            came.insert(next, (at, by));
            if next != start {
                waiting.push_back(next);
                continue;
            }
            let mut way = vec![];
            let mut end = start;
            loop {
                let (first, by) = came[&end];
                way.push(Link {
                    first,
                    second: end,
                    by,
                });
                end = first;
                if end == start {
                    way.reverse();
                    return Some(way);
                }
            }
        }
    }
    None
}

/// Two statements whose metaclasses do not derive from one another: those that bring them in, not those that inherit them.
fn of_metaclasses(
    classes: &Classes,
    class: ClassId,
    bases: &[ClassId],
    chosen: ClassId,
    other: ClassId,
) -> Core {
    // What is no metaclass at all does not get on with `type`, which every class statement demands.
    let odd = [chosen, other]
        .into_iter()
        .find(|&it| !classes.is_subclass(it, classes.type_()));
    if let Some(odd) = odd {
        return Core {
            over: Over::Metaclasses,
            claims: vec![Claim {
                class,
                says: vec![classes.type_(), odd],
            }],
            circle: vec![],
        };
    }
    let brings = |metaclass: ClassId| {
        let mut has: Vec<ClassId> = above(classes, bases);
        has.retain(|&id| {
            is_stated(classes, id)
                && classes
                    .made(id)
                    .is_some_and(|made| made.metaclass == metaclass)
        });
        // The one from which the others have it: none of its bases has it.
        let first = has.iter().copied().find(|&id| {
            let bases = classes.made(id).map_or(&[][..], |made| &made.bases);
            !bases.iter().any(|base| has.contains(base))
        });
        Claim {
            class: first.unwrap_or(class),
            says: vec![metaclass],
        }
    };
    let mut claims = vec![brings(chosen), brings(other)];
    if claims[0].class == claims[1].class {
        let second = claims.pop().map(|it| it.says).unwrap_or_default();
        claims[0].says.extend(second);
    }
    claims.sort_by_key(|claim| (claim.class == class, claim.class));
    Core {
        over: Over::Metaclasses,
        claims,
        circle: vec![],
    }
}

/// Two statements whose layouts cannot be one: those that bring them in.
fn of_layouts(
    classes: &Classes,
    class: ClassId,
    bases: &[ClassId],
    first: ClassId,
    second: ClassId,
) -> Core {
    let solid = |id: ClassId| classes.made(id).map_or(id, |made| made.solid_base);
    let differ = |one: ClassId, other: ClassId| {
        !classes.is_subclass(one, other) && !classes.is_subclass(other, one)
    };
    // What no statement made stands in the failing one's own list; two of these may be enough.
    let free: Vec<ClassId> = bases
        .iter()
        .copied()
        .filter(|&base| !is_stated(classes, base))
        // One that accepts no subclasses at all is refused for that, before its layout is looked at.
        .filter(|&base| {
            classes
                .made(base)
                .is_some_and(|made| made.accepts_subclasses)
        })
        .collect();
    let own = free.iter().enumerate().find_map(|(at, &one)| {
        let other = free[at + 1..]
            .iter()
            .copied()
            .find(|&other| differ(solid(one), solid(other)))?;
        Some(vec![one, other])
    });
    if let Some(says) = own {
        return Core {
            over: Over::Layouts,
            claims: vec![Claim { class, says }],
            circle: vec![],
        };
    }
    let brings = |base: ClassId| {
        let mro = classes.mro(base).unwrap_or_default();
        let mut line = mro.iter().copied().rev();
        let brings = line.find(|&id| is_stated(classes, id) && solid(id) == solid(base));
        Claim {
            class: brings.unwrap_or(class),
            says: vec![solid(base)],
        }
    };
    let mut claims = vec![brings(first), brings(second)];
    claims.sort_by_key(|claim| (claim.class == class, claim.class));
    Core {
        over: Over::Layouts,
        claims,
        circle: vec![],
    }
}
