"""Patterns that backtrack for ever."""
import re
x = re.match('(a*)*b', 'a' * 5000)
y = re.sub('(.*)(.*)(.*)(.*)x', '', 'a'*2000)

class Last: ...
