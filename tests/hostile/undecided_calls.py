"""Functions that call the next one on both sides of what nobody can decide."""
import random
def c(): return random.random() < .5
def f0():
    if c(): return f1()
    return f1()
def f1():
    if c(): return f2()
    return f2()
def f2():
    if c(): return f3()
    return f3()
def f3():
    if c(): return f4()
    return f4()
def f4():
    if c(): return f5()
    return f5()
def f5():
    if c(): return f6()
    return f6()
def f6():
    if c(): return f7()
    return f7()
def f7():
    if c(): return f8()
    return f8()
def f8():
    if c(): return f9()
    return f9()
def f9():
    if c(): return f10()
    return f10()
def f10():
    if c(): return f11()
    return f11()
def f11():
    if c(): return f12()
    return f12()
def f12():
    if c(): return f13()
    return f13()
def f13():
    if c(): return f14()
    return f14()
def f14():
    if c(): return f15()
    return f15()
def f15():
    if c(): return f16()
    return f16()
def f16():
    if c(): return f17()
    return f17()
def f17():
    if c(): return f18()
    return f18()
def f18():
    if c(): return f19()
    return f19()
def f19():
    if c(): return f20()
    return f20()
def f20():
    if c(): return f21()
    return f21()
def f21():
    if c(): return f22()
    return f22()
def f22():
    if c(): return f23()
    return f23()
def f23():
    if c(): return f24()
    return f24()
def f24():
    if c(): return f25()
    return f25()
def f25():
    if c(): return f26()
    return f26()
def f26():
    if c(): return f27()
    return f27()
def f27():
    if c(): return f28()
    return f28()
def f28():
    if c(): return f29()
    return f29()
def f29():
    if c(): return f30()
    return f30()
def f30():
    if c(): return f31()
    return f31()
def f31():
    if c(): return f32()
    return f32()
def f32():
    if c(): return f33()
    return f33()
def f33():
    if c(): return f34()
    return f34()
def f34():
    if c(): return f35()
    return f35()
def f35():
    if c(): return f36()
    return f36()
def f36():
    if c(): return f37()
    return f37()
def f37():
    if c(): return f38()
    return f38()
def f38():
    if c(): return f39()
    return f39()
def f39():
    if c(): return f40()
    return f40()
def f40():
    if c(): return f41()
    return f41()
def f41():
    if c(): return f42()
    return f42()
def f42():
    if c(): return f43()
    return f43()
def f43():
    if c(): return f44()
    return f44()
def f44():
    if c(): return f45()
    return f45()
def f45():
    if c(): return f46()
    return f46()
def f46():
    if c(): return f47()
    return f47()
def f47():
    if c(): return f48()
    return f48()
def f48():
    if c(): return f49()
    return f49()
def f49():
    if c(): return f50()
    return f50()
def f50():
    if c(): return f51()
    return f51()
def f51():
    if c(): return f52()
    return f52()
def f52():
    if c(): return f53()
    return f53()
def f53():
    if c(): return f54()
    return f54()
def f54():
    if c(): return f55()
    return f55()
def f55():
    if c(): return f56()
    return f56()
def f56():
    if c(): return f57()
    return f57()
def f57():
    if c(): return f58()
    return f58()
def f58():
    if c(): return f59()
    return f59()
def f59():
    if c(): return f60()
    return f60()
def f60(): return 1
x = f0()

class Last: ...
