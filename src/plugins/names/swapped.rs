//! Models that a setting swaps for another one: registering them does nothing (`django.contrib.admin.sites.AdminSite.register`).
//!
//! ```python
//! class User(AbstractUser):
//!     class Meta:
//!         swappable = "AUTH_USER_MODEL"      # settings.AUTH_USER_MODEL = "shop.Customer"
//! ```

use crate::plugins::names::follow::{Follow, Thing, What};
use crate::syntax::{Stmt, StmtKind};

impl Follow<'_> {
    /// Whether a setting names another class than this one in its place; `attribute` is where the class names the setting (`Meta.swappable`),
    /// `settings` the object that keeps it. False where that is not known.
    pub(in crate::plugins) fn is_swapped(
        &self,
        thing: &Thing,
        attribute: &str,
        settings: &str,
    ) -> bool {
        self.swapped(thing, attribute, settings).unwrap_or(false)
    }

    fn swapped(&self, thing: &Thing, attribute: &str, settings: &str) -> Option<bool> {
        let Thing::Defined(class) = thing else {
            return None;
        };
        let (around, name) = attribute.split_once('.')?;
        // What a class above says is of that one.
        let What::Class(def) = &class.what else {
            return None;
        };
        let has_own = |it: &Stmt| matches!(&it.kind, StmtKind::Class(it) if it.name == *around);
        if !def.body.iter().any(has_own) {
            return None;
        }
        let meta = self.attribute(thing, around);
        let setting = self.text_of(&self.attribute(&meta, name))?;
        let (module, object) = settings.split_once(':')?;
        let settings = self.dotted(module, object);
        let file = class.file.as_ref()?;
        let scope = crate::plugins::names::follow::Scope::of(file);
        let value = self.settle(self.attribute(&settings, &setting), &scope);
        let named = self.text_of(&value)?;
        let (app, model) = named.rsplit_once('.')?;
        let own = self.text_of(&self.attribute(&meta, "app_label"));
        let parts: Vec<&str> = file.name.split('.').collect();
        let at = parts.iter().position(|it| *it == "models");
        let around = at.and_then(|at| parts.get(at.checked_sub(1)?));
        let loaded = self.label_of(&file.name);
        let label = own.as_deref().or(loaded.as_deref());
        let label = label.or(around.copied())?;
        Some(!(label.eq_ignore_ascii_case(app) && class.qualname().eq_ignore_ascii_case(model)))
    }
}
