//! Why a class statement raises and what mends it: the fewest statements at fault, and the smallest edits, each proved by a run on paper.

use crate::analysis::{
    Analysis, Changed, ClassRef, EditedFile, Fate, ModuleOrigin, Named, Provider, StatementEdit,
    edited, slot_moves, small_edits,
};
use crate::evaluate::AtRest;
use crate::semantics::{ClassId, ClassPath, Core, Editable, Outcome, Raised, core, mends};
use crate::source::PythonVersion;
use crate::syntax::Statement;

use super::Trials;
use super::stage::{Stage, touched};

/// Mends of each sort that are shown.
const MOST_FAITHFUL: usize = 5;
const MOST_OTHERS: usize = 3;

/// Runs that are made for one class statement.
const MOST_RUNS: usize = 40;

/// The same, where nothing is known of what makes it raise but that it does.
const MOST_BLIND_RUNS: usize = 160;
const MOST_BLIND_PAIRS: usize = 600;

/// Runs that are made for moves of slots, and those that are shown.
const MOST_MOVE_RUNS: usize = 8;
const MOST_MOVES: usize = 4;

/// Classes that all runs of one sort may make together, and runs that are made in any case.
const MOST_MADE: usize = 40_000;
const FEWEST_RUNS: usize = 10;

/// Why a class statement raises, and what mends it.
#[derive(Debug, Clone)]
pub struct Explanation {
    /// The class that is not made.
    pub class: ClassId,
    /// What it raises.
    pub raised: Raised,
    /// The fewest statements that cannot all hold; none where it is no matter of classes alone.
    pub core: Option<Core>,
    /// Edits after which it is made, and every class that was made before: those that keep every ancestor first, then the smallest.
    pub mends: Vec<Mended>,
    /// Classes that have a part in it and come from installed distributions: `Django 5.2.1`.
    pub libraries: Vec<(ClassId, String)>,
}

impl Explanation {
    /// The distribution and version of a class that has a part in it.
    pub fn library_of(&self, class: ClassId) -> Option<&str> {
        let mut known = self.libraries.iter();
        let found = known.find(|(id, _)| *id == class);
        found.map(|(_, said)| said.as_str())
    }
}

/// What comes of a class in each version of Python.
pub type Fates = Vec<(PythonVersion, Fate)>;

/// Edits, and what came of a run with them.
#[derive(Debug, Clone)]
pub struct Mended {
    /// The edits, each of another statement.
    pub edits: Vec<StatementEdit>,
    /// The files as they would be.
    pub files: Vec<EditedFile>,
    /// Whether no class loses an ancestor.
    pub is_faithful: bool,
    /// The MRO of the class then.
    pub mro: Vec<Named>,
    /// Names of classes that were made before that come from another class then.
    pub changes: Vec<(Named, Provider)>,
    /// What else changes of classes that were there: MRO, metaclass, exception.
    pub changed: Vec<Changed>,
    /// Class statements that raise then and did not before: no import came to them.
    pub raising: Vec<(Named, String)>,
}

/// Explains each of these class statements that raises; those that do not, or not so in a run of what hangs on them, are left out.
pub fn explained(
    analysis: &Analysis,
    run: &AtRest<'_, '_>,
    trials: &Trials<'_>,
    classes: &[ClassId],
) -> Vec<Explanation> {
    let explain = |&id: &ClassId| {
        let class = analysis.class(id);
        let raised = raised(class)?.clone();
        let mut search = Search::new(class, &raised, run, trials)?;
        let core = core(&analysis.classes, id, &raised);
        Some(Explanation {
            class: id,
            libraries: libraries(analysis, trials, &raised, core.as_ref()),
            mends: search.mends(core.as_ref()),
            core,
            raised,
        })
    };
    classes.iter().filter_map(explain).collect()
}

/// What comes of each of these classes in each version of Python that is known, oldest first; nothing for those that belong to one.
pub fn fates(
    analysis: &Analysis,
    run: &AtRest<'_, '_>,
    trials: &Trials<'_>,
    classes: &[ClassId],
) -> Vec<Fates> {
    let modules = touched(analysis, run, trials, classes.iter().copied());
    let paths = classes.iter().map(|&id| analysis.class(id).path());
    let paths: Vec<&ClassPath> = paths.collect();
    let mut of_classes = vec![vec![]; classes.len()];
    for (version, fates) in trials.fates(analysis, &modules, &paths) {
        for (of_class, fate) in of_classes.iter_mut().zip(fates) {
            of_class.push((version, fate));
        }
    }
    of_classes
}

/// The classes of installed distributions that are named when an exception is explained.
fn libraries(
    analysis: &Analysis,
    trials: &Trials<'_>,
    raised: &Raised,
    core: Option<&Core>,
) -> Vec<(ClassId, String)> {
    let claims = core.into_iter().flat_map(|core| &core.claims);
    let claimed = claims.flat_map(|claim| claim.says.iter().chain([&claim.class]));
    let mut ids: Vec<ClassId> = claimed.chain(&raised.bases).copied().collect();
    ids.sort_unstable();
    ids.dedup();
    let said = ids.into_iter().filter_map(|id| {
        let class = analysis.class(id);
        if class.home() != ModuleOrigin::ThirdParty {
            return None;
        }
        let file = analysis.file(class.place()?.file);
        let distribution = trials.distribution_of(&file.path)?;
        let said = format!("{} {}", distribution.name, distribution.version);
        Some((id, said.trim().to_owned()))
    });
    said.collect()
}

/// What a class statement raises, or its decorator.
fn raised(class: ClassRef<'_>) -> Option<&Raised> {
    match class.outcome() {
        Outcome::Raises(raised) => Some(raised),
        _ => class.refused(),
    }
}

/// Edits that are yet to be proved.
struct Candidate {
    edits: Vec<StatementEdit>,
    is_faithful: bool,
}

struct Search<'a, 't> {
    class: ClassRef<'a>,
    raised: Raised,
    trials: &'a Trials<'t>,
    stage: Stage,
    /// The class there.
    target: Named,
    /// The classes above it whose statements may be edited, itself first.
    statements: Vec<(ClassId, Statement)>,
    version: PythonVersion,
    runs: usize,
}

impl<'a, 't> Search<'a, 't> {
    /// None where the exception is another one in a run of less than the whole project.
    fn new(
        class: ClassRef<'a>,
        raised: &Raised,
        run: &AtRest<'_, '_>,
        trials: &'a Trials<'t>,
    ) -> Option<Self> {
        let analysis = class.analysis();
        let mut above: Vec<ClassId> = vec![class.id()];
        for &base in &raised.bases {
            for &id in analysis.classes.mro(base).unwrap_or_default() {
                if !above.contains(&id) && analysis.class(id).is_editable() {
                    above.push(id);
                }
            }
        }
        let statements: Vec<(ClassId, Statement)> = above
            .into_iter()
            .filter_map(|id| Some((id, analysis.class(id).statement()?)))
            .collect();
        let ids = statements.iter().map(|(id, _)| *id);
        let stage = Stage::new(analysis, run, trials, ids);
        let target = analysis.named_as(class.id());
        let there = stage.before.class(stage.before.class_named(&target)?);
        let is_same = self::raised(there).is_some_and(|it| it.line() == raised.line());
        is_same.then(|| Self {
            class,
            raised: raised.clone(),
            trials,
            stage,
            target,
            statements,
            version: analysis.world.version(),
            runs: 0,
        })
    }

    fn mends(&mut self, core: Option<&Core>) -> Vec<Mended> {
        let mut proved: Vec<Mended> = vec![];
        let found = self.among_classes();
        self.prove_all(found, MOST_RUNS, &mut proved);
        if !proved.iter().any(|mend| mend.edits.len() == 1) {
            let found = self.blind();
            self.prove_all(found, MOST_BLIND_RUNS, &mut proved);
        } else if !proved
            .iter()
            .any(|mend| mend.edits.len() == 1 && mend.is_faithful)
        {
            // Orders of what is written, where it stands for other bases: `typing.Mapping[K, V]`.
            let analysis = self.class.analysis();
            let is_open = |it: &Candidate| {
                let mut edits = it.edits.iter();
                edits.all(|edit| {
                    self.statements.iter().any(|(id, statement)| {
                        *id == edit.class && analysis.class(*id).editable(statement).is_none()
                    })
                })
            };
            let mut found = self.blind();
            found.retain(|it| it.is_faithful && is_open(it));
            self.prove_all(found, MOST_BLIND_RUNS, &mut proved);
        }
        if proved.is_empty() {
            let found = self.blind_pairs();
            self.prove_all(found, MOST_BLIND_PAIRS, &mut proved);
        }
        // To move slots takes two edits, and leaves more as it was than to do without them.
        let moves = core.map_or_else(Vec::new, |core| {
            slot_moves(self.class.analysis(), self.class.id(), core)
        });
        let moves = moves.into_iter().map(|edits| Candidate {
            edits: edits.to_vec(),
            is_faithful: true,
        });
        let mut moved = vec![];
        self.prove_all(moves.collect(), MOST_MOVE_RUNS, &mut moved);
        moved.retain(|it| it.is_faithful);
        moved.truncate(MOST_MOVES);
        proved.extend(moved);
        proved.sort_by_key(|it| {
            let weight = it.changes.len() + it.changed.len();
            (!it.is_faithful, it.edits.len(), weight)
        });
        proved
    }

    /// Proves candidates in their order, until there are enough of each sort.
    fn prove_all(&mut self, candidates: Vec<Candidate>, most: usize, proved: &mut Vec<Mended>) {
        // Where a run makes many classes, few runs have to do.
        let made = self.stage.before.classes.own_ids().len().max(1);
        let most = (self.runs + most).min(self.runs + (MOST_MADE / made).max(FEWEST_RUNS));
        for candidate in candidates {
            // Where an edit keeps every ancestor, or one of the statement itself is as small, to take one from a class elsewhere is no cure.
            let is_elsewhere = candidate
                .edits
                .iter()
                .any(|edit| edit.class != self.class.id());
            let is_here = |it: &Mended| it.edits.iter().all(|edit| edit.class == self.class.id());
            let is_better = |it: &Mended| {
                (it.is_faithful || is_here(it)) && it.edits.len() <= candidate.edits.len()
            };
            if !candidate.is_faithful && is_elsewhere && proved.iter().any(is_better) {
                continue;
            }
            let enough = |is_faithful, most| {
                let same = proved.iter().filter(|it| it.is_faithful == is_faithful);
                same.count() >= most
            };
            let is_enough = if candidate.is_faithful {
                enough(true, MOST_FAITHFUL)
            } else {
                enough(false, MOST_OTHERS)
            };
            if is_enough {
                continue;
            }
            if self.runs >= most {
                break;
            }
            proved.extend(self.prove(candidate.edits));
        }
    }

    /// What is found among class objects alone; nothing where it is not a matter of these.
    fn among_classes(&self) -> Vec<Candidate> {
        use crate::semantics::TypeNewError as E;
        let analysis = self.class.analysis();
        let is_of_classes = matches!(
            self.raised.reason.as_deref(),
            Some(
                E::InconsistentMro { .. }
                    | E::MetaclassConflict { .. }
                    | E::LayoutConflict { .. }
                    | E::DuplicateBase(_)
            )
        );
        if !is_of_classes {
            return vec![];
        }
        let editable: Vec<Editable> = self
            .statements
            .iter()
            .filter_map(|(id, statement)| analysis.class(*id).editable(statement))
            .collect();
        let below: Vec<ClassId> = editable
            .iter()
            .flat_map(|it| analysis.hierarchy().descendants(it.class))
            .collect();
        let found = mends(
            &analysis.classes,
            self.class.id(),
            &editable,
            &below,
            self.version,
        );
        let as_text = |edit: &crate::semantics::Edit| {
            let statements = &self.statements;
            let (_, statement) = statements.iter().find(|(id, _)| *id == edit.class)?;
            analysis.class(edit.class).as_text(edit, statement)
        };
        let candidates = found.iter().filter_map(|mend| {
            let edits: Option<Vec<StatementEdit>> = mend.edits.iter().map(as_text).collect();
            Some(Candidate {
                edits: edits?,
                is_faithful: mend.is_faithful,
            })
        });
        candidates.collect()
    }

    /// Each small edit of the failing statement, then of those above it, where only a run can tell what they do.
    fn blind(&self) -> Vec<Candidate> {
        let all = self.statements.iter().flat_map(|(id, statement)| {
            let class = self.class.analysis().class(*id);
            let edits = small_edits(class, statement, &self.raised, *id == self.class.id());
            let edit_of = |(rewrite, is_faithful)| Candidate {
                edits: vec![StatementEdit {
                    class: *id,
                    rewrite,
                }],
                is_faithful,
            };
            edits.into_iter().map(edit_of)
        });
        all.collect()
    }

    /// Two small edits at once: one of the failing statement first.
    fn blind_pairs(&self) -> Vec<Candidate> {
        let single = self.blind();
        let mut found = vec![];
        for (at, first) in single.iter().enumerate() {
            for second in &single[at + 1..] {
                if first.edits[0].class != second.edits[0].class {
                    found.push(Candidate {
                        edits: vec![first.edits[0].clone(), second.edits[0].clone()],
                        is_faithful: first.is_faithful && second.is_faithful,
                    });
                }
            }
        }
        // What drops bases changes most, and mends most.
        found.sort_by_key(|it| it.is_faithful);
        found
    }

    /// Runs the modules with the edits; none where the class is not made then, or another one no more.
    fn prove(&mut self, edits: Vec<StatementEdit>) -> Option<Mended> {
        self.runs += 1;
        let analysis = self.class.analysis();
        let files = edited(analysis, &edits)?;
        let tried = self.stage.tried(self.trials, &files, &self.target);
        let mro = tried.mro?;
        if !tried.is_known || !tried.broken.is_empty() {
            return None;
        }
        let asked = self.raised.bases.iter();
        let above = asked.flat_map(|&base| analysis.classes.mro(base).unwrap_or_default());
        let above: Vec<Named> = above.map(|&id| analysis.named_as(id)).collect();
        let mut changed = tried.changed.iter();
        let keeps_all = changed.all(|it| {
            let after = it.after.mro.as_deref().unwrap_or_default();
            keeps(it.before.mro.as_deref(), after)
        });
        // Where its bases are not known, what is written tells whether one goes.
        let drops_one = self.raised.bases.is_empty()
            && edits.iter().any(|edit| {
                let written = self.statements.iter().find(|(id, _)| *id == edit.class);
                let bases = edit.rewrite.bases.as_ref();
                written
                    .zip(bases)
                    .is_some_and(|((_, it), bases)| bases.len() < it.bases.len())
            });
        Some(Mended {
            edits,
            files,
            is_faithful: keeps_all && !drops_one && keeps(Some(&above), &mro),
            mro,
            changes: tried.changes,
            changed: tried.changed,
            raising: tried.raising,
        })
    }
}

/// Whether all that was in one MRO is in another.
fn keeps(before: Option<&[Named]>, after: &[Named]) -> bool {
    before
        .unwrap_or_default()
        .iter()
        .all(|it| after.contains(it))
}
