"""Exports a line an entry."""

from ledger.base import Export


class CsvExport(Export):  # mro: CsvExport Export ABC object
    """Divided by commas."""

    # from: write CsvExport; from: suffix CsvExport

    suffix = ".csv"
    divider = ","

    def write(self, entries):
        return "\n".join(self.divider.join(map(str, entry)) for entry in entries)


class TsvExport(CsvExport):  # mro: TsvExport CsvExport Export ABC object
    """Divided by tabulators."""

    # from: write CsvExport; from: suffix TsvExport

    suffix = ".tsv"
    divider = chr(9)
