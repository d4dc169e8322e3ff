"""全局查找: what a person may see, by kinds. ``kinds`` lists them, ``hit`` is what is shown."""
