"""Definitions of forms, the content a unit writes into them, and the checks on it. Pure data."""
