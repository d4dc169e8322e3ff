"""Reads the files that notices come in, one module a format, behind one protocol and a registry."""
