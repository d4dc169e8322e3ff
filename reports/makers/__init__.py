"""How each kind of file is made. A maker is a module: maker.py says what it has to offer."""

from reports.makers import ledger, originals, package, roll_up, summary
from reports.makers.maker import Maker
from reports.states import ProductionKind

MAKERS: dict[ProductionKind, Maker] = {
    ProductionKind.ROLL_UP: roll_up,
    ProductionKind.ORIGINALS: originals,
    ProductionKind.PACKAGE: package,
    ProductionKind.LEDGER: ledger,
    ProductionKind.SUMMARY: summary,
}
