"""What a region is called where there is little room."""


def short_region(region: str) -> str:
    """内蒙古 and 黑龙江 have three characters, all others two; 兵团 is called so."""
    if region.endswith("兵团"):
        return "兵团"
    return region[: 3 if region.startswith(("内蒙古", "黑龙江")) else 2]
