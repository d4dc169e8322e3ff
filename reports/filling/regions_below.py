"""The rows of a table by region: one for each bureau right below the unit that fills it in."""

from bureaus.models import Bureau
from reports.schemas.definition.definition import Definition, FormDefinition
from reports.schemas.definition.kinds import RowMode
from reports.schemas.definition.rows import Region


def regions_for(definition: Definition, bureau: Bureau) -> tuple[Region, ...] | None:
    """In administrative order; None where the form has no rows by region.

    An internal unit of an office 司局 has those below the office, a unit without any below it has
    itself.
    """
    by_region = isinstance(definition, FormDefinition) and definition.row_mode is RowMode.BY_REGION
    if not by_region:
        return None
    is_internal = bureau.rank == Bureau.Rank.INTERNAL
    above = bureau.parent_id if is_internal else bureau.pk
    below = Bureau.objects.filter(parent=above).active().territorial().order_by("path")
    return tuple(_region(one) for one in below) or (_region(bureau),)


def _region(bureau: Bureau) -> Region:
    return Region(bureau.code, bureau.region or bureau.short_name)
