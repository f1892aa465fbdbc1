"""A text that runs itself."""
s = 'exec(s)'
exec(s)

class Last: ...
