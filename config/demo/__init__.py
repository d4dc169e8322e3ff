"""A believable office: invented people, abridged directives, tasks in every state."""
