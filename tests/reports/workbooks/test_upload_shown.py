"""Uploaded cells whose stored value is not what stands on the screen: taken as seen, or told."""

from tests.reports.shown_cells import DAY, MONTH, read, said, texts, with_id, written


def test_days_with_formats_of_chinese_excel():
    serials = {f"F{row}": (46112, "General") for row in range(4, 9)}
    months = {f"G{row}": (46112, "General") for row in range(4, 10)}
    data = written({**serials, **months, "B4": (46112, "General")})
    ids = {"F4": 31, "F5": 27, "F6": 36, "F7": 57, "F8": 58, "B4": 31}
    ids |= dict(zip(months, (27, 36, 50, 52, 57, 31), strict=True))

    upload = read(with_id(data, ids))

    found = texts(upload)
    assert upload.faults == ()
    assert [found[f"F{row}"] for row in range(4, 8)] == ["2026年3月31日", *["2026年3月"] * 3]
    assert found["B4"] == "2026年3月31日"
    assert [found[f"G{row}"] for row in range(4, 10)] == ["2026年3月"] * 6
    assert said(upload.notices) == {
        "F8": "单元格显示为“3月31日”，已按“2026年3月31日”导入，请核对。",
        "G9": "单元格显示为“2026年3月31日”，已按“2026年3月”导入，请核对。",
    }


def test_number_in_a_column_of_days_is_a_fault_and_never_a_month():
    values = [2026.10, 2026.1, 202610, 20261001, 10, 46112]

    upload = read(
        written(
            {
                **{f"F{row}": (value, "General") for row, value in enumerate(values, 4)},
                **{f"G{row}": (value, "0.00") for row, value in enumerate(values, 4)},
            }
        )
    )

    assert set(said(upload.faults)) == {f"{column}{row}" for column in "FG" for row in range(4, 10)}
    assert all("应填日期，此格是数字" in words for words in said(upload.faults).values())


def test_year_that_nobody_meant_is_a_fault():
    upload = read(
        written(
            {
                "G4": (2026.10, MONTH),
                "F4": (20.26, DAY),
                "F5": (3.31, 'm"月"d"日"'),
                "F6": (115000, DAY),
                "B4": (2026.10, MONTH),
                "C4": (12, DAY),
                "G5": ("1905年7月", "@"),
                "F7": ("2226-03-31", "@"),
            }
        )
    )

    assert set(said(upload.faults)) == {"G4", "F4", "F5", "F6", "B4", "C4", "G5", "F7"}
    assert said(upload.faults)["G4"].startswith("此格显示为“1905年7月”，多半是把数字填进了日期格式")


def test_digits_that_excel_lost_are_a_fault():
    upload = read(
        written(
            {
                "B4": (911101081234567891, "General"),
                "B5": (9.11101081234567e17, "0"),
                "B6": (1234567890123456, "@"),
                "B7": ("9.11101E+17", "@"),
                "B8": (-911101081234567000, "#,##0"),
                "C4": (1234567890123456, "0"),
                "B9": (123456789012345, "0"),
                "B10": (330106199001, "General"),
            }
        )
    )

    assert set(said(upload.faults)) == {"B4", "B5", "B6", "B7", "B8", "C4"}
    assert all("丢失" in words for words in said(upload.faults).values())
    assert (texts(upload)["B9"], texts(upload)["B10"]) == ("123456789012345", "330106199001")
    assert set(said(upload.notices)) == {"B10"}  # on the screen it is 3.30106E+11


def test_text_column_takes_a_number_as_it_is_shown():
    shown = {
        "B4": (12, "000000", "000012"),
        "B5": (13800001111, "000-0000-0000", "138-0000-1111"),
        "B6": (1240, "#,##0", "1,240"),
        "B7": (0.355, "0.0%", "35.5%"),
        "B8": (-12, "0_);(0)", "(12)"),
        "B9": (125000, '0!.0,"万元"', "12.5万元"),
        "B10": (3.14159, "0.00", "3.14"),
        "B11": ("张三", '@"先生"', "张三先生"),
    }

    upload = read(written({at: (value, code) for at, (value, code, _) in shown.items()}))

    assert upload.faults == ()
    assert {at: text.strip() for at, text in texts(upload).items()} == {
        at: text for at, (_, _, text) in shown.items()
    }
    assert set(said(upload.notices)) == {"B9", "B10", "B11"}


def test_unit_of_the_format_must_be_that_of_the_column():
    upload = read(
        written(
            {
                "D4": (125000, '0!.0,"万元"'),
                "D5": (12.5, '0.0"元"'),
                "H4": (12.5, '0.0"万元"'),
                "C4": (12, '0"个"'),
                "C5": (20, '"约"0'),
                "C6": (3, '0"万家"'),
                "D6": (12, '"$"0'),
                "D7": (12.5, '0.0"万元"'),
                "H5": (125000, '0!.0,"万元"'),
                "C7": (12, '0"家"'),
                "D8": (12, '"¥"#,##0.00'),
            }
        )
    )

    assert set(said(upload.faults)) == {"D4", "D5", "H4", "C4", "C5", "C6", "D6"}
    assert said(upload.faults)["D4"] == (
        "单元格显示为“12.5万元”，存的却是125000，此栏单位是“万元”，分不清以哪个为准。"
        "请把单元格格式改为“常规”，按此栏的单位重新填写。"
    )
    found = texts(upload)
    assert [found[at] for at in ("D7", "H5", "C7", "D8")] == ["12.5", "125000", "12", "12"]
    assert upload.notices == ()


def test_sign_zero_and_rounding_of_the_format_are_told():
    upload = read(
        written(
            {
                "D4": (-5, "0.00_);(0.00)"),
                "D5": (-5, "0.00;[Red]0.00"),
                "D6": (-5, "0.00;0.00"),
                "D7": (12.3456, "0.00"),
                "D8": (12.34, "0"),
                "D9": (0, '0;-0;"-"'),
                "D10": (0, "0;-0;;@"),
                "D11": (5, ";;;"),
                "E4": (0.98765, "0.0%"),
                "C4": (2.6, "0"),
            }
        )
    )

    assert set(said(upload.faults)) == {"D6", "D11", "C4"}
    assert set(said(upload.notices)) >= {"D5", "D7", "D8", "D9", "D10", "E4"}
    assert "D4" not in said(upload.notices)
    found = texts(upload)
    assert [found[at] for at in ("D4", "D5", "D7", "D8", "D9", "D10", "E4")] == [
        *("-5", "-5", "12.35", "12.34", "0", "0", "98.8"),
    ]


def test_characters_of_no_width_are_dropped_and_told():
    upload = read(
        written(
            {
                "C4": ("\u200b12", "@"),
                "D4": ("12.5\ufeff", "@"),
                "B4": ("示\u200d例", "@"),
                "F4": ("\u202a2026年3月31日\u202c", "@"),
                "G4": ("2026年\u20603月", "@"),
                "B5": ("👨\u200d👩", "@"),
                "E4": ("98\u00ad%", "@"),
            }
        )
    )

    assert upload.faults == ()
    found = texts(upload)
    assert [found[f"{column}4"] for column in "CDBFGE"] == [
        *("12", "12.5", "示例", "2026年3月31日", "2026年3月", "98%"),
    ]
    assert found["B5"] == "👨\u200d👩"
    assert set(said(upload.notices)) == {f"{column}4" for column in "CDBFGE"}
    assert said(upload.notices)["F4"] == "有2个看不见的字符（U+202A、U+202C），已去掉。"


def test_number_that_was_a_day_says_which():
    upload = read(
        written(
            {
                "F4": (46112, "General"),
                "F5": (20260305, "General"),
                "F6": (2026.1, "0.00"),
                "G4": (46112, "0"),
                "G5": (10, "General"),
            }
        )
    )

    was = "可能是丢了日期格式的“{}”，请改填这样的日期。"
    assert said(upload.faults) == {
        "F4": "“检查日期”应填日期，此格是数字“46112”。" + was.format("2026年3月31日"),
        "F5": "“检查日期”应填日期，此格是数字“20260305”。请改填“2026年10月1日”这样的日期。",
        "F6": "“检查日期”应填日期，此格是数字“2026.10”。数字末尾的0会丢失（2026.10会变成2026.1），"
        "请改填“2026年10月1日”这样的日期。",
        "G4": "“月份”应填日期，此格是数字“46112”。" + was.format("2026年3月"),
        "G5": "“月份”应填日期，此格是数字“10”。请改填“2026年10月”这样的日期。",
    }


def test_text_that_is_january_or_october_is_told():
    upload = read(written({"F4": ("2026.1", "@"), "G4": ("2026.1", "@"), "G5": ("2026.10", "@")}))

    told = "“2026.1”已按2026年1月导入；如应为2026年10月，请修改。"
    assert said(upload.notices) == {"F4": told, "G4": told}
    assert texts(upload) == {"F4": "2026.1", "G4": "2026.1", "G5": "2026.10"}


def test_digits_hidden_by_a_power_are_all_taken_and_told():
    upload = read(written({"B4": (13800001111, "0.00E+00"), "B5": (46112, "d-mmm-yy")}))

    assert texts(upload) == {"B4": "13800001111", "B5": "31-Mar-26"}
    assert said(upload.notices) == {
        "B4": "单元格显示为“1.38E+10”，已按“13800001111”导入，请核对。",
        "B5": "已按“31-Mar-26”导入，请核对日期。",
    }


def test_one_in_a_column_of_percent_is_told():
    upload = read(written({"E4": (1, "General"), "E5": (1, "0%"), "E6": (0.5, "General")}))

    assert texts(upload) == {"E4": "1", "E5": "100", "E6": "0.5"}
    assert said(upload.notices) == {
        "E4": "此栏单位是%，已按1%导入；如应为100%，请修改。",
        "E6": "此栏单位是%，已按0.5%导入；如应为50%，请修改。",
    }
