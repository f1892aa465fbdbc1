"""An index into a long text in every round."""
s = 'x' * 1000000
n = 0
for i in range(100000):
    if s[i] == 'x': n += 1

class Last: ...
