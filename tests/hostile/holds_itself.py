"""A dict that holds itself, compared and printed."""
t={}
t['t']=t
u={}
u['t']=u
a = t == u
b = repr(t)
class C:
    v = t

class Last: ...
