"""The words a form definition is written in: what cells, fields and rows can be."""

from enum import StrEnum


class RowMode(StrEnum):
    """Where the rows of a table come from."""

    REPEAT = "repeat"  # as many rows as the unit needs
    FIXED_ITEMS = "fixed_items"  # the rows stand in the definition
    SCORED = "scored"  # fixed items that are criteria, with points and a self-assessment
    BY_REGION = "by_region"  # a row for each region or bureau below, given from outside
    KEY_VALUE = "key_value"  # no rows: labels and blanks in a grid, each filled in once


class ColumnKind(StrEnum):
    """What a cell of the column holds."""

    SERIAL = "serial"  # 序号, counted by the program
    ROW_LABEL = "row_label"  # 类别, 地区: printed from the definition or the region
    MEASURE = "measure"  # 计量单位 of the row, printed from the definition
    TEXT = "text"
    LONGTEXT = "longtext"
    REMARK = "remark"  # 备注: never asked for
    INTEGER = "integer"
    DECIMAL = "decimal"
    MONEY = "money"  # an amount in the unit of its column: 元, 万元
    PERCENT = "percent"  # 35 stands for 35%; never added up
    DATE = "date"
    MONTH = "month"
    CHOICE = "choice"
    YES_NO = "yes_no"
    REGION = "region"  # the name of a region, written in
    BUREAU = "bureau"  # the name of a bureau, written in
    CONTACT = "contact"  # a person and a telephone number
    DOCUMENT = "document"  # 名称, 文号 and 日期 of documents, one a line


class Per(StrEnum):
    """How often a column is filled in: once for the reporting unit, or on each row."""

    UNIT = "unit"
    ROW = "row"


class FieldKind(StrEnum):
    """What a field above or below the table holds."""

    UNIT = "unit"  # 填报单位: the name of the unit, known from the assignment
    TEXT = "text"
    DATE = "date"
    MONTH = "month"
    PERSON = "person"  # 审核人, 填表人, 单位负责人
    PHONE = "phone"
    EMAIL = "email"
    CONTACT = "contact"
    CHOICE = "choice"


class Aggregate(StrEnum):
    """What becomes of a column where several rows or units are taken together."""

    SUM = "sum"
    COUNT = "count"  # of cells that say something
    JOIN = "join"  # texts, each with its unit
    MAX = "max"
    MIN = "min"
    RATE = "rate"  # recomputed from the totals of its numerator and denominator
    NONE = "none"


class Level(StrEnum):
    """An error forbids handing in, a warning does not."""

    ERROR = "error"
    WARNING = "warning"


class Position(StrEnum):
    """Where a row of totals stands."""

    FIRST = "first"
    LAST = "last"


class Orientation(StrEnum):
    """How the paper lies."""

    LANDSCAPE = "landscape"
    PORTRAIT = "portrait"


NUMBERS = frozenset({ColumnKind.INTEGER, ColumnKind.DECIMAL, ColumnKind.MONEY, ColumnKind.PERCENT})
TEXTS = frozenset({ColumnKind.TEXT, ColumnKind.LONGTEXT, ColumnKind.REMARK, ColumnKind.DOCUMENT})
PRINTED = frozenset({ColumnKind.SERIAL, ColumnKind.ROW_LABEL, ColumnKind.MEASURE})
KEYED = frozenset({RowMode.FIXED_ITEMS, RowMode.SCORED, RowMode.BY_REGION})
LISTED = frozenset({RowMode.FIXED_ITEMS, RowMode.SCORED})
