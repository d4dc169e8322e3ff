"""A form as a person edits it: every setting as the text that was typed, right or wrong."""
