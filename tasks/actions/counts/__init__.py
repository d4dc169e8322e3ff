"""计数: what each action changes in the counts of units, put together, compared with the truth."""

from tasks.actions.counts.changes import issued, kept, kept_among, released, released_among

__all__ = ["issued", "kept", "kept_among", "released", "released_among"]
