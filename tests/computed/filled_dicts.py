import os
names = {"beta", "alpha", "gamma"}
upper = {}
for name in names:
    upper[name] = name.upper()
again = {}
for name in upper:
    again[name] = len(name)
chained = dict(upper, delta="DELTA")
both = {**upper, "alpha": "A"}
some = {"first": 0}
if os.getpid() % 2:
    some["odd"] = 1
some["last"] = 2
copied = {}
for name, value in some.items():
    copied[name] = value
merged = {"zero": -1, **some, "end": 3}
for each in some:
    break
less = {"one": 1, "two": 2, "three": 3}
if os.getpid() % 2:
    del less["one"]
emptied = dict(upper)
emptied.pop("beta")
emptied.pop("gamma")
class Values:
    v_length = len(upper)
    v_sorted = sorted(upper)
    v_has = "beta" in upper
    v_lacks = "zeta" in upper
    v_value = upper["alpha"]
    v_items = sorted(upper.items())
    v_most = max(upper)
    v_equal = upper == {"alpha": "ALPHA", "beta": "BETA", "gamma": "GAMMA"}
    v_again = again["beta"], len(again)
    v_chained = sorted(chained)
    v_both = both["alpha"], len(both)
    v_comprehension = len({key: 1 for key in upper})
    v_sum = sum(len(key) for key in upper)
    v_one_left = list(emptied)
    w_first = list(upper)[0]
    w_next = next(iter(upper))
    w_spread = [*upper][0]
    w_comprehension = [key for key in upper][0]
    w_tuple = tuple(upper)
    w_again = list(again)
    w_popped = dict(upper).popitem()
    v_some = some["first"], some["last"]
    v_merged = merged["zero"], merged["last"], merged["end"]
    w_merged = list(merged)
    v_of_copy = copied["last"]
    w_some = list(some)
    w_second = list(some)[1]
    w_length = len(some)
    v_each = each
    v_less = less["three"]
    w_less = next(iter(less))
    w_less_list = list(less)
