//! Two classes side by side: their MROs aligned on what both have, and the names that they have from different classes.

use rustc_hash::{FxHashMap, FxHashSet};

use crate::Name;
use crate::analysis::{ClassRef, Definition, says_nothing};
use crate::semantics::ClassId;

/// MROs of which so many pairs of classes would have to be compared are not aligned in the middle.
const MOST_PAIRS: usize = 4_000_000;

/// How two classes compare.
#[derive(Debug)]
pub struct Beside<'a> {
    /// Both MROs, in one order that keeps that of each.
    pub rows: Vec<Aligned<'a>>,
    /// Classes of both MROs of which one has the first before the second, the other behind.
    pub turned: Vec<(ClassRef<'a>, ClassRef<'a>)>,
    /// Names that both have, from different classes, in order of the name.
    pub names: Vec<Apart<'a>>,
    /// Names that only the first has.
    pub only_one: Vec<&'a Name>,
    /// Names that only the second has.
    pub only_other: Vec<&'a Name>,
    /// How many names both have from one class.
    pub same: usize,
}

/// An entry of one MRO or of both.
#[derive(Debug, Clone, Copy)]
pub struct Aligned<'a> {
    /// The class.
    pub class: ClassRef<'a>,
    /// Where it stands in the first MRO, if the row is about that.
    pub one: Option<usize>,
    /// Where it stands in the second MRO, if the row is about that.
    pub other: Option<usize>,
    /// Whether both have it, in different orders, so that it has a row for each.
    pub is_moved: bool,
}

/// A name, and who gives it to each of the two.
#[derive(Debug, Clone, Copy)]
pub struct Apart<'a> {
    /// The name.
    pub name: &'a Name,
    /// What the first has.
    pub one: Definition<'a>,
    /// What the second has.
    pub other: Definition<'a>,
}

impl<'a> ClassRef<'a> {
    /// Compares it with another class. What is known of the ancestors counts, where that is not all.
    pub fn beside(self, other: ClassRef<'a>) -> Beside<'a> {
        let (one, two) = (self.known_ancestry(), other.known_ancestry());
        let rows = aligned(&one, &two);
        let turned = turned(&rows, &one, &two);
        let (of_one, of_two) = (given(&one), given(&two));
        let mut names: Vec<&Name> = of_one.keys().chain(of_two.keys()).copied().collect();
        names.sort_unstable();
        names.dedup();
        let mut said = Beside {
            rows,
            turned,
            names: vec![],
            only_one: vec![],
            only_other: vec![],
            same: 0,
        };
        for name in names.into_iter().filter(|it| !says_nothing(it)) {
            match (of_one.get(name), of_two.get(name)) {
                (Some(&one), Some(&other)) if one.class == other.class => said.same += 1,
                (Some(&one), Some(&other)) => said.names.push(Apart { name, one, other }),
                (Some(_), None) => said.only_one.push(name),
                (None, _) => said.only_other.push(name),
            }
        }
        said
    }
}

/// Each name along an MRO with the first definition of it.
fn given<'a>(mro: &[ClassRef<'a>]) -> FxHashMap<&'a Name, Definition<'a>> {
    let mut given = FxHashMap::default();
    for &class in mro {
        for (name, member) in class.members() {
            given.entry(name).or_insert(Definition { class, member });
        }
    }
    given
}

/// Both MROs as one list: what both have in one order stands once.
fn aligned<'a>(one: &[ClassRef<'a>], two: &[ClassRef<'a>]) -> Vec<Aligned<'a>> {
    let ids =
        |mro: &[ClassRef<'_>]| -> FxHashSet<ClassId> { mro.iter().map(|it| it.id()).collect() };
    let (in_one, in_two) = (ids(one), ids(two));
    let mut rows = vec![];
    let (mut left, mut right) = (0, 0);
    let both = common(one, two).into_iter();
    for (at, there) in both.chain([(one.len(), two.len())]) {
        for (position, &class) in one.iter().enumerate().take(at).skip(left) {
            rows.push(Aligned {
                class,
                one: Some(position),
                other: None,
                is_moved: in_two.contains(&class.id()),
            });
        }
        for (position, &class) in two.iter().enumerate().take(there).skip(right) {
            rows.push(Aligned {
                class,
                one: None,
                other: Some(position),
                is_moved: in_one.contains(&class.id()),
            });
        }
        if let Some(&class) = one.get(at) {
            rows.push(Aligned {
                class,
                one: Some(at),
                other: Some(there),
                is_moved: false,
            });
        }
        (left, right) = (at + 1, there + 1);
    }
    rows
}

/// The positions of the longest run of classes that both have in one order.
fn common(one: &[ClassRef<'_>], two: &[ClassRef<'_>]) -> Vec<(usize, usize)> {
    let ends = one.iter().rev().zip(two.iter().rev());
    let tail = ends.take_while(|(left, right)| left == right).count();
    let (width, height) = (one.len() - tail, two.len() - tail);
    let mut found = vec![];
    if width * height <= MOST_PAIRS {
        // The longest run of what stands from here on, by position in both.
        let mut longest = vec![0_u32; (width + 1) * (height + 1)];
        let at = |left: usize, right: usize| left * (height + 1) + right;
        for left in (0..width).rev() {
            for right in (0..height).rev() {
                longest[at(left, right)] = if one[left] == two[right] {
                    longest[at(left + 1, right + 1)] + 1
                } else {
                    longest[at(left + 1, right)].max(longest[at(left, right + 1)])
                };
            }
        }
        let (mut left, mut right) = (0, 0);
        while left < width && right < height {
            if one[left] == two[right] {
                found.push((left, right));
                (left, right) = (left + 1, right + 1);
            } else if longest[at(left + 1, right)] >= longest[at(left, right + 1)] {
                left += 1;
            } else {
                right += 1;
            }
        }
    }
    found.extend((0..tail).map(|it| (width + it, height + it)));
    found
}

/// For each class that has a row for each of the two, one from which the order differs.
fn turned<'a>(
    rows: &[Aligned<'a>],
    one: &[ClassRef<'a>],
    two: &[ClassRef<'a>],
) -> Vec<(ClassRef<'a>, ClassRef<'a>)> {
    let position =
        |mro: &[ClassRef<'_>], wanted: ClassRef<'_>| mro.iter().position(|&it| it == wanted);
    let moved = rows.iter().filter(|it| it.is_moved && it.one.is_some());
    let pair = |moved: &Aligned<'a>| {
        let (at, there) = (position(one, moved.class)?, position(two, moved.class)?);
        let mut others = rows
            .iter()
            .filter(|it| it.one.is_some() && it.class != moved.class);
        let turned = others.find(|it| {
            let (Some(in_one), Some(in_two)) = (it.one, position(two, it.class)) else {
                return false;
            };
            (at < in_one) != (there < in_two)
        })?;
        Some(if Some(at) < turned.one {
            (moved.class, turned.class)
        } else {
            (turned.class, moved.class)
        })
    };
    let mut found: Vec<(ClassRef<'_>, ClassRef<'_>)> = vec![];
    for two in moved.filter_map(pair) {
        if !found.contains(&two) {
            found.push(two);
        }
    }
    found
}
