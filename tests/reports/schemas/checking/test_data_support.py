import pytest

from reports.schemas.checking.data_support import Support, support_of, titles_in

pytestmark = pytest.mark.once

SUBJECTS = titles_in("《质量强国建设纲要》学习宣传贯彻工作总结提纲")


@pytest.mark.parametrize(
    "text",
    [
        "一是加强领导，二是抓好落实，三要常抓不懈。",
        "第一，加强领导；第二，第三批、第3期也是次序。",
        "一、提高认识\n（一）抓学习\n(2)抓落实",
        "1.加强领导；2.抓落实。",
        "１．加强领导 ２、抓落实",
        "①加强领导②抓落实",
        "其一，认真学习；一方面组织，一则宣传。",
        "2025年全年认真贯彻。",
        "二〇二五年度和2021—2025年，2023至25年",
        "落实“十四五”规划，进一步形成一批制度，建立一系列机制。",
        "增强“四个意识”，做到“两个维护”，坚持五位一体。",
        "办好12315热线，开展“3·15”宣传，对标GB/T 19001—2016。",
        "学习《质量强国建设纲要》，贯彻《纲要》。",
        "服务千家万户，市县两级十分重视。",
        "质量月期间广泛宣传。",
        "",
    ],
)
def test_words_of_order_years_and_names_support_nothing(text):
    assert not support_of(text, subjects=SUBJECTS)


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("组织学习3次", ("3次",)),
        ("组织学习三次，培训五百余人次", ("三次", "五百余人次")),
        ("一是走进企业12家，二是减免费用1,200万元", ("12家", "1,200万元")),
        ("覆盖3.5万人，合格率98.5%", ("3.5万人", "98.5%")),
        ("达到百分之九十五", ("百分之九十五",)),
        ("开展一次培训，发布十余篇文章", ("一次", "十余篇")),
        ("２０２５年检查３家", ("3家",)),
    ],
)
def test_figures_are_found_as_written(text, figures):
    assert support_of(text) == Support(figures=figures)


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("3月5日召开会议", ("3月5日",)),
        ("2026年3月5日", ("2026年3月5日",)),
        ("二〇二六年三月五日", ("二〇二六年三月五日",)),
        ("三月组织，九月底完成", ("三月", "九月底")),
        ("2026-03-05部署", ("2026-03-05",)),
    ],
)
def test_days_and_months_are_found(text, days):
    assert support_of(text) == Support(days=days)


@pytest.mark.parametrize(
    ("text", "documents"),
    [
        ("印发《实施方案》", ("《实施方案》",)),
        ("示监发〔2026〕9号", ("示监发〔2026〕9号",)),
        ("印发《贯彻〈质量强国建设纲要〉实施方案》", ("《贯彻〈质量强国建设纲要〉实施方案》",)),
    ],
)
def test_documents_are_found_but_not_the_one_it_is_all_about(text, documents):
    assert support_of(text + "贯彻《纲要》", subjects=SUBJECTS) == Support(documents=documents)
