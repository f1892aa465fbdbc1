//! ONE FILE. Text → `ModuleSyntax`. Pure; never fails; the only place that sees ruff's tree.
