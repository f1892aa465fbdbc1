"""Twenty-five million rounds around statements at module level."""
n = 0
for i in range(5000):
    for j in range(5000):
        n += 1

class Last: ...
