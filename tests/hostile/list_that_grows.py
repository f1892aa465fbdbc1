"""A loop over a list that grows in it."""
xs = [1]
for x in xs: xs.append(x)

class Last: ...
