//! `mroscope show --page matrix`: who defines what along an MRO, and below a base; `--page members`: what decorators have put before methods.

use expect_test::expect;

use super::ran;

const EXPORTERS: &str = "\
--- export/base.py
import abc
class Closing:
    def close(self):
        self.file = None
class Exporter(abc.ABC):
    suffix = ''
    @abc.abstractmethod
    def write(self, rows): ...
    def open(self, path):
        self.path = path
    def close(self):
        self.file = None
--- export/texts.py
from export.base import Closing, Exporter
class TextExporter(Closing, Exporter):
    def open(self, path):
        super().open(path)
class CsvExporter(TextExporter):
    suffix = 'csv'
    def write(self, rows): ...
    def close(self):
        super().close()
class HtmlExporter(TextExporter):
    suffix = 'html'
    def style(self): ...
--- export/pictures.py
from export.base import Exporter
class PngExporter(Exporter):
    suffix = 'png'
    def write(self, rows): ...
    def open(self, path):
        self.path = path
";

#[test]
fn names_along_an_mro_that_most_classes_define_come_first() {
    expect![[r#"
        CsvExporter  export.texts  ● exact

        5 classes of its MRO, 4 names, 4 in several
        def defines  ↑ calls super()  same text as it hides  abs abstract  must define  · inherits

           name    by  CsvExporter  TextExporter  Closing  Exporter  ABC
        m  close    3  def↑         ·             same     def
        m  write    2  def          must                   abs
        m  open     2  ·            def↑                   def
        v  suffix   2  def          ·                      def
        exit 0
    "#]]
    .assert_eq(&ran(EXPORTERS, "show CsvExporter --page matrix"));
}

#[test]
fn all_that_derives_from_a_base_by_the_names_of_the_base() {
    expect![[r#"
        Exporter  export.base  ● exact

        Exporter and the 4 classes below it, 4 names, 4 in several
        def defines  ↑ calls super()  same text as it hides  abs abstract  must define  · inherits

           name    by  Exporter  PngExporter  TextExporter  CsvExporter  HtmlExporter
        v  suffix   4  def       def          ·             def          def
        m  write    3  abs       def          must          def          must
        m  open     3  def       same         def↑          ·            ·
        m  close    2  def       ·            ·             def↑         ·
        exit 0
    "#]]
    .assert_eq(&ran(EXPORTERS, "show Exporter --page matrix --below"));
}

#[test]
fn a_filter_leaves_the_names_that_match() {
    expect![[r#"
        HtmlExporter  export.texts  ● exact

        5 classes of its MRO, 1 name, 1 in several
        def defines  ↑ calls super()  same text as it hides  abs abstract  must define  · inherits

           name  by  HtmlExporter  TextExporter  Closing  Exporter  ABC
        m  open   2  ·             def↑                   def
        exit 0
    "#]]
    .assert_eq(&ran(
        EXPORTERS,
        "show HtmlExporter --page matrix --filter open",
    ));
    expect![[r#"
        HtmlExporter  export.texts  ● exact

        5 classes of its MRO, 0 names, 0 in several
        def defines  ↑ calls super()  same text as it hides  abs abstract  must define  · inherits
        nothing to compare: the filter and the switches leave no name
        exit 0
    "#]]
    .assert_eq(&ran(
        EXPORTERS,
        "show HtmlExporter --page matrix --filter nothing",
    ));
}

const WRAPPED: &str = "\
--- jobs.py
import functools
from contextlib import contextmanager

def with_telemetry(function):
    @functools.wraps(function)
    def wrapper(*args, **kwargs):
        return function(*args, **kwargs)
    return wrapper

def retried(times):
    def around(function):
        async def again(*args):
            for _ in range(times):
                return await function(*args)
        return again
    return around

class Timed:
    def __init__(self, function):
        functools.update_wrapper(self, function)
        self.function = function
    def __get__(self, obj, owner=None):
        return self

class Job:
    @with_telemetry
    async def process(self): ...
    @with_telemetry
    def rows(self):
        yield 1
    @retried(3)
    async def send(self): ...
    @retried(3)
    @with_telemetry
    def both(self): ...
    @functools.lru_cache(None)
    def total(self): ...
    @classmethod
    @with_telemetry
    def make(cls): ...
    @Timed
    def timed(self): ...
    @contextmanager
    def opened(self):
        yield
    async def plain(self): ...
    def each(self):
        yield
    async def pages(self):
        yield
    first = functools.partialmethod(plain, 1)
";

#[test]
fn members_say_what_wraps_what() {
    expect![[r#"
        Job  jobs  ● exact

        41 names, 0 with several definitions, 29 not listed
        by name: inherited private special, not object's

           name     given by  place       is
        m  both     Job       jobs.py:33  async again of retried around wrapper of with_telemetry around both, was a plain function
        m  each     Job       jobs.py:47  generator
        n  first    Job       jobs.py:51  partialmethod around plain, was async
        c  make     Job       jobs.py:38  wrapper of with_telemetry around make
        m  opened   Job       jobs.py:43  a decorator of the standard library around opened, was a generator
        m  pages    Job       jobs.py:49  async generator
        m  plain    Job       jobs.py:46  async
        m  process  Job       jobs.py:26  wrapper of with_telemetry around process, was async
        m  rows     Job       jobs.py:28  wrapper of with_telemetry around rows, was a generator
        m  send     Job       jobs.py:31  async again of retried around send
        n  timed    Job       jobs.py:41  Timed around timed
        n  total    Job       jobs.py:36  lru_cache around total
        exit 0
    "#]].assert_eq(&ran(WRAPPED, "show Job --page members"));
}
