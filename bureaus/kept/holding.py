"""Values that a process keeps as long as the version they were read under is the one seen."""

from collections.abc import Callable, Collection, Mapping
from typing import Any, Generic, TypeVar

from bureaus.kept import versions

Value = TypeVar("Value")


class Holding(Generic[Value]):
    """Each key read once a version and process, by whoever asks first.

    Two threads may read the same at once: both read what holds. What is kept is shared, so nobody
    changes it. With more than ``most`` keys it begins anew.
    """

    def __init__(self, *kinds: str, most: int = 20_000) -> None:
        self.kinds, self.most = kinds, most
        self._held: tuple[tuple[int, ...] | None, dict[Any, Value]] = (None, {})

    def get(self, key: Any, read: Callable[[], Value]) -> Value:
        return self.get_many([key], lambda _: {key: read()})[key]

    def get_many(
        self, keys: Collection[Any], read: Callable[[list[Any]], Mapping[Any, Value]]
    ) -> dict[Any, Value]:
        """Of ``keys`` those that there are; ``read`` is asked for those that are not kept."""
        version = versions.known(*self.kinds)
        if version is None:
            return dict(read(list(keys)))
        held = self._of(version)
        missing = [key for key in keys if key not in held]
        if missing:
            held.update(read(missing))
        return {key: held[key] for key in keys if key in held}

    def _of(self, version: tuple[int, ...]) -> dict[Any, Value]:
        at, held = self._held
        if at != version or len(held) > self.most:
            held = {}
            self._held = (version, held)
        return held
