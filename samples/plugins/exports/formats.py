"""Formats, and how each of them came to be known."""

from exports.registry import FORMATS, Format, Keyed, register


class Plain(Format):  # mro: Plain Format object; from: write Format
    """By inheritance alone."""


@register("tsv")
class Tabbed(Format):  # mro: Tabbed Format object; from: separator Tabbed
    """By a decorator."""

    separator = "\t"


class Csv(Keyed, key="csv"):  # mro: Csv Keyed Format object; from: separator Csv
    """By `__init_subclass__`."""

    separator = ","


class Semicolons(Csv, key="csv-de"):  # mro: Semicolons Csv Keyed Format object
    """By `__init_subclass__` again, which is inherited."""

    separator = ";"


class Padded(Csv):  # mro: Padded Csv Keyed Format object
    """Derives from `Keyed` and states no key: it is not in the table."""

    separator = " , "


class Html(Format):  # from: write Html
    """By an entry point, which stands in `pyproject.toml`, and by an entry in a dict."""

    def write(self, rows):
        return f"<table>{super().write(rows)}</table>"


class Markdown(Format):  # from: separator Markdown
    """By a loop over a dict."""

    separator = " | "


for key, made in {"html": Html, "md": Markdown}.items():
    FORMATS[key] = made


def main():
    """What the command `export` runs."""
    return sorted(FORMATS)
