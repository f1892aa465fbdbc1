names = {"fields", "managers", "parents"}
cache = {"views": 1}
for name in names:
    if name in cache:
        del cache[name]
for wanted in names:
    if wanted == "managers":
        break
else:
    wanted = "none"
met = 0
for name in names:
    met += 1
    if name == "parents":
        continue
    cache[name] = len(name)
def first_with(letter):
    for name in names:
        if name.startswith(letter):
            return name
    return "nothing"
def at_the_end():
    for name in names:
        pass
    return name in names, name == "views"
for one, other in {("a", 1), ("b", 1)}:
    pass
class Values:
    v_found = wanted
    v_count = met
    v_with_p = first_with("p")
    v_with_x = first_with("x")
    v_end = at_the_end()
    v_each = other
    w_last = name
    w_one_of_two = one
