"""Exports with tags. `XmlExport` was renamed in version 2, its entry point was not."""

from ledger.base import Export


class MarkupExport(Export):  # mro: MarkupExport Export ABC object
    """What was `XmlExport`."""

    # from: write MarkupExport

    suffix = ".xml"

    def write(self, entries):
        return "".join(f"<entry>{entry}</entry>" for entry in entries)


class HtmlExport(MarkupExport):  # mro: HtmlExport MarkupExport Export ABC object
    """A page."""

    # from: write MarkupExport; from: plain HtmlExport

    suffix = ".html"

    @classmethod
    def plain(cls):
        """One without a style."""
        return cls()
