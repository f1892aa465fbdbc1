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
    expect![[""]].assert_eq(&ran(EXPORTERS, "show CsvExporter --page matrix"));
}

#[test]
fn all_that_derives_from_a_base_by_the_names_of_the_base() {
    expect![[""]].assert_eq(&ran(EXPORTERS, "show Exporter --page matrix --below"));
}

#[test]
fn a_filter_leaves_the_names_that_match() {
    expect![[""]].assert_eq(&ran(
        EXPORTERS,
        "show HtmlExporter --page matrix --filter open",
    ));
    expect![[""]].assert_eq(&ran(
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
    expect![[""]].assert_eq(&ran(WRAPPED, "show Job --page members"));
}
