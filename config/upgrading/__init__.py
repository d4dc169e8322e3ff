"""A small invented office whose rows every later migration has to carry forward."""
