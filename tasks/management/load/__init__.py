"""An invented country at work: years of notices, their assignments and what became of them.

``units`` says who takes part, ``asking`` what is asked of whom, ``standing`` how far each has come,
``trail`` what is written down of a sample, ``copying`` how it reaches PostgreSQL, ``filling`` does
it.
"""
