"""Containers that double themselves forty times, each in another way."""
s = u = (1,)
l = [1]
m = [1]
n = [1]
o = [1]
d = {"a": 1}
s = s + s
l = l + l
m += m
n.extend(n)
o = [*o, *o]
d = {**d, str(len(d)): d}
u *= 2
s = s + s
l = l + l
m += m
n.extend(n)
o = [*o, *o]
d = {**d, str(len(d)): d}
u *= 2
s = s + s
l = l + l
m += m
n.extend(n)
o = [*o, *o]
d = {**d, str(len(d)): d}
u *= 2
s = s + s
l = l + l
m += m
n.extend(n)
o = [*o, *o]
d = {**d, str(len(d)): d}
u *= 2
s = s + s
l = l + l
m += m
n.extend(n)
o = [*o, *o]
d = {**d, str(len(d)): d}
u *= 2
s = s + s
l = l + l
m += m
n.extend(n)
o = [*o, *o]
d = {**d, str(len(d)): d}
u *= 2
s = s + s
l = l + l
m += m
n.extend(n)
o = [*o, *o]
d = {**d, str(len(d)): d}
u *= 2
s = s + s
l = l + l
m += m
n.extend(n)
o = [*o, *o]
d = {**d, str(len(d)): d}
u *= 2
s = s + s
l = l + l
m += m
n.extend(n)
o = [*o, *o]
d = {**d, str(len(d)): d}
u *= 2
s = s + s
l = l + l
m += m
n.extend(n)
o = [*o, *o]
d = {**d, str(len(d)): d}
u *= 2
s = s + s
l = l + l
m += m
n.extend(n)
o = [*o, *o]
d = {**d, str(len(d)): d}
u *= 2
s = s + s
l = l + l
m += m
n.extend(n)
o = [*o, *o]
d = {**d, str(len(d)): d}
u *= 2
s = s + s
l = l + l
m += m
n.extend(n)
o = [*o, *o]
d = {**d, str(len(d)): d}
u *= 2
s = s + s
l = l + l
m += m
n.extend(n)
o = [*o, *o]
d = {**d, str(len(d)): d}
u *= 2
s = s + s
l = l + l
m += m
n.extend(n)
o = [*o, *o]
d = {**d, str(len(d)): d}
u *= 2
s = s + s
l = l + l
m += m
n.extend(n)
o = [*o, *o]
d = {**d, str(len(d)): d}
u *= 2
s = s + s
l = l + l
m += m
n.extend(n)
o = [*o, *o]
d = {**d, str(len(d)): d}
u *= 2
s = s + s
l = l + l
m += m
n.extend(n)
o = [*o, *o]
d = {**d, str(len(d)): d}
u *= 2
s = s + s
l = l + l
m += m
n.extend(n)
o = [*o, *o]
d = {**d, str(len(d)): d}
u *= 2
s = s + s
l = l + l
m += m
n.extend(n)
o = [*o, *o]
d = {**d, str(len(d)): d}
u *= 2
s = s + s
l = l + l
m += m
n.extend(n)
o = [*o, *o]
d = {**d, str(len(d)): d}
u *= 2
s = s + s
l = l + l
m += m
n.extend(n)
o = [*o, *o]
d = {**d, str(len(d)): d}
u *= 2
s = s + s
l = l + l
m += m
n.extend(n)
o = [*o, *o]
d = {**d, str(len(d)): d}
u *= 2
s = s + s
l = l + l
m += m
n.extend(n)
o = [*o, *o]
d = {**d, str(len(d)): d}
u *= 2
s = s + s
l = l + l
m += m
n.extend(n)
o = [*o, *o]
d = {**d, str(len(d)): d}
u *= 2
s = s + s
l = l + l
m += m
n.extend(n)
o = [*o, *o]
d = {**d, str(len(d)): d}
u *= 2
s = s + s
l = l + l
m += m
n.extend(n)
o = [*o, *o]
d = {**d, str(len(d)): d}
u *= 2
s = s + s
l = l + l
m += m
n.extend(n)
o = [*o, *o]
d = {**d, str(len(d)): d}
u *= 2
s = s + s
l = l + l
m += m
n.extend(n)
o = [*o, *o]
d = {**d, str(len(d)): d}
u *= 2
s = s + s
l = l + l
m += m
n.extend(n)
o = [*o, *o]
d = {**d, str(len(d)): d}
u *= 2
s = s + s
l = l + l
m += m
n.extend(n)
o = [*o, *o]
d = {**d, str(len(d)): d}
u *= 2
s = s + s
l = l + l
m += m
n.extend(n)
o = [*o, *o]
d = {**d, str(len(d)): d}
u *= 2
s = s + s
l = l + l
m += m
n.extend(n)
o = [*o, *o]
d = {**d, str(len(d)): d}
u *= 2
s = s + s
l = l + l
m += m
n.extend(n)
o = [*o, *o]
d = {**d, str(len(d)): d}
u *= 2
s = s + s
l = l + l
m += m
n.extend(n)
o = [*o, *o]
d = {**d, str(len(d)): d}
u *= 2
s = s + s
l = l + l
m += m
n.extend(n)
o = [*o, *o]
d = {**d, str(len(d)): d}
u *= 2
s = s + s
l = l + l
m += m
n.extend(n)
o = [*o, *o]
d = {**d, str(len(d)): d}
u *= 2
s = s + s
l = l + l
m += m
n.extend(n)
o = [*o, *o]
d = {**d, str(len(d)): d}
u *= 2
s = s + s
l = l + l
m += m
n.extend(n)
o = [*o, *o]
d = {**d, str(len(d)): d}
u *= 2
s = s + s
l = l + l
m += m
n.extend(n)
o = [*o, *o]
d = {**d, str(len(d)): d}
u *= 2

many = [0] * 10 ** 10
long = list(range(10 ** 12))


class Last: ...
