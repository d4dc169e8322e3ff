"""The main pages of the demonstration office, measured."""
