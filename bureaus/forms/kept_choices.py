"""People to choose from, written out once: a list of them is asked for on page after page."""

from django.forms import ModelChoiceField

from bureaus.kept import versions
from bureaus.kept.holding import Holding

_PEOPLE: Holding[list[tuple[str, str]]] = Holding(versions.PEOPLE)


def keep_people(field: ModelChoiceField, key: object) -> None:
    """Show the choices of ``field`` out of the process; ``key`` says whose they are and on which
    day. What is posted is looked up as ever."""
    offered = field.choices
    field.widget.choices = lambda: _PEOPLE.get(
        key, lambda: [(str(value), label) for value, label in offered]
    )
