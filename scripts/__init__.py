"""What `make` calls: setting up, running, testing and locking. Nothing here runs in production."""
