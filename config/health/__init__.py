"""Is the system well? Each part of it looked at by itself, with what to do where it is not."""
