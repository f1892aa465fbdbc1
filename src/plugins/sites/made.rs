//! Calls of classes that derive from one of which making an object registers something: what that one is made with counts.

use std::sync::Arc;

use crate::plugins::names::follow::{Instance, Scope, Thing, What};
use crate::plugins::sites::places::{Site, Sites};
use crate::syntax::Call;

impl Sites<'_, '_> {
    /// Puts what a class of the framework gets in the place of what a class that derives from it is made with.
    pub(super) fn handed_up(&self, site: &mut Site, call: &Call, scope: &Scope) {
        let Thing::Defined(class) = &site.callee else {
            return;
        };
        let What::Class(_) = &class.what else { return };
        let made = Instance {
            class: class.path.clone(),
            object: String::new(),
            call: site.call.clone().map(|it| (scope.clone(), it)),
            attributes: String::new(),
            of: None,
        };
        let handed = (self.follow).handed_up(class, &made, (call, scope), self.wanted.module);
        let place = (scope.file.clone(), site.start, site.end);
        match handed {
            Ok(None) => {}
            Ok(Some((expr, inner))) => {
                (site.start, site.end) = (expr.start, expr.start);
                site.call = Some(Arc::new(expr));
                site.scope = inner;
                site.reason = Some(place);
            }
            Err(_) => site.call = None,
        }
    }
}
