"""A PostgreSQL for the length of a test: the same launcher as `make test` and `make bench`."""

from scripts.postgres import USER, server, wheel_programs

__all__ = ["USER", "server", "wheel_programs"]
