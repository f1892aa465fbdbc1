"""Handlers of what is not known, in one another."""
import numpy
try:
  try:
    try:
      try:
        try:
          try:
            try:
              try:
                try:
                  try:
                    try:
                      try:
                        try:
                          try:
                            try:
                              try:
                                try:
                                  try:
                                    n = numpy.x()
                                  except numpy.y:
                                    m = 1
                                except numpy.y:
                                  m = 1
                              except numpy.y:
                                m = 1
                            except numpy.y:
                              m = 1
                          except numpy.y:
                            m = 1
                        except numpy.y:
                          m = 1
                      except numpy.y:
                        m = 1
                    except numpy.y:
                      m = 1
                  except numpy.y:
                    m = 1
                except numpy.y:
                  m = 1
              except numpy.y:
                m = 1
            except numpy.y:
              m = 1
          except numpy.y:
            m = 1
        except numpy.y:
          m = 1
      except numpy.y:
        m = 1
    except numpy.y:
      m = 1
  except numpy.y:
    m = 1
except numpy.y:
  m = 1

class Last: ...
