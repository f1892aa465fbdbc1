//! RUNNING ON PAPER. Modules as an import would run them, over values that may be gaps.
