//! Edits of class statements in their text: what is not changed stays as it was written.

use mroscope::syntax::{Import, Rewrite, class_head, class_statement, replaced, rewrite};

/// The text with its first class statement that is called `C` rewritten.
fn edited(text: &str, wanted: &Rewrite) -> String {
    let name = text.find("class C").expect("there is one") + "class ".len();
    let statement = class_statement(text, name as u32).expect("it is a class statement");
    let changes = rewrite(text, &statement, wanted).expect("it can be written");
    replaced(text, &changes)
}

fn bases(bases: &[&str]) -> Rewrite {
    Rewrite {
        bases: Some(bases.iter().map(|it| (*it).to_owned()).collect()),
        ..Rewrite::default()
    }
}

fn keyword(name: &str, value: Option<&str>) -> Rewrite {
    Rewrite {
        keywords: vec![(name.to_owned(), value.map(str::to_owned))],
        ..Rewrite::default()
    }
}

#[test]
fn bases_change_places_within_their_layout() {
    for (text, order, expected) in [
        (
            "class C(A, B): pass\n",
            &["B", "A"][..],
            "class C(B, A): pass\n",
        ),
        (
            "class C(A,  # one\n        B,  # two\n        metaclass=M):\n    x = 1\n",
            &["B", "A"],
            "class C(B,  # one\n        A,  # two\n        metaclass=M):\n    x = 1\n",
        ),
        (
            "@deco(1)\nclass C[T](m.A[int, str], B):  # why\n    '''Doc.'''\n",
            &["B", "m.A[int, str]"],
            "@deco(1)\nclass C[T](B, m.A[int, str]):  # why\n    '''Doc.'''\n",
        ),
        (
            "if x:\n\tclass C(\n\t\tA,\n\t\tB,\n\t):\n\t\tpass\n",
            &["B", "A"],
            "if x:\n\tclass C(\n\t\tB,\n\t\tA,\n\t):\n\t\tpass\n",
        ),
    ] {
        assert_eq!(edited(text, &bases(order)), expected);
    }
}

#[test]
fn bases_go_with_their_commas() {
    for (text, left, expected) in [
        ("class C(A, B): pass\n", &["A"][..], "class C(A): pass\n"),
        ("class C(A, B): pass\n", &["B"], "class C(B): pass\n"),
        ("class C(A, B, D): pass\n", &["A"], "class C(A): pass\n"),
        ("class C(A, B, D): pass\n", &["D"], "class C(D): pass\n"),
        ("class C(A): pass\n", &[], "class C: pass\n"),
        ("class C(A, k=1): pass\n", &[], "class C(k=1): pass\n"),
        (
            "class C(A, B, k=1): pass\n",
            &["A"],
            "class C(A, k=1): pass\n",
        ),
        (
            "class C(\n    A,\n    B,\n): pass\n",
            &["A"],
            "class C(\n    A,\n): pass\n",
        ),
        (
            "class C(\n    A,\n    B,\n): pass\n",
            &["B"],
            "class C(\n    B,\n): pass\n",
        ),
        (
            "class C(A, B, A): pass\n",
            &["A", "B"],
            "class C(A, B): pass\n",
        ),
    ] {
        assert_eq!(edited(text, &bases(left)), expected, "{left:?} of {text}");
    }
}

#[test]
fn bases_and_keywords_are_added() {
    for (text, wanted, expected) in [
        ("class C: pass\n", bases(&["A"]), "class C(A): pass\n"),
        ("class C(): pass\n", bases(&["A"]), "class C(A): pass\n"),
        (
            "class C(A): pass\n",
            bases(&["A", "B"]),
            "class C(A, B): pass\n",
        ),
        (
            "class C(k=1): pass\n",
            bases(&["A"]),
            "class C(A, k=1): pass\n",
        ),
        (
            "class C(A, k=1): pass\n",
            bases(&["B", "D"]),
            "class C(B, D, k=1): pass\n",
        ),
        (
            "class C(A): pass\n",
            keyword("metaclass", Some("M")),
            "class C(A, metaclass=M): pass\n",
        ),
        (
            "class C(A, metaclass=N): pass\n",
            keyword("metaclass", Some("M")),
            "class C(A, metaclass=M): pass\n",
        ),
        (
            "class C(A, k=1): pass\n",
            keyword("k", None),
            "class C(A): pass\n",
        ),
        (
            "class C(k=1): pass\n",
            keyword("k", None),
            "class C: pass\n",
        ),
        ("class C[T]: pass\n", bases(&["A"]), "class C[T](A): pass\n"),
    ] {
        assert_eq!(edited(text, &wanted), expected, "{text}");
    }
}

#[test]
fn slots_statements_and_imports_find_their_places() {
    let slots = Rewrite {
        slots: Some(String::from("()")),
        ..Rewrite::default()
    };
    for (text, expected) in [
        (
            "class C:\n    __slots__ = ('a',)  # one\n    x: int\n",
            "class C:\n    __slots__ = ()  # one\n    x: int\n",
        ),
        ("class C: pass\n", "class C: __slots__ = (); pass\n"),
        (
            "class C:\n    '''Doc.'''\n    def f(self): ...\n",
            "class C:\n    '''Doc.'''\n    __slots__ = ()\n    def f(self): ...\n",
        ),
        (
            "class C:\n    '''Doc.'''\n",
            "class C:\n    '''Doc.'''\n    __slots__ = ()\n",
        ),
    ] {
        assert_eq!(edited(text, &slots), expected, "{text}");
    }
    let insert = Rewrite {
        insert: Some(String::from("class M(A, B):\n    pass\n")),
        ..Rewrite::default()
    };
    assert_eq!(
        edited("import a\n\n\n@deco\nclass C(A): pass\n", &insert),
        "import a\n\n\nclass M(A, B):\n    pass\n\n\n@deco\nclass C(A): pass\n"
    );
    assert_eq!(
        edited("def f():\n    class C(A): pass\n", &insert),
        "def f():\n    class M(A, B):\n        pass\n\n    class C(A): pass\n"
    );
    let import = Rewrite {
        imports: vec![Import {
            module: String::from("m"),
            name: String::from("B"),
        }],
        ..Rewrite::default()
    };
    assert_eq!(
        edited(
            "'''Doc.'''\nfrom a import (\n    A,\n)\nclass C(A): pass\n",
            &import
        ),
        "'''Doc.'''\nfrom a import (\n    A,\n)\nfrom m import B\nclass C(A): pass\n"
    );
    assert_eq!(
        edited("class C(A): pass\n", &import),
        "from m import B\nclass C(A): pass\n"
    );
}

#[test]
fn a_statement_behind_another_one_on_its_line_has_no_room_before_it() {
    let text = "x = 1; class_ = 2\nif x: pass\nclass C(A): pass\n";
    let name = text.find("class C").expect("there is one") + "class ".len();
    assert!(class_statement(text, name as u32).is_some());
    assert_eq!(class_statement(text, 3), None);
    assert_eq!(class_statement("", 0), None);
    assert_eq!(
        class_statement("class C(", 6).map(|it| it.bases.len()),
        Some(0)
    );
}

#[test]
fn a_head_is_read_in_every_form_that_one_types() {
    for text in [
        "C(A, m.B[int], metaclass=M, k='x')",
        "class C(A, m.B[int], metaclass=M, k='x'):",
        "  C( A ,m.B[int], metaclass = M, k='x' )  ",
    ] {
        let head = class_head(text).expect("it is one");
        assert_eq!(head.name, "C");
        assert_eq!(head.bases, ["A", "m.B[int]"]);
        let keywords: Vec<String> = head
            .keywords
            .iter()
            .map(|(name, value)| format!("{name}={value}"))
            .collect();
        assert_eq!(keywords, ["metaclass=M", "k='x'"]);
    }
    assert!(class_head("C").is_ok_and(|head| head.bases.is_empty()));
    for text in [
        "",
        "C(",
        "C(A",
        "1",
        "a.C(A)",
        "C(A) + 1",
        "C(**k)",
        "C(A, k=1, k=)",
    ] {
        assert!(class_head(text).is_err(), "{text:?} is no head");
    }
    let deep = format!("C({}", "(".repeat(100_000));
    assert!(class_head(&deep).is_err());
}
