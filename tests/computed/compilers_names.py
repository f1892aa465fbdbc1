# The names that the compiler binds at the head of a class body may be deleted like others.
def refused(made):
    try:
        made()
    except Exception as error:
        return type(error).__name__, str(error)
    return "fits"
def qualname():
    class C:
        del __qualname__
def module():
    class C:
        del __module__
def another():
    class C:
        del __name__
class Values:
    v_deleted = refused(qualname), refused(module), refused(another)
