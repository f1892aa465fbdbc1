//! The tree of one class: what it derives from, and what derives from it.

use rustc_hash::{FxHashMap, FxHashSet};

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
        let bases = class.asked_bases();
        let word = match class.raises() {
            Some(_) => "↑ asks for",
            None => "↑ derives from",
        };
        let subclasses = class.subclasses();
        rows.push(Self::row(class, "=".to_owned(), 0, None, None));
        self.heading("^", word.to_owned(), bases.len(), rows);
        if self.open.contains("^") {
            self.branches(&bases, "^", 1, ClassRef::asked_bases, rows);
        }
        let below = class.descendants().len();
        self.heading("v", "↓ derive from it".to_owned(), below, rows);
        if self.open.contains("v") {
            self.branches(&subclasses, "v", 1, ClassRef::subclasses, rows);
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
            apart: String::new(),
            thing: Thing::Heading,
        });
    }

    /// Classes that hang from the same one, each told apart from the others.
    fn branches<'a>(
        &self,
        classes: &[ClassRef<'a>],
        above: &str,
        depth: usize,
        further: fn(ClassRef<'a>) -> Vec<ClassRef<'a>>,
        rows: &mut Vec<Row>,
    ) {
        let apart = apart(classes);
        for (class, apart) in classes.iter().zip(apart) {
            let at = rows.len();
            self.branch(*class, above, depth, further, rows);
            rows[at].apart = apart;
        }
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
            self.branches(&next, &key, depth + 1, further, rows);
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
            apart: String::new(),
            thing: Thing::Class(class.id()),
        }
    }
}

/// What tells each class apart from the others of its name among these: as many of the last parts of its module as that takes. Nothing where the
/// name does.
fn apart(classes: &[ClassRef<'_>]) -> Vec<String> {
    let mut named: FxHashMap<&str, Vec<&str>> = FxHashMap::default();
    for class in classes {
        let path = class.path();
        named.entry(&path.qualname).or_default().push(&path.module);
    }
    let told = classes.iter().map(|class| {
        let path = class.path();
        let modules = &named[path.qualname.as_str()];
        if modules.len() < 2 {
            return String::new();
        }
        let ends = path.module.rmatch_indices('.').map(|(at, _)| at + 1);
        let ends = ends.chain([0]).map(|at| &path.module[at..]);
        let is_its_own = |end: &&str| {
            let have = |it: &&&str| {
                it.strip_suffix(end)
                    .is_some_and(|it| it.is_empty() || it.ends_with('.'))
            };
            modules.iter().filter(have).count() < 2
        };
        let mut ends = ends;
        ends.find(is_its_own).unwrap_or(&path.module).to_owned()
    });
    told.collect()
}
