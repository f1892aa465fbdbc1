//! The tree of one class: what it derives from, and what derives from it.

use rustc_hash::FxHashSet;

use crate::analysis::ClassRef;
use crate::app::location::ClassAt;
use crate::app::tree::{Row, Thing, class_role, mark};
use crate::view::Role;

/// A branch that has this many ancestors is not drawn deeper; nobody reads on, and damaged data could be endless.
const DEEPEST: usize = 60;

/// Lays out the tree of relatives. A class stands in it as often as there are ways to it, as in a diamond.
pub(super) struct Relatives<'o> {
    pub(super) open: &'o FxHashSet<String>,
}

impl Relatives<'_> {
    pub(super) fn lay(&self, class: ClassRef<'_>, rows: &mut Vec<Row>) {
        let bases = class.bases();
        let subclasses = class.subclasses();
        rows.push(Self::row(class, "=".to_owned(), 0, None, None));
        self.heading("^", "↑ derives from".to_owned(), bases.len(), rows);
        if self.open.contains("^") {
            for base in bases {
                self.branch(base, "^", 1, ClassRef::bases, rows);
            }
        }
        let below = class.descendants().len();
        self.heading("v", "↓ derive from it".to_owned(), below, rows);
        if self.open.contains("v") {
            for subclass in subclasses {
                self.branch(subclass, "v", 1, ClassRef::subclasses, rows);
            }
        }
    }

    fn heading(&self, key: &str, label: String, count: usize, rows: &mut Vec<Row>) {
        rows.push(Row {
            key: key.to_owned(),
            label,
            role: Role::Heading,
            depth: 0,
            open: (count > 0).then(|| self.open.contains(key)),
            count: Some(count),
            raising: 0,
            thing: Thing::Heading,
        });
    }

    fn branch<'a>(
        &self,
        class: ClassRef<'a>,
        above: &str,
        depth: usize,
        further: fn(ClassRef<'a>) -> Vec<ClassRef<'a>>,
        rows: &mut Vec<Row>,
    ) {
        let key = format!("{above}/{}#{}", class.path(), ClassAt::of(class).earlier);
        let next = if depth < DEEPEST {
            further(class)
        } else {
            vec![]
        };
        let open = self.open.contains(&key);
        let has_more = (!next.is_empty()).then_some(open);
        let count = (!next.is_empty()).then_some(next.len());
        rows.push(Self::row(class, key.clone(), depth, has_more, count));
        if open {
            for class in next {
                self.branch(class, &key, depth + 1, further, rows);
            }
        }
    }

    fn row(
        class: ClassRef<'_>,
        key: String,
        depth: usize,
        open: Option<bool>,
        count: Option<usize>,
    ) -> Row {
        Row {
            key,
            label: format!("{}{}", mark(class), class.path().qualname),
            role: class_role(class),
            depth,
            open,
            count,
            raising: 0,
            thing: Thing::Class(class.id()),
        }
    }
}
