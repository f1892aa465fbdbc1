//! What can go wrong that a person must hear of: message, cause, hint, exit code.
