//! `mroscope lock`, and what `mroscope check` says of pins that do not hold any more.
#![expect(
    clippy::format_push_string,
    reason = "what was said is put together run by run"
)]

use expect_test::expect;

use crate::support::Sandbox;
use crate::support::shell::Shell;

/// A model that relies on its mixin.
const SHOP: &str = "\
--- pyproject.toml
[project]
name = 'shop'
--- shop/__init__.py
--- shop/base.py
class Base:
    def save(self): ...
    def load(self): ...
class Audit(Base):
    def save(self): ...
class Stamp(Base): ...
--- shop/models.py
from shop.base import Audit, Base, Stamp
class Model(Audit, Stamp): ...
class Order(Model): ...
class Crossed(Base, Audit): ...
";

fn pinned() -> Sandbox {
    let sandbox = Sandbox::new(SHOP);
    let ran = Shell::new(&sandbox).run("lock shop.models:Model.save Order.load shop.models:Order");
    assert_eq!(ran.code, 0, "{ran}");
    sandbox
}

fn text(sandbox: &Sandbox) -> String {
    std::fs::read_to_string(sandbox.path("mroscope.lock")).unwrap_or_default()
}

/// What `check` says once some files are others.
fn checked(files: &[(&str, &str, &str)]) -> String {
    let sandbox = pinned();
    for (file, from, to) in files {
        let text =
            std::fs::read_to_string(sandbox.path(file)).expect("it is a file of the sandbox");
        assert!(text.contains(from), "{from}");
        sandbox.write(file, text.replace(from, to));
    }
    Shell::new(&sandbox).run("check").to_string()
}

#[test]
fn pins_are_written_sorted_and_kept_as_people_leave_them() {
    let sandbox = Sandbox::new(SHOP);
    let shell = Shell::new(&sandbox);
    expect![[r#"
        + shop.models:Order  Order Model Audit Stamp Base object
        + shop.models:Model.save  shop.base:Audit
        = shop.models:Order  Order Model Audit Stamp Base object
        ! 2 pins in mroscope.lock
        exit 0
    "#]]
    .assert_eq(
        &shell
            .run("lock shop.models:Order Model.save shop/models.py:3")
            .to_string(),
    );
    expect![[r#"
        + shop.models:Order.load  shop.base:Base
        = shop.models:Model.save  shop.base:Audit
        ! 3 pins in mroscope.lock
        exit 0
    "#]]
    .assert_eq(
        &shell
            .run("lock shop.models:Order.load shop.models:Model.save")
            .to_string(),
    );
    sandbox.write(
        "mroscope.lock",
        text(&sandbox).replace("[mro]", "# whole\n[mro]"),
    );
    expect![[r#"
        - shop.models:Order.load  shop.base:Base
        ! 2 pins in mroscope.lock
        exit 0
    "#]]
    .assert_eq(
        &shell
            .run("lock --remove shop.models:Order.load")
            .to_string(),
    );
    expect![[r##"
        # What this project relies on. `mroscope lock` writes it, `mroscope check` holds the project to it.
        version = 1

        [providers]
        "shop.models:Model.save" = "shop.base:Audit"

        # whole
        [mro]
        "shop.models:Order" = [
            "shop.models:Order",
            "shop.models:Model",
            "shop.base:Audit",
            "shop.base:Stamp",
            "shop.base:Base",
            "builtins:object",
        ]
    "##]].assert_eq(&text(&sandbox));
    expect![[r#"
        ! 2 pins in mroscope.lock, as before
        exit 0
    "#]]
    .assert_eq(&shell.run("lock").to_string());
    expect![[r#"
        shop/models.py:4:1: inconsistent-mro: `Crossed` raises TypeError: Cannot create a consistent method resolution order (MRO) for bases Base, Audit
        ! 1 fault in 6 classes
        exit 1
    "#]].assert_eq(&shell.run("check").to_string());
}

#[test]
fn what_changed_a_pin_is_said() {
    let mut said = String::new();
    let model = "class Model(Audit, Stamp)";
    for files in [
        [("shop/models.py", model, "class Model(Stamp, Audit)")].as_slice(),
        &[("shop/models.py", model, "class Model(Stamp)")],
        &[(
            "shop/base.py",
            "class Audit(Base):\n    def save(self): ...",
            "class Audit(Base): ...",
        )],
        &[
            (
                "shop/base.py",
                "class Stamp(Base): ...",
                "class Stamp(Base):\n    def save(self): ...",
            ),
            ("shop/models.py", model, "class Model(Stamp, Audit)"),
        ],
        &[(
            "shop/models.py",
            model,
            "class New(Audit):\n    def save(self): ...\nclass Model(New, Stamp)",
        )],
        &[(
            "shop/models.py",
            "class Model(Audit, Stamp): ...",
            "class Model(Audit, Stamp):\n    def save(self): ...",
        )],
        &[("shop/models.py", "class Order(Model): ...", "")],
        &[(
            "shop/models.py",
            "class Order(Model)",
            "class Order(Base, Model)",
        )],
        &[(
            "shop/models.py",
            "class Model(Audit, Stamp)",
            "import gone\nclass Model(gone.Model, Audit, Stamp)",
        )],
    ] {
        said.push_str(&format!("--\n{}", checked(files)));
    }
    expect![[r#"
        --
        shop/models.py:3:1: pin: the MRO of `shop.models:Order` is not as mroscope.lock:9 says: `Stamp` stands before `Audit` in the bases of `Model` (shop/models.py:2)
        shop/models.py:4:1: inconsistent-mro: `Crossed` raises TypeError: Cannot create a consistent method resolution order (MRO) for bases Base, Audit
        ! 2 faults in 6 classes
        exit 1
        --
        shop/models.py:2:1: pin: `shop.models:Model.save` comes from `shop.base:Base` (shop/base.py:1), not from `shop.base:Audit` as mroscope.lock:5 says: `Audit` is no ancestor any more; `class Model(Stamp)` (shop/models.py:2)
        shop/models.py:3:1: pin: the MRO of `shop.models:Order` is not as mroscope.lock:9 says: `shop.base:Audit` has left it
        shop/models.py:4:1: inconsistent-mro: `Crossed` raises TypeError: Cannot create a consistent method resolution order (MRO) for bases Base, Audit
        ! 3 faults in 6 classes
        exit 1
        --
        shop/models.py:2:1: pin: `shop.models:Model.save` comes from `shop.base:Base` (shop/base.py:1), not from `shop.base:Audit` as mroscope.lock:5 says: `Audit` has no `save` any more (shop/base.py:4)
        shop/models.py:4:1: inconsistent-mro: `Crossed` raises TypeError: Cannot create a consistent method resolution order (MRO) for bases Base, Audit
        ! 2 faults in 6 classes
        exit 1
        --
        shop/models.py:2:1: pin: `shop.models:Model.save` comes from `shop.base:Stamp` (shop/base.py:6), not from `shop.base:Audit` as mroscope.lock:5 says: `Stamp` stands before `Audit` in the bases of `Model` (shop/models.py:2)
        shop/models.py:3:1: pin: the MRO of `shop.models:Order` is not as mroscope.lock:9 says: `Stamp` stands before `Audit` in the bases of `Model` (shop/models.py:2)
        shop/models.py:4:1: inconsistent-mro: `Crossed` raises TypeError: Cannot create a consistent method resolution order (MRO) for bases Base, Audit
        ! 3 faults in 6 classes
        exit 1
        --
        shop/models.py:4:1: pin: `shop.models:Model.save` comes from `shop.models:New` (shop/models.py:2), not from `shop.base:Audit` as mroscope.lock:5 says: `New` derives from `Audit` and stands before it (shop/models.py:2)
        shop/models.py:5:1: pin: the MRO of `shop.models:Order` is not as mroscope.lock:9 says: `shop.models:New` is new, a base of `Model` (shop/models.py:4)
        shop/models.py:6:1: inconsistent-mro: `Crossed` raises TypeError: Cannot create a consistent method resolution order (MRO) for bases Base, Audit
        ! 3 faults in 7 classes
        exit 1
        --
        shop/models.py:2:1: pin: `shop.models:Model.save` comes from `shop.models:Model` (shop/models.py:2), not from `shop.base:Audit` as mroscope.lock:5 says: the class has a `save` of its own
        shop/models.py:5:1: inconsistent-mro: `Crossed` raises TypeError: Cannot create a consistent method resolution order (MRO) for bases Base, Audit
        ! 2 faults in 6 classes
        exit 1
        --
        mroscope.lock:6:1: pin: `shop.models:Order` is not there (`mroscope lock --remove shop.models:Order.load` takes the pin away)
        mroscope.lock:9:1: pin: `shop.models:Order` is not there (`mroscope lock --remove shop.models:Order` takes the pin away)
        shop/models.py:4:1: inconsistent-mro: `Crossed` raises TypeError: Cannot create a consistent method resolution order (MRO) for bases Base, Audit
        ! 3 faults in 5 classes
        exit 1
        --
        shop/models.py:3:1: inconsistent-mro: `Order` raises TypeError: Cannot create a consistent method resolution order (MRO) for bases Base, Model
        shop/models.py:3:1: pin: `shop.models:Order.load` is pinned in mroscope.lock:6, and the class cannot be made
        shop/models.py:3:1: pin: `shop.models:Order` is pinned in mroscope.lock:9, and the class cannot be made
        ! 3 faults in 6 classes; no import comes to 1 class statement, since another statement raises first
        exit 1
        --
        shop/models.py:3:1: pin: whether `shop.models:Model.save` is as mroscope.lock:5 says is not known: `gone`: `gone` is not installed in the environment that was searched (shop/models.py:2)
        shop/models.py:4:1: pin: whether `shop.models:Order.load` is as mroscope.lock:6 says is not known: `gone`: `gone` is not installed in the environment that was searched (shop/models.py:2)
        shop/models.py:4:1: pin: whether `shop.models:Order` is as mroscope.lock:9 says is not known: `gone`: `gone` is not installed in the environment that was searched (shop/models.py:2)
        shop/models.py:5:1: inconsistent-mro: `Crossed` raises TypeError: Cannot create a consistent method resolution order (MRO) for bases Base, Audit
        ! 4 faults in 6 classes
        exit 1
    "#]].assert_eq(&said);
}

#[test]
fn what_changed_is_taken_over_where_that_is_asked_for() {
    let sandbox = pinned();
    sandbox.write(
        "shop/models.py",
        "from shop.base import Audit, Stamp\nclass Model(Stamp): ...\nclass Order(Model): ...\n",
    );
    let shell = Shell::new(&sandbox);
    expect![[r#"
        ~ shop.models:Model.save  shop.base:Audit → shop.base:Base
        ~ shop.models:Order  Order Model Audit Stamp Base object → Order Model Stamp Base object
        ! 3 pins in mroscope.lock
        exit 0
    "#]]
    .assert_eq(&shell.run("lock").to_string());
    assert_eq!(shell.run("check").code, 0);
    sandbox.write("shop/models.py", "class Order: ...\n");
    let before = text(&sandbox);
    expect![[r#"
        ! shop.models:Model.save  `shop.models:Model` is not there (`mroscope lock --remove shop.models:Model.save` takes the pin away)
        ! shop.models:Order.load  `shop.models:Order.load` comes from no class, not from `shop.base:Base` as mroscope.lock:6 says: `Base` is no ancestor any more; `class Order` (shop/models.py:1)
        ~ shop.models:Order  Order Model Stamp Base object → Order object
        ! 3 pins in mroscope.lock
        exit 1
    "#]].assert_eq(&shell.run("lock").to_string());
    assert!(
        before.contains("shop.models:Model.save")
            && text(&sandbox).contains("shop.models:Model.save")
    );
}

#[test]
fn a_part_of_the_project_is_held_to_its_own_pins() {
    let sandbox = pinned();
    let shell = Shell::new(&sandbox);
    assert_eq!(shell.run("check shop/base.py").code, 0);
    let inside = Shell::in_folder(&sandbox.path("shop"));
    assert_eq!(inside.run("lock shop.base:Audit.save").code, 0);
    assert!(
        text(&sandbox).contains("shop.base:Audit.save"),
        "{}",
        text(&sandbox)
    );
}

#[test]
fn what_cannot_be_pinned_or_read_is_said_and_nothing_written() {
    let mut said = String::new();
    for (lock, arguments) in [
        ("version = 2\n[future]\n", "check"),
        ("version = 2\n[future]\n", "lock shop.models:Model.save"),
        (
            "version = 1\n[providers]\nshop.models:Model.save = 'x'\n",
            "check",
        ),
        ("version = 1\n[provider]\n", "lock"),
        (
            "version = 1\n[providers]\n\"shop.models:Model\" = \"a:B\"\n",
            "check",
        ),
        (
            "version = 1\n[providers]\n\"shop.models:Model.save\" = 3\n",
            "check",
        ),
        (
            "version = 1\n[mro]\n\"shop.models:Model\" = [\"Model\"]\n",
            "check",
        ),
        ("version = \"1\"\n", "check"),
        (
            "version = 1\n[providers]\n\"shop.models:Modle.save\" = \"shop.base:Audit\"\n",
            "check",
        ),
        ("version = 1\n", "lock"),
        ("version = 1\n", "lock shop.models:Model.sav"),
        ("version = 1\n", "lock shop.models:Modle"),
        ("version = 1\n", "lock shop.models:Crossed"),
        (
            "version = 1\n",
            "lock shop.models:Model.save shop.models:Model.gone",
        ),
        ("version = 1\n", "lock --remove shop.models:Model.save"),
    ] {
        let sandbox = Sandbox::new(SHOP);
        sandbox.write("mroscope.lock", lock);
        let ran = Shell::new(&sandbox).run(arguments);
        said.push_str(&format!("$ {arguments}  # {}\n{ran}", lock.escape_debug()));
        assert_eq!(text(&sandbox), lock, "{arguments}");
    }
    let sandbox = Sandbox::new(SHOP);
    said.push_str(&Shell::new(&sandbox).run("lock").to_string());
    expect![[r#"
        $ check  # version = 2\n[future]\n
        ! error: [root]/mroscope.lock:1:11: the file has format 2, and this mroscope knows format 1
        !   hint: use the version of mroscope that wrote it, or a newer one
        exit 2
        $ lock shop.models:Model.save  # version = 2\n[future]\n
        ! error: [root]/mroscope.lock:1:11: the file has format 2, and this mroscope knows format 1
        !   hint: use the version of mroscope that wrote it, or a newer one
        exit 2
        $ check  # version = 1\n[providers]\nshop.models:Model.save = \'x\'\n
        ! error: [root]/mroscope.lock:3:12: invalid unquoted key, expected letters, numbers, `-`, `_`
        !   hint: names stand in quotes: `"pkg.mod:Class.attribute" = "pkg.mod:Provider"`
        exit 2
        $ lock  # version = 1\n[provider]\n
        ! error: [root]/mroscope.lock:2:2: `provider` is nothing that can be pinned
        !   hint: did you mean `providers`?
        exit 2
        $ check  # version = 1\n[providers]\n\"shop.models:Model\" = \"a:B\"\n
        ! error: [root]/mroscope.lock:3:1: `shop.models:Model` is no attribute of a class
        !   hint: write module, colon, class, dot and attribute: `shop.models:Order.save`
        exit 2
        $ check  # version = 1\n[providers]\n\"shop.models:Model.save\" = 3\n
        ! error: [root]/mroscope.lock:3:28: `shop.models:Model.save` has to be pinned to a class
        !   hint: write the class in quotes: `"shop.audit:AuditMixin"`
        exit 2
        $ check  # version = 1\n[mro]\n\"shop.models:Model\" = [\"Model\"]\n
        ! error: [root]/mroscope.lock:3:24: `Model` names no class
        !   hint: write module, colon and class: `shop.models:Order`
        exit 2
        $ check  # version = \"1\"\n
        ! error: [root]/mroscope.lock:1:11: `version` is no format there ever was
        !   hint: write `version = 1`
        exit 2
        $ check  # version = 1\n[providers]\n\"shop.models:Modle.save\" = \"shop.base:Audit\"\n
        mroscope.lock:3:1: pin: `shop.models:Modle` is not there; did you mean `shop.models:Model`? (`mroscope lock --remove shop.models:Modle.save` takes the pin away)
        shop/models.py:4:1: inconsistent-mro: `Crossed` raises TypeError: Cannot create a consistent method resolution order (MRO) for bases Base, Audit
        ! 2 faults in 6 classes
        exit 1
        $ lock  # version = 1\n
        ! error: nothing is pinned yet
        !   hint: name what you rely on: `mroscope lock pkg.mod:Class.attribute`
        exit 2
        $ lock shop.models:Model.sav  # version = 1\n
        ! error: nothing gives `shop.models:Model` an attribute `sav`
        !   hint: did you mean `save`?
        exit 2
        $ lock shop.models:Modle  # version = 1\n
        ! error: no class is named `shop.models:Modle`
        !   hint: did you mean one of these?
        !     shop.models:Model
        !     modulefinder:Module
        !     builtins:module
        !     ast:Module
        !     ast:mod
        exit 2
        $ lock shop.models:Crossed  # version = 1\n
        ! error: `shop.models:Crossed` cannot be pinned: TypeError: Cannot create a consistent method resolution order (MRO) for bases Base, Audit
        !   hint: `mroscope show` says why the class cannot be made
        exit 2
        $ lock shop.models:Model.save shop.models:Model.gone  # version = 1\n
        ! error: nothing gives `shop.models:Model` an attribute `gone`
        !   hint: name an attribute that a class of its MRO has
        exit 2
        $ lock --remove shop.models:Model.save  # version = 1\n
        ! error: nothing is pinned here
        !   hint: name with --path the project whose pins are meant
        exit 2
        ! error: nothing is pinned yet
        !   hint: name what you rely on: `mroscope lock pkg.mod:Class.attribute`
        exit 2
    "#]].assert_eq(&said);
}
