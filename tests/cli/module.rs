//! `mroscope show pkg.module`: what a module holds, one of its values a level deeper, and what is no module.

use expect_test::expect;

use super::ran;

/// A registry that two modules fill, values of several kinds, a module that answers for names it does not have.
const SYSTEM: &str = "\
--- app/__init__.py
--- app/formats.py
import queue
import gone
from collections import OrderedDict as Ordered

FORMATS = {}
CODES = [('de', 'German'), ('fr', 'French')]
WAITING = queue.Queue(maxsize=3)
LIMIT = 3 if gone.IS_SMALL else 4


def register(name, *, strict=False):
    def enter(cls):
        FORMATS[name] = cls
        return cls
    return enter


class Field: ...


FIELDS = {'number': Field(), 'total': Field()}


def __getattr__(name):
    return None
--- app/csv.py
from app.formats import register


@register('csv')
class Csv: ...


@register('csv', strict=True)
class Quoted(Csv): ...


class X(Csv, Quoted): ...
";

#[test]
fn a_module_says_what_it_holds_and_what_is_not_known() {
    expect![[r#"
        app.formats

        module  app/formats.py
        1 class · 2 functions · 5 values · 1 registry · 1 key assigned twice · 3 imports
        __getattr__ answers for every other name that is asked of the module  formats.py:24

        classes
          ●  Field  formats.py:18

        registries
          FORMATS  1 plugin  by decorator  key: argument of the decorator
            ! 'csv'  Csv  app/csv.py:4  the last one wins: Quoted, app/csv.py:8

        functions
          register     (name, *, strict=False)  formats.py:11
          __getattr__  (name)                   formats.py:24

        names
          FORMATS  {'csv': <class 'app.csv.Quoted'>}      formats.py:5
          CODES    [('de', 'German'), ('fr', 'French')]   formats.py:6
          WAITING  an object of queue.Queue               formats.py:7
          LIMIT    computed: 3 if gone.IS_SMALL else 4    formats.py:8
          FIELDS   {'number': <Field>, 'total': <Field>}  formats.py:21

        imports
          queue                                standard library  formats.py:1
          gone                                 not imported: not found, or not come to  formats.py:2
          collections  OrderedDict as Ordered  standard library  formats.py:3
        exit 0
    "#]]
    .assert_eq(&ran(SYSTEM, "show app.formats"));
}

#[test]
fn a_class_that_raises_stands_above_all() {
    expect![[r#"
        app.csv

        module  app/csv.py
        3 classes · 0 functions · 0 values · 0 registries · 1 import
        ✗ class X: TypeError: Cannot create a consistent method resolution order (MRO) for bases Csv, Quoted  csv.py:12

        classes
          ●  Csv                    csv.py:5
          ●  Quoted  (Csv)          csv.py:9
          ✗  X       (Csv, Quoted)  csv.py:12

        imports
          app.formats  register  yours  csv.py:1
        exit 1
    "#]]
    .assert_eq(&ran(SYSTEM, "show app/csv.py"));
}

#[test]
fn a_value_is_read_a_level_deeper() {
    expect![[r#"
        CODES  app.formats

        list of 2 entries  app/formats.py:6

          [0]  ('de', 'German')  2 entries within
          [1]  ('fr', 'French')  2 entries within
        exit 0
    "#]]
    .assert_eq(&ran(SYSTEM, "show app.formats --name CODES"));
    expect![[r#"
        CODES[1]  app.formats

        tuple of 2 entries  app/formats.py:6

          [0]  'fr'
          [1]  'French'
        exit 0
    "#]]
    .assert_eq(&ran(SYSTEM, "show app.formats --name CODES[1]"));
    expect![[r#"
        ! error: `app.formats` has nothing to look into under `CODE`
        !   hint: did you mean `CODES`?
        exit 2
    "#]]
    .assert_eq(&ran(SYSTEM, "show app.formats --name CODE"));
}

#[test]
fn what_is_no_file_and_no_module_is_said_with_what_is_near() {
    expect![[r#"
        ! error: no file of the project is `nothing.py`
        !   hint: `mroscope` shows the files that were read
        exit 2
    "#]]
    .assert_eq(&ran(SYSTEM, "show nothing.py"));
    expect![[r#"
        ! error: no file of the project is `app/fromats.py`
        !   hint: did you mean `app/formats.py`?
        exit 2
    "#]]
    .assert_eq(&ran(SYSTEM, "show app/fromats.py"));
    expect![[r#"
        ! error: no class or module is named `app.fromats`
        !   hint: did you mean `app.formats`?
        exit 2
    "#]]
    .assert_eq(&ran(SYSTEM, "show app.fromats"));
    expect![[r#"
        ! error: `app.formats` is a module, which has no such page
        !   hint: leave `--page` out, or take `--page source`
        exit 2
    "#]]
    .assert_eq(&ran(SYSTEM, "show app.formats --page members"));
}

#[test]
fn a_module_is_said_to_programs_too() {
    expect![[r#"
        {"module":"app.csv","file":"app/csv.py","package":false,"classes":["app.csv:Csv","app.csv:Quoted","app.csv:X"],"names":{"register":{"kind":"function","value":"(name, *, strict=False)","line":1,"imported":true,"holds":null,"perhaps":false},"Csv":{"kind":"class","value":"app.csv:Csv","line":5,"imported":false,"holds":null,"perhaps":false},"Quoted":{"kind":"class","value":"app.csv:Quoted","line":9,"imported":false,"holds":null,"perhaps":false},"X":{"kind":"class","value":"app.csv:X","line":12,"imported":false,"holds":null,"perhaps":false}},"imports":[{"from":"app.formats","names":["register"],"line":1,"found":"project"}],"registries":[]}
        exit 1
    "#]]
    .assert_eq(&ran(SYSTEM, "show app.csv --json"));
}
