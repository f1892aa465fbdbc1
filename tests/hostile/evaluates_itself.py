"""An expression that evaluates itself."""
s = 'eval(s)'
eval(s)

class Last: ...
