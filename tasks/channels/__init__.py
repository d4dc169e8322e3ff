"""Ways to reach a person besides the page itself. Pure: no ORM, no request.

One small file a channel and one row in ``registry.py``; CONTRIBUTING says how to add one.
"""
