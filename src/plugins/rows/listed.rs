//! The classes of registries that calls ask for: `apps.get_models()`.

use std::cell::RefCell;
use std::rc::Rc;

use crate::plugins::files::modules::File;
use crate::plugins::frameworks::{Framework, Rule};
use crate::plugins::loading::loads::Loads;
use crate::plugins::names::follow::Follow;
use crate::plugins::names::listed::Listed;
use crate::plugins::rows::applied::Applying;
use crate::plugins::rows::matching::Matching;
use crate::plugins::sites::ran::RanCalls;
use crate::semantics::RowState;

/// The classes that certainly stand in the registries that a framework's calls give, as what is loaded has them.
pub(super) fn listed(
    framework: &Framework,
    follow: &Follow<'_>,
    loads: &Loads,
    project: &[Rc<File>],
) -> Listed {
    let applying = Applying {
        follow,
        ran: &RanCalls::default(),
        matching: Matching::new(follow, None),
        loads,
        sites: &[],
        own: project.iter().map(|it| it.name.clone()).collect(),
        collecting: RefCell::default(),
    };
    let mut found = vec![];
    let is_asked = |rule: &&Rule| framework.lists.iter().any(|it| it.of == rule.name);
    for rule in framework.registry.iter().filter(is_asked) {
        let rows = rule.derived.as_ref().map(|it| applying.derived(it));
        for row in rows.unwrap_or_default() {
            let (Some(key), Some(class)) = (&row.registered.key, row.defined) else {
                continue;
            };
            let Some((label, name)) = key.rsplit_once('.') else {
                continue;
            };
            // Not what is made beside it.
            if class.qualname().rsplit('.').next() != Some(name) {
                continue;
            }
            if row.registered.state == RowState::Alive {
                found.push((rule.name.clone(), label.to_owned(), class));
            } else {
                follow.leave_out(|| {
                    format!("whether `{key}` is one of the {} is not known", rule.name)
                });
            }
        }
    }
    found
}
