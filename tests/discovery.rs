//! What a path means: which files it stands for, and the names under which Python would import them.

use std::fmt::Write as _;
use std::path::Path;

use expect_test::{Expect, expect};
use mroscope::source::{
    DiscoverError, Environment, EnvironmentWish, Project, PythonVersion, discover,
};

use crate::support::Sandbox;

fn environment(path: &Path) -> Environment {
    Environment::find(path, &EnvironmentWish::default()).expect("nothing was wished for")
}

fn project(sandbox: &Sandbox, inside: &str) -> Project {
    let path = sandbox.path(inside);
    discover(&path, &environment(&path)).expect("there is Python at this path")
}

/// Roots, then `module ← file` a line, then what could not be used.
#[track_caller]
fn check(files: &str, inside: &str, expected: &Expect) {
    let sandbox = Sandbox::new(files);
    expected.assert_eq(&say(&sandbox, &project(&sandbox, inside)));
}

fn say(sandbox: &Sandbox, project: &Project) -> String {
    let mut said = String::new();
    let inside = |path: &Path| {
        let inside = path.strip_prefix(sandbox.root()).unwrap_or(path);
        format!("/{}", inside.display())
    };
    let roots: Vec<String> = project
        .roots
        .iter()
        .map(|root| inside(&root.path))
        .collect();
    writeln!(said, "roots {}", roots.join(" ")).ok();
    for found in &project.files {
        let package = if found.package { " (package)" } else { "" };
        writeln!(said, "{}{package} ← {}", found.module, inside(&found.path)).ok();
    }
    for trouble in &project.troubles {
        writeln!(
            said,
            "! {:?} {}: {}",
            trouble.kind,
            inside(&trouble.path),
            trouble.message
        )
        .ok();
    }
    said
}

#[test]
fn a_package_is_named_from_the_first_folder_without_an_init() {
    check(
        "--- work/shop/__init__.py\n--- work/shop/carts/__init__.py\n--- work/shop/carts/cart.py\n--- work/shop/till.py",
        "work/shop/carts",
        &expect![[r#"
            roots /work
            shop.carts (package) ← /work/shop/carts/__init__.py
            shop.carts.cart ← /work/shop/carts/cart.py
        "#]],
    );
}

#[test]
fn one_file_of_a_package_keeps_its_dotted_name() {
    check(
        "--- work/shop/__init__.py\n--- work/shop/till.py\n--- work/shop/other.py",
        "work/shop/till.py",
        &expect![[r#"
            roots /work
            shop.till ← /work/shop/till.py
        "#]],
    );
}

#[test]
fn scripts_are_modules_named_by_their_stems() {
    check(
        "--- cases/case_1.py\n--- cases/case_2.py\n--- cases/my-script.py",
        "cases",
        &expect![[r#"
            roots /cases
            case_1 ← /cases/case_1.py
            case_2 ← /cases/case_2.py
            my-script ← /cases/my-script.py
        "#]],
    );
}

#[test]
fn the_src_layout_is_known_without_being_told() {
    check(
        "--- repo/pyproject.toml\n--- repo/setup.py\n--- repo/src/shop/__init__.py\n--- repo/src/shop/till.py\n--- repo/tests/test_till.py\nimport shop.till",
        "repo",
        &expect![[r#"
            roots /repo/src /repo
            setup ← /repo/setup.py
            shop (package) ← /repo/src/shop/__init__.py
            shop.till ← /repo/src/shop/till.py
            tests.test_till ← /repo/tests/test_till.py
        "#]],
    );
}

#[test]
fn a_project_may_say_where_its_packages_are() {
    check(
        "--- repo/pyproject.toml\n[tool.setuptools.packages.find]\nwhere = [\"lib\"]\n--- repo/lib/shop/__init__.py",
        "repo",
        &expect![[r#"
            roots /repo/lib /repo
            shop (package) ← /repo/lib/shop/__init__.py
        "#]],
    );
    check(
        "--- repo/setup.cfg\n[options]\npackage_dir =\n    = python\n--- repo/python/shop/__init__.py",
        "repo",
        &expect![[r#"
            roots /repo/python /repo
            shop (package) ← /repo/python/shop/__init__.py
        "#]],
    );
    check(
        "--- repo/setup.py\nsetup(package_dir={'': 'code'}, packages=find_packages('code'))\n--- repo/code/shop/__init__.py",
        "repo",
        &expect![[r#"
            roots /repo/code /repo
            setup ← /repo/setup.py
            shop (package) ← /repo/code/shop/__init__.py
        "#]],
    );
    check(
        "--- repo/pyproject.toml\n[tool.poetry]\npackages = [{ include = \"shop\", from = \"py\" }]\n--- repo/py/shop/__init__.py",
        "repo",
        &expect![[r#"
            roots /repo/py /repo
            shop (package) ← /repo/py/shop/__init__.py
        "#]],
    );
    check(
        "--- repo/pyproject.toml\n[tool.hatch.build.targets.wheel]\npackages = [\"backend/shop\"]\n--- repo/backend/shop/__init__.py",
        "repo",
        &expect![[r#"
            roots /repo/backend /repo
            shop (package) ← /repo/backend/shop/__init__.py
        "#]],
    );
}

#[test]
fn namespace_packages_below_a_declared_root_keep_their_whole_name() {
    let files = "--- repo/pyproject.toml\n--- repo/src/google/cloud/store/__init__.py\n--- repo/src/google/cloud/store/bucket.py";
    check(
        files,
        "repo",
        &expect![[r#"
        roots /repo/src /repo
        google.cloud.store (package) ← /repo/src/google/cloud/store/__init__.py
        google.cloud.store.bucket ← /repo/src/google/cloud/store/bucket.py
    "#]],
    );
    check(
        files,
        "repo/src/google/cloud/store",
        &expect![[r#"
        roots /repo/src /repo
        google.cloud.store (package) ← /repo/src/google/cloud/store/__init__.py
        google.cloud.store.bucket ← /repo/src/google/cloud/store/bucket.py
    "#]],
    );
    check(
        files,
        "repo/src/google",
        &expect![[r#"
        roots /repo/src /repo
        google.cloud.store (package) ← /repo/src/google/cloud/store/__init__.py
        google.cloud.store.bucket ← /repo/src/google/cloud/store/bucket.py
    "#]],
    );
}

#[test]
fn a_folder_from_which_scripts_import_their_neighbours_is_a_root() {
    check(
        "--- repo/shop/__init__.py\n--- repo/scripts/run.py\nimport helpers\n--- repo/scripts/helpers.py\n--- repo/tools/one.py\nimport tools.two\n--- repo/tools/two.py",
        "repo",
        &expect![[r#"
            roots /repo /repo/scripts
            helpers ← /repo/scripts/helpers.py
            run ← /repo/scripts/run.py
            shop (package) ← /repo/shop/__init__.py
            tools.one ← /repo/tools/one.py
            tools.two ← /repo/tools/two.py
        "#]],
    );
}

#[test]
fn src_is_a_package_to_those_who_import_it_by_that_name() {
    check(
        "--- repo/.git/HEAD\n--- repo/train.py\nfrom src.models import Net\n--- repo/src/models.py",
        "repo",
        &expect![[r#"
            roots /repo
            src.models ← /repo/src/models.py
            train ← /repo/train.py
        "#]],
    );
}

#[test]
fn a_neighbour_called_like_the_standard_library_makes_no_root() {
    check(
        "--- repo/part/json.py\n--- repo/part/use.py\nimport json",
        "repo",
        &expect![[r#"
            roots /repo
            part.json ← /repo/part/json.py
            part.use ← /repo/part/use.py
        "#]],
    );
}

#[test]
fn projects_side_by_side_never_share_a_module_name() {
    check(
        "--- repo/libs/cart/pyproject.toml\n--- repo/libs/cart/cart/__init__.py\n--- repo/libs/cart/tests/__init__.py\n--- repo/libs/cart/tests/test_all.py\n--- repo/libs/till/pyproject.toml\n--- repo/libs/till/till/__init__.py\n--- repo/libs/till/tests/__init__.py\n--- repo/libs/till/tests/test_all.py",
        "repo",
        &expect![[r#"
            roots /repo /repo/libs/cart /repo/libs/till
            cart (package) ← /repo/libs/cart/cart/__init__.py
            libs.till.tests (package) ← /repo/libs/till/tests/__init__.py
            libs.till.tests.test_all ← /repo/libs/till/tests/test_all.py
            tests (package) ← /repo/libs/cart/tests/__init__.py
            tests.test_all ← /repo/libs/cart/tests/test_all.py
            till (package) ← /repo/libs/till/till/__init__.py
        "#]],
    );
}

#[test]
fn a_module_hidden_by_a_package_of_its_name_is_a_problem() {
    check(
        "--- work/shop.py\n--- work/shop/__init__.py\n--- work/till.py\n--- work/till.pyw",
        "work",
        &expect![[r#"
            roots /work
            shop (package) ← /work/shop/__init__.py
            till ← /work/till.py
            ! Hidden /work/shop.py: `import shop` finds `shop/__init__.py`
            ! Hidden /work/till.pyw: `import till` finds `till.py`
        "#]],
    );
}

#[test]
fn what_belongs_to_tools_is_left_out() {
    check(
        "--- repo/.git/HEAD\n--- repo/.gitignore\ngenerated/\n--- repo/setup.py\n--- repo/shop/__init__.py\n--- repo/generated/made.py\n--- repo/.venv/pyvenv.cfg\n--- repo/.venv/lib/python3.12/site-packages/other.py\n--- repo/env/pyvenv.cfg\n--- repo/env/x.py\n--- repo/node_modules/gyp/gyp.py\n--- repo/build/lib/shop/__init__.py\n--- repo/.hidden/x.py\n--- repo/shop/__pycache__/x.py\n--- repo/shop/stubs.pyi\n--- repo/target/CACHEDIR.TAG\n--- repo/target/x.py",
        "repo",
        &expect![[r#"
            roots /repo
            setup ← /repo/setup.py
            shop (package) ← /repo/shop/__init__.py
        "#]],
    );
}

#[test]
fn an_ignored_folder_is_read_when_it_is_asked_for() {
    check(
        "--- repo/.git/HEAD\n--- repo/.gitignore\ngenerated/\n*.py\n--- repo/generated/made.py",
        "repo/generated",
        &expect![[r#"
            roots /repo/generated /repo
            made ← /repo/generated/made.py
        "#]],
    );
}

const VENV: &str = "--- repo/.git/HEAD
--- repo/.gitignore
.venv
*
--- repo/app.py
--- repo/.venv/pyvenv.cfg
home = /nowhere/bin
version = 3.12.1
--- repo/.venv/lib/python3.12/site-packages/zope/interface/__init__.py
--- repo/.venv/lib/python3.12/site-packages/zope/interface/ro.py
--- repo/.venv/lib/python3.12/site-packages/click/__init__.py
--- repo/.venv/lib/python3.12/site-packages/six.py
--- repo/.venv/lib/python3.12/site-packages/.gitignore
*
--- repo/.venv/lib/python3.12/site-packages/linked.pth
../../../linked
import os; os.environ
--- repo/.venv/linked/edited.py
--- repo/.venv/lib/python3.12/site-packages/Zope_Thing-5.1.dist-info/METADATA
--- repo/.venv/lib/python3.12/site-packages/Zope_Thing-5.1.dist-info/entry_points.txt
[console_scripts]
zope = zope.interface:main  # says hello

[zope.plugins]
one = zope.one:Plugin
";

#[test]
fn what_lies_in_site_packages_is_named_from_there_whatever_ignore_files_say() {
    for (inside, expected) in [
        (
            "repo/.venv/lib/python3.12/site-packages/zope/interface",
            expect![[r#"
                roots /repo/.venv/lib/python3.12/site-packages
                zope.interface (package) ← /repo/.venv/lib/python3.12/site-packages/zope/interface/__init__.py
                zope.interface.ro ← /repo/.venv/lib/python3.12/site-packages/zope/interface/ro.py
            "#]],
        ),
        (
            "repo/.venv/lib/python3.12/site-packages/click",
            expect![[r#"
                roots /repo/.venv/lib/python3.12/site-packages
                click (package) ← /repo/.venv/lib/python3.12/site-packages/click/__init__.py
            "#]],
        ),
        (
            "repo/.venv/lib/python3.12/site-packages/six.py",
            expect![[r#"
                roots /repo/.venv/lib/python3.12/site-packages
                six ← /repo/.venv/lib/python3.12/site-packages/six.py
            "#]],
        ),
        (
            "repo/.venv",
            expect![[r#"
                roots /repo/.venv/lib/python3.12/site-packages /repo/.venv/linked
                click (package) ← /repo/.venv/lib/python3.12/site-packages/click/__init__.py
                edited ← /repo/.venv/linked/edited.py
                six ← /repo/.venv/lib/python3.12/site-packages/six.py
                zope.interface (package) ← /repo/.venv/lib/python3.12/site-packages/zope/interface/__init__.py
                zope.interface.ro ← /repo/.venv/lib/python3.12/site-packages/zope/interface/ro.py
            "#]],
        ),
    ] {
        check(VENV, inside, &expected);
    }
}

#[test]
fn the_environment_is_found_beside_the_project_and_around_what_is_in_it() {
    let sandbox = Sandbox::new(VENV);
    for inside in [
        "repo",
        "repo/app.py",
        "repo/.venv/lib/python3.12/site-packages/zope",
    ] {
        let found = environment(&sandbox.path(inside));
        assert_eq!(found.version, Some(PythonVersion::three(12)), "{inside}");
        assert_eq!(found.root, Some(sandbox.path("repo/.venv")), "{inside}");
        assert_eq!(
            found.site_packages,
            [sandbox.path("repo/.venv/lib/python3.12/site-packages")],
            "{inside}"
        );
        assert_eq!(found.linked.len(), 1, "{inside}: {:?}", found.linked);
        let distributions = found.distributions();
        assert_eq!(distributions.len(), 1);
        assert_eq!(distributions[0].name, "Zope_Thing");
        assert_eq!(distributions[0].version, "5.1");
        let said: Vec<String> = distributions[0]
            .entry_points
            .iter()
            .map(|point| format!("{} {}={}", point.group, point.name, point.value))
            .collect();
        assert_eq!(
            said,
            [
                "console_scripts zope=zope.interface:main",
                "zope.plugins one=zope.one:Plugin"
            ]
        );
    }
}

#[test]
fn the_standard_library_is_a_project_when_it_is_asked_for() {
    let files = "--- usr/lib/python3.13/os.py
--- usr/lib/python3.13/types.py
--- usr/lib/python3.13/json/__init__.py
--- usr/lib/python3.13/test/__init__.py
--- usr/lib/python3.13/test/test_descr.py
--- usr/lib/python3.13/site-packages/pip/__init__.py
--- usr/lib/python3.13/lib-dynload/x.py
--- usr/lib/python3.13/config-3.13-x86_64-linux-gnu/Makefile
--- usr/lib/python3.13/config-3.13-x86_64-linux-gnu/config.c
--- usr/lib/python3.13/config-3.13-x86_64-linux-gnu/python-config.py
--- usr/lib/python3.13/__pycache__/os.cpython-313.pyc";
    check(
        files,
        "usr/lib/python3.13",
        &expect![[r#"
        roots /usr/lib/python3.13
        json (package) ← /usr/lib/python3.13/json/__init__.py
        os ← /usr/lib/python3.13/os.py
        test (package) ← /usr/lib/python3.13/test/__init__.py
        test.test_descr ← /usr/lib/python3.13/test/test_descr.py
        types ← /usr/lib/python3.13/types.py
    "#]],
    );
    check(
        files,
        "usr/lib/python3.13/test",
        &expect![[r#"
        roots /usr/lib/python3.13
        test (package) ← /usr/lib/python3.13/test/__init__.py
        test.test_descr ← /usr/lib/python3.13/test/test_descr.py
    "#]],
    );
}

#[test]
fn entry_points_are_those_the_project_declares_and_those_installed() {
    let sandbox = Sandbox::new(
        "--- repo/pyproject.toml
[project]
name = \"my-shop\"
version = \"1.2\"
[project.scripts]
shop = \"shop:main\"
[project.entry-points.\"shop.carts\"]
plain = \"shop.carts:Cart\"
--- repo/setup.cfg
[options.entry_points]
pytest11 =
    shop = shop.testing  # fixtures
--- repo/shop.py
--- repo/.venv/pyvenv.cfg
version = 3.13.1
--- repo/.venv/lib/python3.13/site-packages/my_shop-1.2.dist-info/entry_points.txt
[console_scripts]
shop = shop:main
--- repo/.venv/lib/python3.13/site-packages/other-2.dist-info/entry_points.txt
[shop.carts]
big = other:BigCart
",
    );
    let environment = environment(&sandbox.path("repo"));
    let said: Vec<String> = project(&sandbox, "repo")
        .distributions(&environment)
        .iter()
        .flat_map(|distribution| {
            distribution.entry_points.iter().map(|point| {
                let (group, name, value) = (&point.group, &point.name, &point.value);
                format!("{}: [{group}] {name} = {value}", distribution.name)
            })
        })
        .collect();
    assert_eq!(
        said,
        [
            "my-shop: [console_scripts] shop = shop:main",
            "my-shop: [shop.carts] plain = shop.carts:Cart",
            "my-shop: [pytest11] shop = shop.testing",
            "other: [shop.carts] big = other:BigCart",
        ]
    );
}

#[test]
fn a_link_in_a_circle_is_a_problem_and_not_the_end() {
    let sandbox = Sandbox::new("--- work/shop/__init__.py");
    #[cfg(unix)]
    std::os::unix::fs::symlink(sandbox.path("work"), sandbox.path("work/again"))
        .expect("links can be made");
    let found = project(&sandbox, "work");
    assert_eq!(found.files.len(), 1);
    expect![[r#"
        roots /work
        shop (package) ← /work/shop/__init__.py
        ! Unreadable /work/again: a link to a folder that holds it; not followed
    "#]]
    .assert_eq(&say(&sandbox, &found));
}

#[test]
fn a_path_that_is_not_there_says_what_is_near() {
    let sandbox = Sandbox::new("--- work/shop/__init__.py\n--- empty/readme.txt\n--- stubs/x.pyi");
    let fails = |inside: &str| {
        let path = sandbox.path(inside);
        discover(&path, &Environment::default()).expect_err("this cannot be a project")
    };
    assert_eq!(
        fails("work/shpo"),
        DiscoverError::PathMissing {
            path: sandbox.path("work/shpo"),
            near: Some(sandbox.path("work/shop")),
        }
    );
    assert_eq!(
        fails("work/shop/__init__.py/x"),
        DiscoverError::NotAFolder {
            path: sandbox.path("work/shop/__init__.py/x"),
            part: sandbox.path("work/shop/__init__.py"),
        }
    );
    assert_eq!(
        fails("empty"),
        DiscoverError::NoPython {
            path: sandbox.path("empty"),
            stubs: 0
        }
    );
    assert_eq!(
        fails("stubs"),
        DiscoverError::NoPython {
            path: sandbox.path("stubs"),
            stubs: 1
        }
    );
    assert_eq!(
        fails("empty/readme.txt"),
        DiscoverError::NotPython {
            path: sandbox.path("empty/readme.txt")
        }
    );
}
