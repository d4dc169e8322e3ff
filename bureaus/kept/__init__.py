"""What a process keeps from request to request, and how it learns that it no longer holds."""
