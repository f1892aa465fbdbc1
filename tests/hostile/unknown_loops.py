"""Loops over what is not known, in one another."""
import numpy
for a in numpy.x:
  for b in numpy.x:
    for c in numpy.x:
      for d in numpy.x:
        for e in numpy.x:
          for f in numpy.x:
            for g in numpy.x:
              for h in numpy.x:
                for i in numpy.x:
                  for j in numpy.x:
                    for k in numpy.x:
                      for l in numpy.x:
                        n = l

class Last: ...
