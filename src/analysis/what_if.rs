//! What would become of a class, and of all below it, if its statement asked for other bases or another metaclass.
//!
//! The answer comes from class objects alone, by the function that made them, so that it is there at every key; what code of metaclasses
//! and hooks would do, only a run tells.

use rustc_hash::{FxHashMap, FxHashSet};

use crate::Name;
use crate::analysis::{Analysis, ClassRef, StatementEdit, Target, says_nothing};
use crate::semantics::{ClassId, ClassPath, Outcome, Raised, Workbench};
use crate::syntax::{Head, Import, Rewrite, class_head};

/// Why there is no answer.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum WhatIfError {
    /// What was typed is no head of a class statement.
    #[error("`{text}` is no head of a class: {message}")]
    Syntax {
        /// What was typed.
        text: String,
        /// What is wrong with it.
        message: String,
    },
    /// It is the head of another class.
    #[error("the class is called {name}; a what-if changes its bases and keywords, not its name")]
    OtherName {
        /// What it is called.
        name: String,
    },
    /// No class is known by that text where the statement stands.
    #[error("no class is known as `{text}`")]
    UnknownBase {
        /// The base, as it was typed.
        text: String,
        /// Classes spelled much like it.
        near: Vec<ClassPath>,
    },
    /// Several are.
    #[error("several classes are known as `{text}`")]
    Ambiguous {
        /// The base, as it was typed.
        text: String,
        /// Which.
        candidates: Vec<ClassPath>,
    },
    /// A statement that is not to be changed.
    #[error("{class} is not made by a class statement of this project: it cannot be changed here")]
    NotEditable {
        /// The class.
        class: String,
    },
    /// Not all bases it has now are known.
    #[error("not all bases of {class} are known: nothing can be said of what it would be")]
    Unknown {
        /// The class.
        class: String,
    },
}

/// A name that a class would get from another class.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NameMoved {
    /// The class that has it.
    pub class: ClassId,
    /// The name.
    pub name: Name,
    /// Whose it is now; none where no class has it.
    pub from: Option<ClassId>,
    /// Whose it would be.
    pub to: Option<ClassId>,
}

/// What would become of a class.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Becomes {
    /// It would be made, with this MRO.
    Made(Vec<ClassId>),
    /// It would raise.
    Raises(Raised),
    /// It derives from one that would.
    Lost,
}

/// What would be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WhatIf {
    /// The class whose statement is changed.
    pub class: ClassId,
    /// The change.
    pub edit: StatementEdit,
    /// Its MRO now; none where it is not made.
    pub now: Option<Vec<ClassId>>,
    /// What would become of it.
    pub then: Becomes,
    /// Its metaclass now and then, where that changes.
    pub metaclass: Option<(ClassId, ClassId)>,
    /// The classes below it of which something would change, in order of creation.
    pub below: Vec<(ClassId, Becomes)>,
    /// How many classes there are below it.
    pub descendants: usize,
    /// Names that would come from elsewhere, its own first.
    pub moved: Vec<NameMoved>,
}

impl Analysis {
    /// Says what would be if the statement of a class had this head: `C(B, A)`, `class C(A, metaclass=M)`.
    ///
    /// Bases are looked up where the statement stands; one that its module does not know is looked for in the whole project, and
    /// would have to be imported, which the edit does.
    pub fn what_if(&self, class: ClassId, head: &str) -> Result<WhatIf, WhatIfError> {
        let class = self.class(class);
        let edit = self.wanted(class, head)?;
        let bases = edit.bases;
        let mut wanted: Vec<ClassId> = self.hierarchy().descendants(class.id());
        let descendants = wanted.len();
        wanted.push(class.id());
        wanted.extend(bases.iter().copied());
        wanted.extend(edit.metaclass);
        let version = self.world.python.parse();
        let version = version.unwrap_or_else(|()| crate::cpython::Facts::newest());
        let mut bench = Workbench::new(&self.classes, wanted, version);
        let unknown = || WhatIfError::Unknown {
            class: class.path().qualname.to_string(),
        };
        let target = bench.copy(class.id()).ok_or_else(unknown)?;
        if matches!(class.outcome(), Outcome::Unknown { .. }) {
            return Err(unknown());
        }
        let copies = bases.iter().map(|&base| bench.copy(base));
        let copies: Vec<ClassId> = copies.collect::<Option<_>>().ok_or_else(unknown)?;
        let asked = edit.metaclass.and_then(|it| bench.copy(it));
        let before: Vec<Option<Vec<ClassId>>> = bench
            .classes()
            .ids()
            .map(|id| bench.classes().mro(id).map(<[ClassId]>::to_vec))
            .collect();
        let old_metaclass = class.made().map(|made| made.metaclass);
        let metaclass = |id: ClassId| asked.filter(|_| id == target);
        bench.rebase_asking(target, &copies, &metaclass, edit.asks_for_none);
        Ok(self.told(
            class,
            edit.edit,
            &bench,
            target,
            &before,
            old_metaclass,
            descendants,
        ))
    }

    /// What stands on the bench after the change, in the ids of the analysis.
    #[expect(clippy::too_many_arguments, reason = "the two sides of one comparison")]
    fn told(
        &self,
        class: ClassRef<'_>,
        edit: StatementEdit,
        bench: &Workbench,
        target: ClassId,
        before: &[Option<Vec<ClassId>>],
        old_metaclass: Option<ClassId>,
        descendants: usize,
    ) -> WhatIf {
        let original = |id: &ClassId| bench.original(*id).unwrap_or(*id);
        let originals = |ids: &[ClassId]| -> Vec<ClassId> { ids.iter().map(original).collect() };
        let fate = |id: ClassId| match &bench.classes().get(id).outcome {
            Outcome::Created(made) => {
                let lost = made
                    .bases
                    .iter()
                    .any(|&base| bench.classes().made(base).is_none());
                if lost {
                    Becomes::Lost
                } else {
                    Becomes::Made(originals(&made.mro))
                }
            }
            Outcome::Raises(raised) => Becomes::Raises(Raised {
                bases: originals(&raised.bases),
                reason: raised
                    .reason
                    .as_ref()
                    .map(|it| Box::new(it.under(&original))),
                ..raised.clone()
            }),
            Outcome::Unknown { .. } => Becomes::Lost,
        };
        let mut below = vec![];
        let mut lost: FxHashSet<ClassId> = FxHashSet::default();
        let mut moved = Moving::new(self);
        let then = fate(target);
        let now = before
            .get(target.0 as usize)
            .and_then(Option::as_ref)
            .map(|mro| originals(mro));
        if let (Some(now), Becomes::Made(then)) = (&now, &then) {
            moved.compare(class.id(), now, then);
        }
        if !matches!(then, Becomes::Made(_)) {
            lost.insert(target);
        }
        for id in bench.classes().own_ids().filter(|&id| id != target) {
            let Some(now) = before.get(id.0 as usize).and_then(Option::as_ref) else {
                continue;
            };
            let mut fate = fate(id);
            let bases = bench.classes().made(id).map_or(&[][..], |made| &made.bases);
            if bases.iter().any(|base| lost.contains(base)) {
                fate = Becomes::Lost;
            }
            if !matches!(fate, Becomes::Made(_)) {
                lost.insert(id);
            }
            let now = originals(now);
            if let Becomes::Made(then) = &fate {
                if *then == now {
                    continue;
                }
                moved.compare(original(&id), &now, then);
            }
            below.push((original(&id), fate));
        }
        let metaclass = bench
            .classes()
            .made(target)
            .map(|made| original(&made.metaclass));
        WhatIf {
            class: class.id(),
            edit,
            now,
            then,
            metaclass: old_metaclass.zip(metaclass).filter(|(old, new)| old != new),
            below,
            descendants,
            moved: moved.found,
        }
    }

    /// What was typed, as an edit of the statement, and the classes that it names.
    fn wanted(&self, class: ClassRef<'_>, head: &str) -> Result<Wanted, WhatIfError> {
        let head_text = head;
        let head = class_head(head).map_err(|message| WhatIfError::Syntax {
            text: head_text.trim().to_owned(),
            message,
        })?;
        if head.name != class.name() {
            return Err(WhatIfError::OtherName {
                name: class.name().to_owned(),
            });
        }
        let not_editable = || WhatIfError::NotEditable {
            class: class.path().to_string(),
        };
        let statement = class
            .statement()
            .filter(|_| class.is_editable())
            .ok_or_else(not_editable)?;
        let written = statement.bases.iter().map(|piece| class.written(*piece));
        let written: Vec<&str> = written.collect();
        let known = class.editable(&statement).map(|it| it.bases);
        let mut imports: Vec<Import> = vec![];
        let mut bases = vec![];
        for text in &head.bases {
            let same = written.iter().position(|it| same_text(it, text));
            let as_before = same.and_then(|at| known.as_ref()?.get(at).copied());
            bases.push(match as_before {
                Some(id) => id,
                None => self.looked_up(class, text, &mut imports)?,
            });
        }
        let metaclass = head.keywords.iter().find(|(name, _)| name == "metaclass");
        let asked = metaclass
            .map(|(_, text)| self.looked_up(class, text, &mut imports))
            .transpose()?;
        let rewrite = rewritten(class, &statement, &head, imports);
        Ok(Wanted {
            bases,
            metaclass: asked,
            asks_for_none: metaclass.is_none(),
            edit: StatementEdit {
                class: class.id(),
                rewrite,
            },
        })
    }

    /// The class that a text means where a class statement stands.
    fn looked_up(
        &self,
        class: ClassRef<'_>,
        text: &str,
        imports: &mut Vec<Import>,
    ) -> Result<ClassId, WhatIfError> {
        let module = class.path().module.as_str();
        let plain = text.split_once('[').map_or(text, |(name, _)| name).trim();
        if let Some(id) = self.named(module, plain) {
            return Ok(id);
        }
        if let Some(id) = self.named("builtins", plain) {
            return Ok(id);
        }
        if let Some((module, name)) = plain.rsplit_once('.')
            && let Some(id) = self.named(module, name)
        {
            return Ok(id);
        }
        match self.find(plain) {
            Target::Class(id) => {
                let path = &self.classes.get(id).path;
                if !plain.contains(['.', ':']) && !path.qualname.contains('.') {
                    imports.push(Import {
                        module: path.module.to_string(),
                        name: path.qualname.to_string(),
                    });
                }
                Ok(id)
            }
            Target::Ambiguous(ids) => Err(WhatIfError::Ambiguous {
                text: plain.to_owned(),
                candidates: ids
                    .into_iter()
                    .map(|id| self.classes.get(id).path.clone())
                    .collect(),
            }),
            Target::Unknown(near) => Err(WhatIfError::UnknownBase {
                text: plain.to_owned(),
                near,
            }),
        }
    }
}

struct Wanted {
    bases: Vec<ClassId>,
    metaclass: Option<ClassId>,
    asks_for_none: bool,
    edit: StatementEdit,
}

/// Whether two texts say the same, whatever blanks stand in them.
fn same_text(one: &str, other: &str) -> bool {
    let plain = |text: &str| -> String { text.chars().filter(|it| !it.is_whitespace()).collect() };
    one == other || plain(one) == plain(other)
}

/// What has to be changed in a statement for it to have this head.
fn rewritten(
    class: ClassRef<'_>,
    statement: &crate::syntax::Statement,
    head: &Head,
    imports: Vec<Import>,
) -> Rewrite {
    let written: Vec<&str> = statement
        .bases
        .iter()
        .map(|piece| class.written(*piece))
        .collect();
    let bases: Vec<String> = head
        .bases
        .iter()
        .map(|text| {
            let same = written.iter().find(|it| same_text(it, text));
            same.map_or_else(|| text.clone(), |it| (*it).to_owned())
        })
        .collect();
    let mut keywords: Vec<(String, Option<String>)> = vec![];
    for (name, text) in &head.keywords {
        let old = statement
            .keywords
            .iter()
            .find(|(it, ..)| it.as_deref() == Some(name));
        if old.is_none_or(|(_, _, value)| !same_text(class.written(*value), text)) {
            keywords.push((name.clone(), Some(text.clone())));
        }
    }
    for (name, ..) in &statement.keywords {
        if let Some(name) = name
            && !head.keywords.iter().any(|(it, _)| it == name)
        {
            keywords.push((name.clone(), None));
        }
    }
    Rewrite {
        bases: (bases != written).then_some(bases),
        keywords,
        imports,
        ..Rewrite::default()
    }
}

/// Collects the names that come from elsewhere.
struct Moving<'a> {
    analysis: &'a Analysis,
    /// The classes of source that have a name of their own.
    owners: FxHashMap<ClassId, Vec<&'a Name>>,
    found: Vec<NameMoved>,
}

impl<'a> Moving<'a> {
    fn new(analysis: &'a Analysis) -> Self {
        Self {
            analysis,
            owners: FxHashMap::default(),
            found: vec![],
        }
    }

    /// The names that a class of source has itself.
    fn names(&mut self, id: ClassId) -> &[&'a Name] {
        let classes = &self.analysis.classes;
        self.owners.entry(id).or_insert_with(|| {
            if classes.is_interpreters(id) {
                return vec![];
            }
            let names = classes.members(id).keys();
            names.filter(|name| !says_nothing(name)).collect()
        })
    }

    fn compare(&mut self, class: ClassId, now: &[ClassId], then: &[ClassId]) {
        let mut all: Vec<&'a Name> = vec![];
        for &id in now.iter().chain(then.iter().filter(|id| !now.contains(id))) {
            all.extend_from_slice(self.names(id));
        }
        all.sort_unstable();
        all.dedup();
        let classes = &self.analysis.classes;
        let provider = |mro: &[ClassId], name: &Name| {
            let mut mro = mro.iter().copied();
            mro.find(|&id| classes.members(id).contains_key(name))
        };
        for name in all {
            let (from, to) = (provider(now, name), provider(then, name));
            if from != to {
                self.found.push(NameMoved {
                    class,
                    name: name.clone(),
                    from,
                    to,
                });
            }
        }
    }
}
