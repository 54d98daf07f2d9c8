"""Doubts about identifiers: every rule fires on its own, and clean numbers are left in peace."""

from __future__ import annotations

import pytest

from xianjie.identifiers import (
    doubts_of,
    doubts_of_bank_card,
    doubts_of_disability_certificate,
    doubts_of_id_number,
    doubts_of_uscc,
    id_number_check_digit,
    uscc_check_digit,
)

AS_OF = "2024-12-15"


def made(first17: str) -> str:
    return first17 + id_number_check_digit(first17)


def test_check_digit_is_that_of_the_standard() -> None:
    # The example of GB 11643-1999 itself.
    assert id_number_check_digit("11010519491231002") == "X"
    assert id_number_check_digit("44052418800101001") == "4"


@pytest.mark.parametrize(
    "number",
    [
        made("14112119600307122"),  # today's county code with an old birth date: a re-coded person
        made("14232219960307122"),  # the county's code before 2003
        made("14119920010307122"),  # an unassigned county
        made("14119920241215122"),  # born on the day itself
        made("14119919000101122"),
    ],
)
def test_a_sound_number_raises_no_doubt(number: str) -> None:
    assert doubts_of_id_number(number, AS_OF) is None


@pytest.mark.parametrize(
    ("number", "words"),
    [
        ("141199600307122", "15位"),
        (made("14119919600307122") + "43", "像是残疾人证号"),
        ("1411991960030712", "有16位"),
        ("14119919600307122A", "不该有的字母"),
        ("999999196003071225", "999999"),
        (made("14119919600230122"), "不是日期"),
        (made("14119918991231122"), "不在1900年"),
        (made("14119920241216122"), "不在1900年至2024-12-15之间"),
        (made("09119919600307122"), "行政区划"),
    ],
)
def test_each_doubt(number: str, words: str) -> None:
    assert words in doubts_of_id_number(number, AS_OF)


def test_every_wrong_check_digit_is_seen() -> None:
    good = made("14119919600307122")
    for last in "0123456789X":
        doubt = doubts_of_id_number(good[:17] + last, AS_OF)
        assert (doubt is None) == (last == good[-1])


def test_a_tail_of_000_is_a_doubt_even_with_a_right_check_digit() -> None:
    for sequence in range(100):
        first17 = f"141199196003{sequence % 28 + 1:02d}{sequence // 28 + 1}00"
        if id_number_check_digit(first17) == "0":
            assert "000" in doubts_of_id_number(first17 + "0", AS_OF)
            return
    pytest.fail("no number with the check digit 0 was made")


def test_unknown_areas_only_where_somebody_knows_them() -> None:
    number = made("14119919600307122")
    assert "141199" in doubts_of_id_number(number, AS_OF, known_prefix=lambda area: area == "141121")
    assert doubts_of_id_number(number, AS_OF, known_prefix=lambda area: area == "141199") is None


def test_disability_certificate() -> None:
    number = made("14119919600307122")
    assert doubts_of_disability_certificate(number + "43", AS_OF) is None
    assert doubts_of_disability_certificate(number + "43B1", AS_OF, number, "肢体", "三级") is None
    assert "样子" in doubts_of_disability_certificate(number + "83", AS_OF)
    assert "样子" in doubts_of_disability_certificate(number + "45", AS_OF)
    other = made("14119919600307123")
    assert "前18位" in doubts_of_disability_certificate(number + "43", AS_OF, other)
    assert "视力" in doubts_of_disability_certificate(number + "43", AS_OF, number, "视力")
    assert "一级" in doubts_of_disability_certificate(number + "43", AS_OF, number, "肢体", "一级")
    wrong = number[:17] + ("1" if number[17] != "1" else "2")
    assert "校验码" in doubts_of_disability_certificate(wrong + "43", AS_OF)
    # The number stands in its own column too, and is judged there.
    assert doubts_of_disability_certificate(wrong + "43", AS_OF, wrong) is None


def test_bank_card() -> None:
    assert doubts_of_bank_card("4111111111111111") is None
    assert "校验位" in doubts_of_bank_card("4111111111111112")
    assert doubts_of_bank_card("4111111111111112", "存折") is None
    assert doubts_of_bank_card("12345678") is None  # too short to be a card


def test_uscc_of_a_village_cooperative() -> None:
    first17 = "N2141199MA0000001"
    assert doubts_of_uscc(first17 + uscc_check_digit(first17)) is None
    wrong = "0" if uscc_check_digit(first17) != "0" else "1"
    assert "校验码" in doubts_of_uscc(first17 + wrong)
    assert "字符" in doubts_of_uscc("N2141199MA000000IO")
    assert "有15位" in doubts_of_uscc("141199000000001")


def test_doubts_by_the_name_of_the_check() -> None:
    number = made("14119919600307122")
    assert doubts_of("id_number", number, {}, AS_OF) is None
    assert "视力" in doubts_of("disability_certificate", number + "43", {"残疾类别": "视力"}, AS_OF)
    assert doubts_of("bank_card", "4111111111111112", {}, AS_OF) is None  # nobody says that it is a card
    assert doubts_of("bank_card", "4111111111111112", {"账户类型": "卡"}, AS_OF)
    assert doubts_of("uscc", "1", {}, AS_OF)
    with pytest.raises(ValueError, match="unknown check"):
        doubts_of("other", "1", {}, AS_OF)
