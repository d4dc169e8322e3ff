"""查找: texts as people write them, found by the pairs of their characters.

``spelling`` makes one spelling of what is written and what is looked for, ``asked`` takes the
words apart, ``pairs`` turns a text into numbers, ``texts`` is the table that every kind of thing
has beside it, ``keeping`` writes it, ``excerpts`` shows where the words stand.
"""
