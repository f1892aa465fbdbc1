"""Classes with type parameters (PEP 695)."""
from typing import Protocol


class M[V]: pass
class N[V](M[V]): pass
class P[T](Protocol): pass
class Q[K, V](dict[K, V]): pass
class R(N[int]): pass
type Alias = M[int]
