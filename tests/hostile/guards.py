"""Cases with guards that nobody can decide: each doubles the ways if they are not joined."""
import random
x = random.random()
match x:
    case 0 if random.random() < .5:
        a = 0
    case 1 if random.random() < .5:
        a = 1
    case 2 if random.random() < .5:
        a = 2
    case 3 if random.random() < .5:
        a = 3
    case 4 if random.random() < .5:
        a = 4
    case 5 if random.random() < .5:
        a = 5
    case 6 if random.random() < .5:
        a = 6
    case 7 if random.random() < .5:
        a = 7
    case 8 if random.random() < .5:
        a = 8
    case 9 if random.random() < .5:
        a = 9
    case 10 if random.random() < .5:
        a = 10
    case 11 if random.random() < .5:
        a = 11
    case 12 if random.random() < .5:
        a = 12
    case 13 if random.random() < .5:
        a = 13
    case 14 if random.random() < .5:
        a = 14
    case 15 if random.random() < .5:
        a = 15
    case 16 if random.random() < .5:
        a = 16
    case 17 if random.random() < .5:
        a = 17
    case 18 if random.random() < .5:
        a = 18
    case 19 if random.random() < .5:
        a = 19
    case 20 if random.random() < .5:
        a = 20
    case 21 if random.random() < .5:
        a = 21
    case 22 if random.random() < .5:
        a = 22
    case 23 if random.random() < .5:
        a = 23
    case 24 if random.random() < .5:
        a = 24
    case 25 if random.random() < .5:
        a = 25
    case 26 if random.random() < .5:
        a = 26
    case 27 if random.random() < .5:
        a = 27

class Last: ...
