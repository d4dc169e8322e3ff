import pytest

from bureaus.models import Bureau
from notices.checking.expansion import expand
from tests import factories, real_tree

pytestmark = pytest.mark.django_db
NATIONAL = "各省、自治区、直辖市和新疆生产建设兵团市场监管局（厅、委）"


@pytest.fixture(scope="module", autouse=True)
def tree(django_db_setup, django_db_blocker):
    with real_tree.loaded(django_db_blocker):
        yield


def bureau(code):
    return Bureau.objects.get(code=code)


def codes(expansion):
    return [each.code for each in expansion.bureaus]


def regions(text, *, issuer="100000"):
    return [each.region for each in expand(text, issuer=bureau(issuer)).bureaus]


def provinces(*but):
    found = Bureau.objects.provinces().exclude(code__in=but)
    return list(found.values_list("code", flat=True))


def test_full_expression_is_the_32_provinces_and_the_offices_own_units():
    found = expand(factories.RECIPIENTS, issuer=bureau("100000"))

    assert codes(found) == provinces()
    assert len(found.bureaus) == 32
    assert found.internal == list(Bureau.objects.internal_units())
    assert len(found.internal) == 32
    assert (found.others, found.needs_choice) == ((), ())


def test_closing_colon_changes_nothing():
    found = expand(f"{factories.RECIPIENTS}：", issuer=bureau("100000"))

    assert (codes(found), len(found.internal)) == (provinces(), 32)


def test_without_the_bingtuan_31():
    found = expand("各省、自治区、直辖市市场监管局（厅、委）", issuer=bureau("100000"))

    assert codes(found) == provinces("660000")
    assert (len(found.bureaus), found.internal) == (31, [])


def test_with_the_planned_cities_37():
    text = "各省、自治区、直辖市及计划单列市、新疆生产建设兵团市场监管局（厅、委）"

    found = expand(text, issuer=bureau("100000"))

    assert len(found.bureaus) == 37
    assert {each.region for each in found.bureaus if each.rank == "prefecture"} == {
        "大连市", "宁波市", "厦门市", "青岛市", "深圳市",
    }  # fmt: skip


def test_with_the_sub_provincial_cities_47():
    text = "各省、自治区、直辖市和副省级城市、新疆生产建设兵团市场监管局（厅、委）"

    found = expand(text, issuer=bureau("100000"))

    assert len(found.bureaus) == 47
    assert sum(each.is_sub_provincial for each in found.bureaus) == 15


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("总局各司局", {"司局": 26}),
        ("总局各直属单位", {"直属单位": 6}),
        ("总局各司局、各直属单位", {"司局": 26, "直属单位": 6}),
    ],
)
def test_internal_units_by_their_kind(text, kinds):
    found = expand(text, issuer=bureau("100000"))

    said = [each.region_kind for each in found.internal]
    assert {kind: said.count(kind) for kind in sorted(set(said))} == kinds
    assert found.bureaus == []


def test_provinces_own_departments_are_not_those_of_the_central_office():
    found = expand("各市市场监管局，各司局、各直属单位", issuer=bureau("330000"))

    assert (len(found.bureaus), found.internal) == (11, [])


def test_named_list_is_those_named():
    text = "北京、天津、河北省（市）市场监管局（委）"

    assert regions(text) == ["北京市", "天津市", "河北省"]


def test_one_named_bureau():
    assert regions("新疆生产建设兵团市场监管局") == ["新疆生产建设兵团"]
    assert regions("兵团市场监管局") == ["新疆生产建设兵团"]
    assert regions("天津市市场监管委") == ["天津市"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("吉林、辽宁省市场监管局（厅）", ["辽宁省", "吉林省"]),
        ("吉林省市场监管厅", ["吉林省"]),
        ("吉林市市场监管局", ["吉林市"]),
    ],
)
def test_jilin_province_and_jilin_city_are_told_apart(text, found):
    assert regions(text) == found


@pytest.mark.parametrize("words", ["（西藏除外）", "（除西藏外）", "（不含西藏）"])
def test_exception_is_left_out(words):
    found = expand(f"{NATIONAL}{words}", issuer=bureau("100000"))

    assert codes(found) == provinces("540000")
    assert found.needs_choice == ()


def test_exception_that_fits_no_bureau_is_left_to_a_person():
    found = expand(f"{NATIONAL}（南极除外）", issuer=bureau("100000"))

    assert (len(found.bureaus), found.needs_choice) == (32, ("南极",))


def test_name_that_fits_no_bureau_is_left_to_a_person():
    found = expand("北京、燕京、河北省（市）市场监管局", issuer=bureau("100000"))

    assert [each.region for each in found.bureaus] == ["北京市", "河北省"]
    assert found.needs_choice == ("燕京",)


def test_part_of_a_name_is_no_name():
    found = expand("东省市场监管局", issuer=bureau("100000"))

    assert (found.bureaus, found.needs_choice) == ([], ("东省",))


def test_some_provinces_without_names_are_nobody_until_a_person_chooses():
    found = expand("有关省、自治区、直辖市市场监管局（厅、委）", issuer=bureau("100000"))

    assert (found.bureaus, found.internal) == ([], [])
    assert len(found.needs_choice) == 1
    assert found.needs_choice[0].startswith("有关省")


def test_other_authorities_are_shown_and_get_nothing():
    found = expand(f"教育部、公安部，{NATIONAL}", issuer=bureau("100000"))

    assert codes(found) == provinces()
    assert found.others == ("教育部", "公安部")


@pytest.mark.parametrize(
    ("issuer", "text", "count"),
    [
        ("510000", "各市（州）市场监管局", 21),
        ("330000", "各设区市市场监管局", 11),
        ("330100", "各县（市、区）市场监管局", 13),
    ],
)
def test_lower_office_addresses_the_tier_right_below(issuer, text, count):
    found = expand(text, issuer=bureau(issuer))

    assert {each.parent.code for each in found.bureaus} == {issuer}
    assert len(found.bureaus) == count


def test_nobody_outside_the_issuers_subtree_is_addressed():
    """Not the issuer itself either: nobody issues to itself."""
    assert regions("北京、浙江省（市）市场监管局", issuer="330000") == []
    assert regions(NATIONAL, issuer="330000") == []
    assert regions("杭州、南京市市场监管局", issuer="330000") == ["杭州市"]


def test_bureau_out_of_use_is_not_addressed():
    Bureau.objects.filter(code="330000").update(is_active=False)

    assert codes(expand(NATIONAL, issuer=bureau("100000"))) == provinces("330000")


@pytest.mark.parametrize("text", ["", "  \n"])
def test_no_words_address_nobody(text):
    found = expand(text, issuer=bureau("100000"))

    assert (found.bureaus, found.internal, found.others, found.needs_choice) == ([], [], (), ())


@pytest.mark.parametrize("text", ["杭州市市场监管局", "各市、县（市、区）局，南极、北极、吴越市局"])
def test_tree_is_read_once_whatever_the_words(text, django_assert_num_queries):
    issuer = bureau("330000")

    with django_assert_num_queries(1):
        expand(text, issuer=issuer)


def test_bureau_out_of_use_is_told_of_where_it_is_named():
    Bureau.objects.filter(code="330100").update(is_active=False)

    found = expand("杭州、宁波市市场监管局", issuer=bureau("330000"))

    assert codes(found) == ["330200"]
    assert [gap.words for gap in found.gaps] == ["杭州"]
    assert "已停用" in found.gaps[0].problem


def test_unit_that_the_office_added_is_found_by_its_names():
    issuer = bureau("420000")
    Bureau.objects.create(
        code="42G1", name="武汉东湖新技术开发区市场监督管理局", short_name="东湖高新区市场监管局",
        rank=Bureau.Rank.ZONE, parent=issuer, path=f"{issuer.path}42G1/", aliases="光谷市场监管局",
    )  # fmt: skip

    for text in (
        "武汉东湖新技术开发区市场监管局",
        "东湖高新区市场监管局",
        "光谷市场监管局",
        "各开发区市场监管局",
    ):
        found = expand(text, issuer=issuer)
        assert (codes(found), found.gaps) == (["42G1"], []), text


def test_branches_that_the_office_added_are_all_branches():
    issuer = bureau("330100")
    for number, name in ((1, "西湖风景名胜区分局"), (2, "经济技术开发区分局")):
        code = f"33F{number}"
        Bureau.objects.create(
            code=code, name=f"杭州市市场监督管理局{name}", short_name=name, rank=Bureau.Rank.ZONE,
            parent=issuer, path=f"{issuer.path}{code}/",
        )  # fmt: skip

    found = expand("各区、县（市）市场监管局，各分局", issuer=issuer)

    assert [len(part.bureaus) for part in found.parts] == [13, 2]
    assert codes(expand("经开区分局", issuer=issuer)) == ["33F2"]


def test_cities_of_which_the_system_knows_none_are_said_to_be_none():
    Bureau.objects.filter(rank=Bureau.Rank.PREFECTURE).update(is_active=False)

    found = expand("各省会城市市场监管局", issuer=bureau("100000"))

    assert (found.bureaus, found.parts[0].note) == ([], "名单中没有这样的单位，不建任务")
