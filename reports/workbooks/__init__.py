"""Excel workbooks of filled-in forms and of roll-ups: definitions and content in, sheets out."""
