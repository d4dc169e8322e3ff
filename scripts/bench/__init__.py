"""`make bench`: how fast notices are read and pages answer, beside the floor of the same run."""
