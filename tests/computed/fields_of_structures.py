# What `ctypes` refuses where a structure or an array is made.
import sys
from ctypes import Array, Structure, Union, c_int
def refused(made):
    try:
        made()
    except Exception as error:
        return type(error).__name__, str(error)
    return "fits"
def array(length, kind=c_int):
    class Numbers(Array):
        _type_ = kind
        _length_ = length
class Early(Structure):
    def __init_subclass__(cls, **keywords):
        cls._fields_ = [("x", c_int)]
class EarlyUnion(Union):
    def __init_subclass__(cls, **keywords):
        cls._fields_ = [("x", c_int)]
def early():
    class Point(Early): pass
def early_union():
    class Point(EarlyUnion): pass
def late():
    class Point(Structure): pass
    Point._fields_ = [("x", c_int)]
class Values:
    v_lengths = refused(lambda: array(-1)), refused(lambda: array(-sys.maxsize * 2)), refused(lambda: array(sys.maxsize * 2)), refused(lambda: array(2))
    v_types = refused(lambda: array(1, int)), refused(lambda: array(1, "i")), refused(lambda: array(1, None))
    v_early = refused(early), refused(early_union), refused(late)
