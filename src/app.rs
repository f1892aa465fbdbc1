//! THE PROGRAM. What is open, selected, typed; what a key means. Pure; no terminal.
