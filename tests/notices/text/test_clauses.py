"""What is a reporting duty and what only looks like one."""

import pytest

from notices.text.clauses.obligations import ObligationReading
from notices.text.reading import read

HEAD = "示例省市场监管局关于示例工作的通知\n各市市场监管局：\n现将有关事项通知如下：\n"
TAIL = "\n示例省市场监管局\n2024年3月1日\n"


def duties(sentence: str) -> tuple[ObligationReading, ...]:
    return read(HEAD + sentence + TAIL).obligations


@pytest.mark.parametrize(
    "sentence",
    [
        "请各市局将工作总结报送省局。",
        "工作中遇到的重大问题及时报告省局。",
        "各地经验做法请及时反馈我局。",
        "各市局要在5月10日前向省局提交自查报告。",
        "实施方案应当报省局备案。",
        "请将参会名单于4月2日16:00前发至省局质量处邮箱。",
        "名单请报我局办公室。",
        "各市局每季度向省局报送一次统计表。",
        "突发情况要立即逐级上报。",
        "对疫情实行日报告、零报告制度。",
    ],
)
def test_duty_is_found(sentence: str) -> None:
    assert len(duties(sentence)) == 1


@pytest.mark.parametrize(
    "sentence",
    [
        "我局将定期汇总有关情况报送市场监管总局。",
        "省局将适时通报检查情况并报省政府。",
        "本通知自2024年4月1日起施行。",
        "各市局要及时公布检查结果，加强宣传报道。",
        "确有困难的，可向省局报告后延期。",
        "方案报省政府批准后实施。",
        "有关事项报请省政府研究。",
        "企业应当于每年1月31日前向所在地市场监管部门报送年度报告。",
        "减少基层报表填报、文件报送。",
        "要做到早发现、早报告、早处置。",
        "截至3月31日，全省共报告事故3起。",
        "严格执行信息报送制度。",
        "不得瞒报、谎报、迟报。",
        "市局根据企业报送的材料开展检查。",
        "检验机构应当及时出具检验报告。",
        "你局报送的请示收悉。",
        "及时将案件移送公安机关，将样品送检。",
        "鼓励企业主动报告缺陷信息。",
        "请参会人员于4月2日到省局报到。",
        "力争到2025年底实现全覆盖。",
    ],
)
def test_no_duty_is_found(sentence: str) -> None:
    assert duties(sentence) == ()


def test_heading_named_after_a_duty_is_none_beside_what_it_heads() -> None:
    (alone,) = duties("（二）定期报送。2024年5月起，每月5日前报送上月工作进展情况。")

    assert alone.deliverable == "上月工作进展情况"
    assert len(duties("（二）定期报送。")) == 1


def test_two_deliverables_in_one_sentence_are_two_duties() -> None:
    first, second = duties("各市局请于4月10日前将实施方案报送省局，12月20日前报送工作总结。")

    assert (first.deliverable, second.deliverable) == ("实施方案", "工作总结")
    assert [d.deadline.as_json()["date"] for d in (first, second)] == ["2024-04-10", "2024-12-20"]
    assert first.who == second.who == "各市局"


def test_list_of_dates_is_as_many_duties_with_one_quote() -> None:
    found = duties("各市局分别于4月15日、8月1日、12月15日前将统计表报省局。")

    dates = [d.deadline.as_json()["date"] for d in found]
    assert dates == ["2024-04-15", "2024-08-01", "2024-12-15"]
    assert len({d.quote for d in found}) == 1


def test_handing_on_the_same_material_is_no_second_duty() -> None:
    (found,) = duties("请于4月10日前将名单报送市局，由市局审核后报送省局。")

    assert found.report_to == "市局"


def test_later_label_sentence_dates_the_duty() -> None:
    (found,) = duties("请各市局将自查表报送省局。报送截止时间为2024年5月10日。")

    assert found.deadline.as_json()["date"] == "2024-05-10"


def test_same_work_again_every_year_is_a_second_duty() -> None:
    _, again = duties("各市局于2024年9月底前将数据报送省局。2025年起，每年1月底前完成上述工作。")

    assert again.deadline.as_json()["freq"] == "yearly"


def test_deadline_of_the_report_wins_over_that_of_the_work() -> None:
    (found,) = duties("各市局要在4月30日前完成自查，5月10日前报送自查报告。")

    assert found.deadline.as_json()["date"] == "2024-05-10"


def test_adverb_at_the_verb_wins_over_a_date_of_the_work() -> None:
    (found,) = duties("2024年底前各市局要开展抽查，重要情况及时报告省局。")

    assert found.deadline.as_json()["kind"] == "undated"


def test_public_consultation_is_nobodys_duty() -> None:
    assert duties("现向社会公开征求意见。如有意见，请于4月10日前反馈至省局。") == ()


def test_confidence_is_lower_without_a_destination() -> None:
    (sure,) = duties("请各市局于4月10日前将工作总结报送省局。")
    (less,) = duties("问题要及时上报。")

    assert less.confidence < sure.confidence <= 1


@pytest.mark.parametrize(
    ("sentence", "day"),
    [
        ("自查材料报送截止时间：2024年6月15日。", "2024-06-15"),
        (
            "请各单位于4月8日（星期一）12:00前将名单（附件）报省局办公室（电话：010-00000000）。",
            "2024-04-08",
        ),
        ("各市局将于3月下旬开展检查，请于4月20日前报送检查总结。", "2024-04-20"),
        (
            "请各市局填写统计表，加盖公章后于5月20日前寄送省局，电子版同时发至demo@example.com。",
            "2024-05-20",
        ),
    ],
)
def test_one_duty_with_its_day(sentence: str, day: str) -> None:
    (found,) = duties(sentence)

    assert found.deadline.as_json()["date"] == day


def test_months_that_share_a_day_are_as_many_duties() -> None:
    found = duties("请各单位分别于6月、9月、12月的25日前报送进展情况。")

    dates = [d.deadline.as_json()["date"] for d in found]
    assert dates == ["2024-06-25", "2024-09-25", "2024-12-25"]


def test_item_number_is_no_subject() -> None:
    (found,) = duties("（一）4月30日前，报送工作方案；")

    assert (found.who, found.deliverable) == (None, "工作方案")
