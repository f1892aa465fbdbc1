//! THE SHELL. Arguments, subcommands, printing.
