//! CPYTHON. What the interpreter itself brings: a table of ready classes for each version.
