//! `mroscope diff`: two revisions, folders, environments or versions, and what is said to what cannot be compared.
#![expect(
    clippy::format_push_string,
    reason = "what was said is put together run by run"
)]

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use expect_test::expect;
use serde_json::{Value, json};

use crate::support::Sandbox;
use crate::support::python::interpreters;
use crate::support::shell::Shell;

/// Mixins and orders; `repo` is to become a repository.
const SHOP: &str = "\
--- repo/shop/__init__.py
--- repo/shop/models.py
class Base:
    def save(self): ...
    def load(self): ...
class Audit(Base):
    def save(self): ...
class Stamp(Base):
    def save(self): ...
    def stamp(self): ...
class Order(Audit, Stamp): ...
class Invoice(Order): ...
class Both(Audit, Stamp): ...
class Leaf(Order, Both): ...
class Old: ...
";

fn search_path() -> String {
    std::env::var("PATH").unwrap_or_default()
}

/// Whether there is a git to ask. None says so: a test that passes for lack of it does not pass in silence.
fn has_git() -> bool {
    let found = Command::new("git").arg("--version").output().is_ok();
    #[expect(
        clippy::print_stderr,
        reason = "the reader of a test run must hear of it"
    )]
    if !found {
        eprintln!("there is no git: revisions were not compared");
    }
    found
}

fn git(folder: &Path, arguments: &str) -> String {
    let output = Command::new("git")
        .args(arguments.split_whitespace())
        .current_dir(folder)
        .env_clear()
        .envs([
            ("PATH", search_path().as_str()),
            ("HOME", "/nonexistent"),
            ("GIT_CONFIG_NOSYSTEM", "1"),
            ("GIT_AUTHOR_NAME", "a"),
            ("GIT_AUTHOR_EMAIL", "a@example.org"),
            ("GIT_COMMITTER_NAME", "a"),
            ("GIT_COMMITTER_EMAIL", "a@example.org"),
        ])
        .stdin(Stdio::null())
        .output()
        .expect("git was asked for its version before");
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "git {arguments}: {said}");
    String::from_utf8_lossy(&output.stdout).trim().to_owned()
}

/// A repository with a tag `v1`, a branch `main` one commit on, and a change that is not committed.
fn repository() -> Sandbox {
    let sandbox = Sandbox::new(SHOP);
    let repo = sandbox.path("repo");
    git(&repo, "init -q -b main");
    git(&repo, "add .");
    git(&repo, "commit -q -m one");
    git(&repo, "tag v1");
    let models = fs::read_to_string(repo.join("shop/models.py")).expect("it was written");
    let models = models
        .replace("Order(Audit, Stamp)", "Order(Stamp, Audit)")
        .replace("    def stamp(self): ...", "    def seal(self): ...")
        .replace("class Old", "class New");
    sandbox.write("repo/shop/models.py", &models);
    git(&repo, "commit -q -a -m two");
    sandbox.write(
        "repo/shop/models.py",
        models.replace("class Invoice(Order)", "class Invoice(Base)"),
    );
    sandbox
}

fn shell(folder: &Path) -> Shell {
    Shell::in_folder(folder)
        .with("PATH", &search_path())
        .with("GIT_CONFIG_NOSYSTEM", "1")
}

#[test]
fn two_revisions_differ_by_what_was_written_between_them() {
    if !has_git() {
        return;
    }
    let sandbox = repository();
    expect![[r#"
        Difference  v1 → main

        5 of 7 classes changed, for 2 reasons; 1 new; 1 gone

        shop.models:Order  shop/models.py:9  and 2 below it
          bases     Audit, Stamp → Stamp, Audit
          MRO was   Order Audit Stamp Base object
          is        Order Stamp Audit Base object
          also of   Invoice
          ✗ shop.models:Leaf  raises: TypeError: Cannot create a consistent method resolution order (MRO) for bases Stamp, Audit  shop/models.py:12
          save  Audit → Stamp  and 1 below it

        names that come and go
          Stamp  + seal  - stamp    and 3 below it

        classes that are new
          shop.models  New

        classes that are gone
          shop.models  Old
        exit 1
    "#]]
    .assert_eq(&shell(&sandbox.path("repo")).run("diff v1 main").to_string());
}

#[test]
fn a_revision_alone_is_compared_with_the_working_tree_and_leaves_no_trace() {
    if !has_git() {
        return;
    }
    let sandbox = repository();
    let repo = sandbox.path("repo");
    let temporary = sandbox.path("temporary");
    fs::create_dir(&temporary).expect("the sandbox is ours");
    let state = |inside: &str| {
        let mut files: Vec<_> = ignore_walk(&repo.join(inside));
        files.sort();
        files
    };
    let before = state(".git");
    let said = expect![[r#"
        Difference  HEAD → working tree

        1 of 8 classes changed, for 1 reason
        the working tree has 1 change that is not committed

        shop.models:Invoice  shop/models.py:10
          bases     Order → Base
          MRO was   Invoice Order Stamp Audit Base object
          is        Invoice Base object
          save  Stamp → Base
          seal  Stamp → no class
        exit 1
    "#]];
    let shell = shell(&repo).with("TMPDIR", &temporary.display().to_string());
    said.assert_eq(&shell.run("diff").to_string());
    said.assert_eq(&shell.run("diff HEAD").to_string());
    let part = shell.run("diff HEAD --path shop/models.py").to_string();
    assert!(part.contains("Invoice"), "{part}");
    assert_eq!(before, state(".git"), "the repository was touched");
    let left: Vec<_> = fs::read_dir(&temporary).into_iter().flatten().collect();
    assert!(left.is_empty(), "{left:?}");
}

/// Every file below a folder with its size and when it was written.
fn ignore_walk(folder: &Path) -> Vec<(std::path::PathBuf, u64, std::time::SystemTime)> {
    let mut found = vec![];
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            found.extend(ignore_walk(&path));
        } else {
            let about = entry.metadata().expect("it is there");
            let written = about.modified().expect("the system keeps times");
            found.push((path, about.len(), written));
        }
    }
    found
}

#[test]
fn ranges_and_bare_repositories_are_understood() {
    if !has_git() {
        return;
    }
    let sandbox = repository();
    let repo = sandbox.path("repo");
    git(&repo, "branch side v1");
    let whole = shell(&repo).run("diff v1 main").out;
    assert_eq!(shell(&repo).run("diff v1..main").out, whole);
    assert_eq!(
        shell(&repo).run("diff v1..").out.replace("HEAD", "main"),
        whole
    );
    let parted = shell(&repo).run("diff main...side");
    assert_eq!(parted.code, 0, "{parted}");
    assert!(parted.out.contains("where main and side part"), "{parted}");
    git(&sandbox.root(), "clone -q --bare repo bare.git");
    let bare = shell(&sandbox.root());
    assert_eq!(bare.run("diff v1 main --path bare.git").out, whole);
    expect![[r#"
        ! error: the repository `[root]/bare.git` is bare: it has no working tree to compare with
        !   hint: name two revisions of it: `main..feature`
        exit 2
    "#]]
    .assert_eq(&bare.run("diff v1 --path bare.git").to_string());
}

#[test]
fn what_cannot_be_compared_is_said_with_its_cure() {
    if !has_git() {
        return;
    }
    let sandbox = repository();
    let repo = sandbox.path("repo");
    let mut said = String::new();
    for arguments in [
        "diff v1 maim",
        "diff nothing",
        "diff shop",
        "diff v1 shop",
        "diff v1 3.10",
        "diff shop gone/",
        "diff v1 main --path lib",
        "diff 3.1 3.10",
        "diff --version-from old",
        "diff v1 main shop shop --path shop",
    ] {
        said.push_str(&format!("$ {arguments}\n{}", shell(&repo).run(arguments)));
    }
    let outside = Sandbox::new("--- a.py\nclass A: ...\n");
    for arguments in ["diff one two", "diff HEAD"] {
        said.push_str(&format!(
            "$ {arguments}  # outside\n{}",
            shell(&outside.root()).run(arguments)
        ));
    }
    let nothing = Shell::in_folder(&repo).with("PATH", "/nonexistent");
    said.push_str(&format!("$ diff v1  # no git\n{}", nothing.run("diff v1")));
    expect![[r#"
        $ diff v1 maim
        ! error: `maim` is no revision of the repository `[root]`
        !   hint: did you mean `main`?
        exit 2
        $ diff nothing
        ! error: `nothing` is no revision of the repository `[root]`
        !   hint: `git branch --all`, `git tag` and `git log` list revisions
        exit 2
        $ diff shop
        ! error: `shop` is a path, and there is nothing to compare it with
        !   hint: name two folders; or a revision, to compare it with the working tree there: `mroscope diff HEAD --path shop`
        exit 2
        $ diff v1 shop
        ! error: `v1` is a revision and `shop` a path
        !   hint: to compare the revision with the working tree there: `mroscope diff v1 --path shop`
        exit 2
        $ diff v1 3.10
        ! error: `v1` is a revision and `3.10` a version of Python
        !   hint: name two of one kind; `mroscope diff --help` lists the kinds
        exit 2
        $ diff shop gone/
        ! error: `gone/` does not exist
        !   hint: name folders or files that are there, or revisions of a git repository
        exit 2
        $ diff v1 main --path lib
        ! error: revision `v1` has no `lib`
        !   hint: name with --path what is there on both sides, or the whole repository
        exit 2
        $ diff 3.1 3.10
        ! error: Python 3.1 is not known
        !   hint: the versions known are 3.9, 3.10, 3.11, 3.12, 3.13, 3.14
        exit 2
        $ diff --version-from old
        ! error: `old` is not a version of Python
        !   hint: write it as `3.13`
        exit 2
        $ diff v1 main shop shop --path shop
        ! error: unexpected value 'shop' for '[A B]...' found; no more were expected
        !
        ! Usage: mroscope diff [OPTIONS] [A B]...
        !
        ! For more information, try '--help'.
        exit 2
        $ diff one two  # outside
        ! error: `.` is in no git repository
        !   hint: `one` is no path here; name two folders that are there, or with --path a project in a repository
        exit 2
        $ diff HEAD  # outside
        ! error: `.` is in no git repository
        !   hint: name a path in a repository with --path, or two folders to compare
        exit 2
        $ diff v1  # no git
        ! error: the program `git` cannot be started, which reads revisions
        !   because: No such file or directory (os error 2)
        !   hint: install git, or check both revisions out into folders and name these
        exit 2
    "#]].assert_eq(&said);
}

#[test]
fn what_is_two_things_is_asked_back() {
    if !has_git() {
        return;
    }
    let sandbox = repository();
    let repo = sandbox.path("repo");
    git(&repo, "branch shop");
    git(&repo, "tag 3.10");
    fs::create_dir(repo.join("3.12")).expect("the sandbox is ours");
    let mut said = String::new();
    for arguments in [
        "diff shop main",
        "diff 3.10 3.13",
        "diff 3.12 3.13",
        "diff py3.10 3.13",
    ] {
        said.push_str(&format!("$ {arguments}\n{}", shell(&repo).run(arguments)));
    }
    expect![[r#"
        $ diff shop main
        ! error: `shop` is a path here, and a revision of the repository
        !   hint: write `./shop` for the path, `refs/heads/shop` or `refs/tags/shop` for the revision
        exit 2
        $ diff 3.10 3.13
        ! error: `3.10` is a version of Python, and a revision of the repository
        !   hint: write `py3.10` for the version, `refs/tags/3.10` or `refs/heads/3.10` for the revision
        exit 2
        $ diff 3.12 3.13
        ! error: `3.12` is a version of Python, and a path here
        !   hint: write `./3.12` for the path, `py3.12` for the version
        exit 2
        $ diff py3.10 3.13
        Difference  Python 3.10 → Python 3.13

        8 classes were compared, and all are as they were
        exit 0
    "#]].assert_eq(&said);
}

#[test]
fn folders_and_files_are_compared_whatever_they_are_called() {
    let old = "class A: ...\nclass B(A): ...\n";
    let new = "class A: ...\nclass B: ...\n";
    let files = format!(
        "--- old/app/m.py\n{old}--- new/app/m.py\n{new}--- app_old/__init__.py\n--- app_old/m.py\n{old}\
         --- app_new/__init__.py\n--- app_new/m.py\n{new}--- one.py\n{old}--- two.py\n{new}"
    );
    let sandbox = Sandbox::new(&files);
    let mut said = String::new();
    for arguments in [
        "diff old new",
        "diff ./app_old ./app_new",
        "diff one.py two.py",
        "diff old old",
    ] {
        said.push_str(&format!(
            "$ {arguments}\n{}",
            shell(&sandbox.root()).run(arguments)
        ));
    }
    expect![[r#"
        $ diff old new
        Difference  old → new

        1 of 2 classes changed, for 1 reason

        app.m:B  app/m.py:2
          bases     A → object
          MRO was   B A object
          is        B object
        exit 1
        $ diff ./app_old ./app_new
        Difference  ./app_old → ./app_new

        1 of 2 classes changed, for 1 reason

        app_new.m:B  app_new/m.py:2
          bases     A → object
          MRO was   B A object
          is        B object
        exit 1
        $ diff one.py two.py
        Difference  one.py → two.py

        1 of 2 classes changed, for 1 reason

        two:B  two.py:2
          bases     A → object
          MRO was   B A object
          is        B object
        exit 1
        $ diff old old
        Difference  old → old

        2 classes were compared, and all are as they were
        exit 0
    "#]]
    .assert_eq(&said);
}

#[test]
fn versions_differ_where_the_program_does() {
    let sandbox = Sandbox::new(
        "--- a.py\nimport enum, sys\nclass Number(enum.IntEnum): ...\nclass A: ...\nclass B(A if sys.version_info >= (3, 12) else object): ...\n",
    );
    let shell = shell(&sandbox.root());
    expect![[r#"
        Difference  Python 3.10 → Python 3.13

        2 of 3 classes changed, for 3 reasons

        a:B  a.py:4
          bases     object → A
          MRO was   B object
          is        B A object

        enum:IntEnum  and 1 below it
          bases     int, Enum → int, ReprEnum
          metaclass Number
          MRO was   Number: Number IntEnum int Enum object
          is        Number: Number IntEnum int ReprEnum Enum object

        a:Number  a.py:2
          __format__                                                                            IntEnum → Number
          _new_member_, _unhashable_values_, _unhashable_values_map_, _use_args_, _value_repr_  no class → Number
        exit 1
    "#]].assert_eq(&shell.run("diff 3.10 py313").to_string());
    let flags = shell.run("diff --version-from 3.10 --version-to 3.13");
    assert_eq!(flags.out, shell.run("diff 3.10 3.13").out);
}

#[test]
fn json_and_markdown_say_the_same() {
    let old = "class A:\n    def f(self): ...\nclass B(A): ...\nclass C(B): ...\n";
    let new = "class A:\n    def f(self): ...\nclass M(A):\n    def f(self): ...\nclass B(M): ...\nclass C(B): ...\n";
    let sandbox = Sandbox::new(&format!("--- old/m.py\n{old}--- new/m.py\n{new}"));
    let shell = shell(&sandbox.root());
    let said = shell.run("diff old new --json");
    assert_eq!(said.code, 1, "{said}");
    let told: Value = serde_json::from_str(&said.out).expect("it is JSON");
    let change = &told["changed"][1];
    assert_eq!(change["id"], "m:C");
    assert_eq!(change["about"], json!(["mro", "names"]));
    assert_eq!(
        change["before"]["mro"],
        json!(["m:C", "m:B", "m:A", "builtins:object"])
    );
    expect![[r#"[{"id":"m:B","bases":[["m:A"],["m:M"]],"metaclass":null,"classes":["m:B","m:C"],"structure":["m:B","m:C"],"names":[{"name":"f","from":"m:A","to":"m:M","classes":["m:B","m:C"]}]}]"#]].assert_eq(&told["reasons"].to_string());
    expect![[r#"[{"id":"m:M","file":"m.py","line":3}]"#]].assert_eq(&told["new"].to_string());
    expect![[r#"
        ### **Difference**  old → new

        2 of 3 classes changed, for 1 reason; 1 new

        **m:B**  m.py:5  and 1 below it

        - bases `A` → `M`
        - MRO was `B A object`
        - is `B M A object`
        - also of C
        - f `A` → `M` and 1 below it

        **classes that are new**

        - `m` M
        exit 1
    "#]]
    .assert_eq(&shell.run("diff old new --markdown").to_string());
}

#[test]
fn two_environments_differ_in_what_is_installed() {
    let pythons = interpreters();
    let (Some(one), Some(two)) = (pythons.first(), pythons.last()) else {
        return;
    };
    if one == two {
        return;
    }
    let sandbox = Sandbox::new("--- app.py\nimport enum\nclass Kind(enum.Flag): ...\n");
    let said = shell(&sandbox.root()).run(&format!(
        "diff --python-from {} --python-to {}",
        one.path.display(),
        two.path.display()
    ));
    assert!(said.out.contains("1 of 1 class changed"), "{said}");
    let named = shell(&sandbox.root()).run(&format!(
        "diff {} {}",
        one.path.display(),
        two.path.display()
    ));
    assert_eq!(said.out, named.out);
}

#[cfg(unix)]
#[test]
fn who_is_ended_while_it_reads_a_revision_leaves_nothing_behind() {
    if !has_git() {
        return;
    }
    let sandbox = Sandbox::new("--- repo/a.py\nclass A: ...\n");
    let repo = sandbox.path("repo");
    // Enough for the signals to come while git is at work, and while the project is loaded.
    for number in 0..1500 {
        let classes = "class A: ...\nclass B(A): ...\n".repeat(20);
        sandbox.write(&format!("repo/p{}/m{number}.py", number % 7), classes);
    }
    git(&repo, "init -q -b main");
    git(&repo, "add .");
    git(&repo, "commit -q -m one");
    for (number, signal) in ["INT", "TERM", "HUP", "TERM"].iter().enumerate() {
        let temporary = sandbox.path(&format!("temporary{number}"));
        fs::create_dir(&temporary).expect("the sandbox is ours");
        let mut child = shell(&repo)
            .with("TMPDIR", &temporary.display().to_string())
            .command(&["diff", "HEAD", "main"])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("the binary is built before its tests");
        let entries = || fs::read_dir(&temporary).into_iter().flatten().count();
        while entries() == 0 {
            assert!(
                child.try_wait().is_ok_and(|it| it.is_none()),
                "it ended before it began"
            );
            std::thread::sleep(std::time::Duration::from_millis(2));
        }
        std::thread::sleep(std::time::Duration::from_millis(40 * number as u64));
        let killed = Command::new("kill")
            .args([&format!("-{signal}"), &child.id().to_string()])
            .status();
        assert!(killed.is_ok_and(|it| it.success()));
        let ended = child.wait().expect("it is ours");
        assert!(!ended.success(), "{signal}");
        assert_eq!(entries(), 0, "{signal}");
    }
}

#[test]
fn the_explorer_compares_with_a_revision_and_with_a_version() {
    if !has_git() {
        return;
    }
    let sandbox = repository();
    let repo = sandbox.path("repo");
    let frame = shell(&repo).run("shop --print --keys D<enter> --size 100x24");
    expect![[r#"
         shop · 8 classes · ● 6 exact · ✗ 1 raise · ◇ 1 not reached                             python 3.13
        ───────────────────────────────┬────────────────────────────────────────────────────────────────────
        ▌ ▾ shop                     8 │ Difference  HEAD → working tree
           ▾ models                  8 │  H home   P problems 1   C coverage  ‹difference›
              Audit                    ├────────────────────────────────────────────────────────────────────
              Base                     │  1 of 8 classes changed, for 1 reason
              Both                     │  the working tree has 1 change that is not committed
              Invoice                  │
              ✗ Leaf                   │▌ shop.models:Invoice  shop/models.py:10
              ◇ New                    │    bases     Order → Base
              Order                    │    MRO was   Invoice Order Stamp Audit Base object
              Stamp                    │    is        Invoice Base object
                                       │    save  Stamp → Base
                                       │    seal  Stamp → no class
                                       │
                                       │
                                       │
                                       │
                                       │
                                       │
                                       │
                                       │
        ───────────────────────────────┴────────────────────────────────────────────────────────────────────
         enter open  D compare  [ back  / search  : actions  ? keys
        exit 0
    "#]].assert_eq(&frame.to_string());
    let frame = shell(&repo).run("shop --print --keys D<c-u>nowhere<enter> --size 100x12");
    expect![[r#"
         shop · 8 classes · ● 6 exact · ✗ 1 raise · ◇ 1 not reached                             python 3.13
        ───────────────────────────────┬────────────────────────────────────────────────────────────────────
        ▌ ▾ shop                     8 │ Difference
           ▾ models                  8 │  H home   P problems 1   C coverage  ‹difference›
              Audit                    │▌ `nowhere` is no revision of the repository
              Base                     │▌   `[root]`: `git branch --all`, `git tag` and `git
              Both                     │▌   log` list revisions
              Invoice                  │  `D` compares with something else: a revision, `3.10`,
              ✗ Leaf                   │    an environment, a folder.
              ◇ New                    │
        ───────────────────────────────┴────────────────────────────────────────────────────────────────────
         D compare  [ back  / search  : actions  ? keys
        exit 0
    "#]].assert_eq(&frame.to_string());
    let frame = shell(&repo).run("shop --print --keys D<c-u>3.10<enter> --size 100x12");
    expect![[r#"
         shop · 8 classes · ● 6 exact · ✗ 1 raise · ◇ 1 not reached                             python 3.13
        ───────────────────────────────┬────────────────────────────────────────────────────────────────────
        ▌ ▾ shop                     8 │ Difference  Python 3.10 → as it is read
           ▾ models                  8 │  H home   P problems 1   C coverage  ‹difference›
              Audit                    │▌ 8 classes were compared, and all are as they were
              Base                     │
              Both                     │
              Invoice                  │
              ✗ Leaf                   │
              ◇ New                    │
        ───────────────────────────────┴────────────────────────────────────────────────────────────────────
         D compare  [ back  / search  : actions  ? keys
        exit 0
    "#]].assert_eq(&frame.to_string());
}
