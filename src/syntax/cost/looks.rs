//! What a call looks like, by the words it is written with.

use super::EffectKind;
use super::chain::written;
use crate::syntax::{Expr, ExprKind};

/// Modules of which every call waits for something outside.
const OUTSIDE: &[&str] = &[
    "aiohttp",
    "ftplib",
    "http",
    "httpx",
    "imaplib",
    "requests",
    "shutil",
    "smtplib",
    "socket",
    "sqlite3",
    "subprocess",
    "urllib",
];

/// Functions that wait, by their bare name.
const WAITING: &[&str] = &["input", "open", "print", "sleep", "urlopen"];

/// Methods that wait: of files, sockets, databases, paths, events.
const WAITING_METHODS: &[&str] = &[
    "commit",
    "connect",
    "execute",
    "executemany",
    "executescript",
    "exists",
    "flush",
    "getmtime",
    "getsize",
    "glob",
    "is_dir",
    "is_file",
    "isdir",
    "isfile",
    "iterdir",
    "listdir",
    "lstat",
    "makedirs",
    "mkdir",
    "open",
    "read",
    "read_bytes",
    "read_text",
    "readinto",
    "readline",
    "readlines",
    "recv",
    "recv_into",
    "recvfrom",
    "rglob",
    "rmdir",
    "rollback",
    "scandir",
    "send",
    "sendall",
    "sendto",
    "sleep",
    "stat",
    "touch",
    "unlink",
    "urlopen",
    "wait",
    "write",
    "write_bytes",
    "write_text",
    "writelines",
];

/// Functions and methods that decode or parse, whoever has them.
const DECODING: &[&str] = &[
    "b64decode",
    "decode",
    "decompress",
    "fromhex",
    "fromisoformat",
    "fromstring",
    "iter_unpack",
    "literal_eval",
    "loads",
    "parse",
    "parsestring",
    "safe_load",
    "strptime",
    "unhexlify",
    "unpack",
    "unpack_from",
];

/// Modules of which `load` and `compile` decode or parse.
const DECODERS: &[&str] = &[
    "ast", "csv", "json", "marshal", "pickle", "plistlib", "re", "toml", "tomllib", "yaml",
];

/// Functions that make a lock, and methods that take one.
const LOCKING: &[&str] = &[
    "BoundedSemaphore",
    "Condition",
    "Lock",
    "RLock",
    "Semaphore",
    "acquire",
];

/// Words of names that stand for a lock.
const LOCKS: &[&str] = &[
    "condition",
    "lock",
    "locks",
    "mutex",
    "mutexes",
    "rlock",
    "rwlock",
    "semaphore",
    "semaphores",
];

/// Decorators that keep what a function returns.
const CACHES: &[&str] = &["cache", "cached", "lru_cache", "memoize", "memoized"];

/// What a call of this looks like.
pub(super) fn call(function: &Expr) -> EffectKind {
    let (path, name) = match &function.kind {
        ExprKind::Name(name) => (false, name.as_str()),
        ExprKind::Attribute(_, name) => (true, name.as_str()),
        _ => return EffectKind::Call,
    };
    let root = root(function);
    let is_of = |modules: &[&str]| path && root.is_some_and(|root| modules.contains(&root));
    if LOCKING.contains(&name) {
        EffectKind::Lock
    } else if DECODING.contains(&name)
        || (is_of(DECODERS) && matches!(name, "load" | "compile" | "reader" | "match" | "search"))
    {
        EffectKind::Decoding
    } else if is_of(OUTSIDE)
        || (!path && WAITING.contains(&name))
        || (path && (WAITING_METHODS.contains(&name) || name.starts_with("fetch")))
    {
        EffectKind::Waiting
    } else {
        EffectKind::Call
    }
}

/// Whether what stands behind `with` looks like a lock.
pub(super) fn is_lock(manager: &Expr) -> bool {
    match &manager.kind {
        ExprKind::Name(name) | ExprKind::Attribute(_, name) => is_lock_name(name),
        ExprKind::Subscript(pair) => is_lock(&pair.0),
        ExprKind::Call(it) => call(&it.function) == EffectKind::Lock || is_lock(&it.function),
        _ => false,
    }
}

/// `_lock`, `write_lock`, `rlock`, `dataLock`: a word of the name, not letters of another (`block`, `clock`).
fn is_lock_name(name: &str) -> bool {
    let mut words = String::with_capacity(name.len() + 4);
    let mut was_small = false;
    for char in name.chars() {
        if char.is_uppercase() && was_small {
            words.push('_');
        }
        was_small = char.is_lowercase();
        words.extend(char.to_lowercase());
    }
    words.split('_').any(|word| LOCKS.contains(&word))
}

/// How a decorator that keeps results is written, if this looks like one.
pub(super) fn cache(decorator: &Expr) -> Option<String> {
    let function = match &decorator.kind {
        ExprKind::Call(call) => &call.function,
        _ => decorator,
    };
    match &function.kind {
        ExprKind::Name(name) | ExprKind::Attribute(_, name) if CACHES.contains(&name.as_str()) => {
            Some(written(function))
        }
        _ => None,
    }
}

fn root(expr: &Expr) -> Option<&str> {
    match &expr.kind {
        ExprKind::Name(name) => Some(name),
        ExprKind::Attribute(of, _) => root(of),
        _ => None,
    }
}
