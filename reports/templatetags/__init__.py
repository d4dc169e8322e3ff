"""Pieces of pages that templates would take too long over."""
