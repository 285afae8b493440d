"""Dates as publishers write them."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rawi.core.dates import Moment, read, read_date


def at(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)  # type: ignore[misc, arg-type]


WITH_ZONE = [
    # ISO 8601 and its relatives
    ("2015-10-02T10:11:12Z", at(2015, 10, 2, 10, 11, 12)),
    ("2015-10-02t10:11z", at(2015, 10, 2, 10, 11)),
    ("2015-10-02T10:11:12.5Z", at(2015, 10, 2, 10, 11, 12, 500000)),
    ("2015-10-02T10:11:12,123456789Z", at(2015, 10, 2, 10, 11, 12, 123456)),
    ("2015-10-02T10:11:12+02:00", at(2015, 10, 2, 8, 11, 12)),
    ("2015-10-02T10:11:12+0200", at(2015, 10, 2, 8, 11, 12)),
    ("2015-10-02T10:11:12+02", at(2015, 10, 2, 8, 11, 12)),
    ("2015-10-02T10:11:12−03:30", at(2015, 10, 2, 13, 41, 12)),
    ("2015-10-02 10:11:12 +0200", at(2015, 10, 2, 8, 11, 12)),
    ("2015-10-02 10:11:12 UTC", at(2015, 10, 2, 10, 11, 12)),
    ("2015-10-02T10Z", at(2015, 10, 2, 10)),
    ("2015-10-02T24:00:00Z", at(2015, 10, 3)),
    ("2016-12-31T23:59:60Z", at(2017, 1, 1)),
    ("20151002T101112Z", at(2015, 10, 2, 10, 11, 12)),
    ("20151002T1011+0200", at(2015, 10, 2, 8, 11)),
    ("2015-W40-5T10:11Z", at(2015, 10, 2, 10, 11)),
    ("2015W405T10:11Z", at(2015, 10, 2, 10, 11)),
    ("2015-275T10:11Z", at(2015, 10, 2, 10, 11)),
    ("2015-10-02T00:30:00+03:00", at(2015, 10, 1, 21, 30)),
    ("2015/10/02 10:11:12 EDT", at(2015, 10, 2, 14, 11, 12)),
    ("٢٠١٥-١٠-٠٢T١٠:١١:١٢Z", at(2015, 10, 2, 10, 11, 12)),
    # RFC 822, 2822 and what passes for it
    ("Fri, 02 Oct 2015 10:11:12 GMT", at(2015, 10, 2, 10, 11, 12)),
    ("Fri, 2 Oct 2015 10:11:12 +0200", at(2015, 10, 2, 8, 11, 12)),
    ("Fri, 02 Oct 2015 10:11:12 +0200 (CEST)", at(2015, 10, 2, 8, 11, 12)),
    ("Fri, 02 Oct 2015 10:11:12 -0000", at(2015, 10, 2, 10, 11, 12)),
    ("Fri, 02 Oct 2015 10:11 EST", at(2015, 10, 2, 15, 11)),
    ("Fri, 02 Oct 2015 10:11:12 PDT", at(2015, 10, 2, 17, 11, 12)),
    ("Friday, 02-Oct-15 10:11:12 GMT", at(2015, 10, 2, 10, 11, 12)),
    ("24 Nov 15 07:30 EST", at(2015, 11, 24, 12, 30)),
    ("24 Nov 94 07:30 UT", at(1994, 11, 24, 7, 30)),
    ("Fri Oct  2 10:11:12 UTC 2015", at(2015, 10, 2, 10, 11, 12)),
    ("Fri Oct  2 10:11:12 +0100 2015", at(2015, 10, 2, 9, 11, 12)),
    ("Vendredi, 02 Octobre 2015 10:11:12 +0200", at(2015, 10, 2, 8, 11, 12)),
    # prose
    ("March 14, 2025, 9:05 am GMT", at(2025, 3, 14, 9, 5)),
    ("March 14, 2025 at 9:05 p.m. EDT", at(2025, 3, 15, 1, 5)),
    ("Updated 12:30 AM EST, Fri October 2, 2015", at(2015, 10, 2, 5, 30)),
    ("October 2, 2015 | 9am UTC", at(2015, 10, 2, 9)),
    ("2 October 2015 • 3:11pm BST", at(2015, 10, 2, 14, 11)),
    ("Publié le 14 mars 2025 à 09h05 GMT", at(2025, 3, 14, 9, 5)),
    ("14. März 2025, 09:05 Uhr MEZ", at(2025, 3, 14, 8, 5)),
    ("الجمعة 2 أكتوبر 2015 - 10:11 بتوقيت غرينتش", at(2015, 10, 2, 10, 11)),
    ("الجمعة ٢ أكتوبر ٢٠١٥ الساعة ١٠:١١ مساءً بتوقيت مكة المكرمة", at(2015, 10, 2, 19, 11)),
    ("آخر تحديث: 07:30 ص GMT، الثلاثاء 24 نوفمبر 2015", at(2015, 11, 24, 7, 30)),
    ("02 - 10 - 2015 10:11 UTC+3", at(2015, 10, 2, 7, 11)),
    ("02/10/2015 10:11 GMT+03:00", at(2015, 10, 2, 7, 11)),
]


@pytest.mark.parametrize(("text", "expected"), WITH_ZONE)
def test_a_time_with_its_zone(text: str, expected: datetime) -> None:
    moment = read_date(text)
    assert moment is not None
    assert moment.at == expected
    assert moment.at.tzinfo is UTC
    assert moment.text == text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2015-10-02T23:30:00-04:00", date(2015, 10, 2)),
        ("2015-10-02T00:30:00+03:00", date(2015, 10, 2)),
        ("9999-12-31T23:59:59-05:00", date(9999, 12, 31)),
    ],
)
def test_the_day_is_the_publishers(text: str, expected: date) -> None:
    moment = read_date(text)
    assert moment is not None
    assert moment.on == expected


OCTOBER = date(2015, 10, 2)
DAYS = [
    ("2015-10-02", OCTOBER),
    ("2015/10/2", OCTOBER),
    ("2015.10.02", OCTOBER),
    ("20151002", OCTOBER),
    ("20151002101112", OCTOBER),
    ("2015-W40-5", OCTOBER),
    ("2015-275", OCTOBER),
    ("2015-10-02T10:11:12", OCTOBER),
    ("2015-10-02 10:11", OCTOBER),
    ("2015-11-24T00000000000000000000000000000", date(2015, 11, 24)),
    ("02 - 10 - 2015", OCTOBER),
    ("Published in Albawaba on 02 - 10 - 2015", OCTOBER),
    ("نشر في الأهرام يوم 02 - 10 - 2015", OCTOBER),
    ("02/10/2015", OCTOBER),
    ("2.10.2015", OCTOBER),
    ("10/25/2015", date(2015, 10, 25)),
    ("25-10-2015", date(2015, 10, 25)),
    ("٠٢/١٠/٢٠١٥", OCTOBER),
    ("۰۲/۱۰/۲۰۱۵", OCTOBER),
    ("2 October 2015", OCTOBER),
    ("2nd of October, 2015", OCTOBER),
    ("Oct. 2, 2015", OCTOBER),
    ("OCTOBER 2ND 2015", OCTOBER),
    ("Friday October 2 2015 10.11", OCTOBER),
    ("2015 Oct 2", OCTOBER),
    ("2-Oct-2015", OCTOBER),
    ("Fri Oct  2 10:11:12 2015", OCTOBER),
    ("Sept. 9, 2001", date(2001, 9, 9)),
    ("le vendredi 2 octobre 2015 à 10h11", OCTOBER),
    ("1er août 2015", date(2015, 8, 1)),
    ("14 févr. 2025", date(2025, 2, 14)),
    ("25 DÉCEMBRE 2020", date(2020, 12, 25)),
    ("2. Oktober 2015", OCTOBER),
    ("14. März 2025", date(2025, 3, 14)),
    ("2 de octubre de 2015", OCTOBER),
    ("14 MAR 2025", date(2025, 3, 14)),
    ("الجمعة، 2 أكتوبر، 2015", OCTOBER),
    ("الجمعة ٢ أكتوبر ٢٠١٥", OCTOBER),
    ("2 اكتوبر/تشرين الأول 2015", OCTOBER),
    ("2 تشرين الأول/أكتوبر 2015", OCTOBER),
    ("2 تشرين الأول (أكتوبر) 2015", OCTOBER),
    ("2 من أكتوبر عام 2015", OCTOBER),
    ("أكتوبر 2, 2015", OCTOBER),
    ("2015 أكتوبر 2", OCTOBER),
    ("12 صفر 1437 هـ - 24 نوفمبر 2015 م", date(2015, 11, 24)),
    ("الثلاثاء 12 صفر 1437 الموافق 24/11/2015", date(2015, 11, 24)),
    ("Publié dans Le Matin le 02 - 10 - 2015", OCTOBER),
    ("Published 24 Nov 2015. Updated 25 Nov 2015 10:00 GMT", date(2015, 11, 24)),
]
DAYS += [
    # other languages
    ("4 de março de 2021", date(2021, 3, 4)),
    ("4 marzo 2021", date(2021, 3, 4)),
    ("4. mars 2021", date(2021, 3, 4)),
    ("Torsdag 4. desember 2021 kl. 10.11", date(2021, 12, 4)),
    ("4 Mart 2021 Perşembe", date(2021, 3, 4)),
    ("4 Ağustos 2021", date(2021, 8, 4)),
    ("4 maart 2021", date(2021, 3, 4)),
    ("4 марта 2021 г.", date(2021, 3, 4)),
    ("4 października 2021", date(2021, 10, 4)),
    ("2021 m. kovo 4 d.", date(2021, 3, 4)),
    ("4 Machi 2021", date(2021, 3, 4)),
    ("4 मार्च 2021", date(2021, 3, 4)),
    ("ngày 4 tháng 3 năm 2021", date(2021, 3, 4)),
    ("2021年3月4日", date(2021, 3, 4)),
    ("2021年3月4日(木) 10時11分", date(2021, 3, 4)),
    ("2021년 3월 4일", date(2021, 3, 4)),
    ("2021. 3. 4.", date(2021, 3, 4)),
    ("Stand: 12.03.2021", date(2021, 3, 12)),
    ("2 جوان 2021 على الساعة 10:11", date(2021, 6, 2)),
    ("الجمعة ۴ مارس ۲۰۲۱", date(2021, 3, 4)),
    # the Hijra's, where no other stands beside it; Iran's by the names of its months
    ("15 رمضان 1437 هـ", date(2016, 6, 20)),
    ("12 صفر 1437 هـ", date(2015, 11, 24)),
    ("١٢ ربيع الأول ١٤٤٢", date(2020, 10, 29)),
    ("12/2/1437 هـ", date(2015, 11, 24)),
    ("۱۰ مهر ۱۳۹۴", OCTOBER),
]
MONTHS = [
    "يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر",
    "يناير فبراير مارس إبريل مايو يونيه يوليه اغسطس سبتمبر اكتوبر نوفمبر ديسمبر",
    "كانون_الثاني شباط آذار نيسان أيّار حزيران تمّوز آب أيلول تشرين_الأول تشرين_الثاني كانون_الأول",
    "كانون_ثاني شباط اذار نيسان ايار حزيران تموز اب ايلول تشرين_أول تشرين_ثاني كانون_أول",
    "جانفي فيفري مارس أفريل ماي جوان جويلية أوت سبتمبر أكتوبر نوفمبر ديسمبر",
    "يناير فبراير مارس أبريل ماي يونيو يوليوز غشت شتنبر أكتوبر نونبر دجنبر",
    "January February March April May June July August September October November December",
    "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec",
    "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "janv. févr. mars avr. mai juin juil. août sept. oct. nov. déc.",
    "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
    "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
]


@pytest.mark.parametrize(("text", "expected"), DAYS)
def test_a_day(text: str, expected: date) -> None:
    moment = read_date(text)
    assert moment is not None
    assert moment.on == expected
    assert moment.at is None


@pytest.mark.parametrize("names", MONTHS)
def test_every_month_of_every_set(names: str) -> None:
    for number, name in enumerate(names.split(), 1):
        text = f"7 {name.replace('_', ' ')} 2015"
        moment = read_date(text)
        assert moment is not None, text
        assert moment.on == date(2015, number, 7), text


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "yesterday-ish",
        "2015",
        "October 2015",
        "2015-10",
        "10:11",
        "31 February 2015",
        "2015-02-29T23:59:60Z",
        "2015-13-01",
        "32/10/2015",
        "2/10/15",
        "0000-00-00T00:00:00Z",
        "0001-01-01T00:00:00Z",
        "+12345-01-01T00:00:00Z",
        "31 صفر 1437 هـ",
        "12/2/1437",
        "1394/07/10",
        "2 أكتوبر/نوفمبر 2015",
        "on 24 Nov 15 people died",
        "2015-367",
        "2015-000",
        "2015-W54-1",
        "1443787200",
        "+33 1 42 10 20 15",
        "192.168.10.2015",
        "x" * 200 + "2015-10-02",
    ],
)
def test_nothing_is_guessed(text: str) -> None:
    assert read_date(text) is None


def test_a_time_without_zone_is_lost_unless_the_zone_is_given() -> None:
    text = "Vendredi 2 octobre 2015 à 09h05"
    assert read_date(text) == Moment(at=None, on=OCTOBER, text=text)
    cairo = timedelta(hours=3)
    assert read_date(text, offset=cairo) == Moment(at=at(2015, 10, 2, 6, 5), on=OCTOBER, text=text)
    assert read_date("02/10/2015 9:05 م", "ar", offset=cairo) == Moment(
        at=at(2015, 10, 2, 18, 5), on=OCTOBER, text="02/10/2015 9:05 م"
    )
    assert read_date("20151002101112", offset=cairo) == Moment(
        at=at(2015, 10, 2, 7, 11, 12), on=OCTOBER, text="20151002101112"
    )
    said = read_date("2015-10-02T10:11:12Z", offset=cairo)
    assert said is not None
    assert said.at == at(2015, 10, 2, 10, 11, 12)


@pytest.mark.parametrize(
    ("text", "hour"),
    [("12:05 am", 0), ("12:05 pm", 12), ("1:05 PM", 13), ("1:05 ص", 1), ("1:05 مساء", 13), ("13:05", 13)],
)
def test_halves_of_the_day(text: str, hour: int) -> None:
    moment = read_date(f"2 October 2015, {text}", offset=timedelta(0))
    assert moment is not None
    assert moment.at == at(2015, 10, 2, hour, 5)


@pytest.mark.parametrize(
    ("text", "language", "is_open"),
    [
        ("02/10/2015", "", True),
        ("02/10/2015", "en", True),
        ("02-10-2015", "en", True),
        ("02/10/2015", "ar", False),
        ("02/10/2015", "fr", False),
        ("02.10.2015", "", False),
        ("10/10/2015", "en", False),
        ("25/10/2015", "en", False),
        ("2015-10-02", "en", False),
        ("2 Oct 2015", "en", False),
    ],
)
def test_doubt_is_noted(text: str, language: str, is_open: bool) -> None:
    moment = read_date(text, language)
    assert moment is not None
    assert bool(moment.note) is is_open


def test_a_day_of_the_hijra_is_said_to_be_reckoned() -> None:
    moment = read_date("15 رمضان 1437 هـ")
    assert moment is not None
    assert "a day earlier or later" in moment.note
    beside = read_date("15 رمضان 1437 هـ الموافق 20 يونيو 2016 م")
    assert beside is not None
    assert (beside.on, beside.note) == (date(2016, 6, 20), "")


@pytest.mark.parametrize(
    ("text", "hour"),
    [
        ("March 4, 2021 10:11 ET", 15),
        ("July 4, 2021 10:11 ET", 14),
        ("March 28, 2006 10:11 PT", 18),
        ("4 March 2021 10:11 CST", 16),
        ("4 مارس 2021 الساعة 10:11 مساء بتوقيت السعودية", 19),
        ("4 mars 2021 à 10h11 CET", 9),
        ("2021년 3월 4일 오후 10:11 KST", 13),
    ],
)
def test_zones_by_name(text: str, hour: int) -> None:
    moment = read_date(text)
    assert moment is not None
    assert moment.at is not None
    assert (moment.at.hour, moment.at.minute) == (hour, 11)


def test_a_zone_of_two_meanings_is_read_by_the_language() -> None:
    arabic, english = (read_date("4 March 2021 10:11 AST", language) for language in ("ar", "en"))
    assert arabic is not None
    assert english is not None
    assert (arabic.at, english.at) == (at(2021, 3, 4, 7, 11), None)


def test_an_order_that_is_known_leaves_nothing_open() -> None:
    first, last = read("02/10/2015", month_first=True), read("02/10/2015", month_first=False)
    unknown = read("02/10/2015")
    assert first is not None
    assert last is not None
    assert unknown is not None
    assert (first.on, first.note) == (date(2015, 2, 10), "")
    assert (last.on, last.note) == (OCTOBER, "")
    assert (unknown.on, unknown.swapped) == (OCTOBER, date(2015, 2, 10))


@pytest.mark.parametrize("zone", ["+9999", "+0075", "IST", "AST", "بتوقيت القاهرة"])
def test_an_unknown_zone_is_noted_and_gives_the_day_only(zone: str) -> None:
    moment = read_date(f"Tue, 24 Nov 2015 07:30:00 {zone}", offset=timedelta(hours=1))
    assert moment is not None
    assert (moment.at, moment.on) == (None, date(2015, 11, 24))
    assert "zone" in moment.note


@given(st.text(max_size=400) | st.text(alphabet="0123456789-/:. TZ+octبرأ", max_size=400))
def test_any_text_is_read_or_passed_over(text: str) -> None:
    moment = read_date(text)
    assert moment is None or moment.on is not None


@given(st.datetimes(min_value=datetime(1700, 1, 1)), st.integers(-14 * 60, 14 * 60))
def test_what_was_written_is_read_back(when: datetime, minutes: int) -> None:
    sign, shift = "-" if minutes < 0 else "+", abs(minutes)
    zone = f"{sign}{shift // 60:02}:{shift % 60:02}"
    moment = read_date(when.isoformat() + zone)
    assert moment is not None
    assert moment.on == when.date()
    if moment.at is not None:
        assert moment.at == when.replace(tzinfo=UTC) - timedelta(minutes=minutes)
    else:
        assert when.year == 9999


@given(
    st.sampled_from([1400, 1601, 1999, 2015, 2024]),
    st.integers(0, 14),
    st.integers(0, 32),
    st.tuples(st.integers(0, 25), st.sampled_from([0, 59, 60]), st.sampled_from([0, 59, 60, 61])),
    st.sampled_from(["Z", "+0200", "-0330", "+1400", "+1401", "+2500", "+0075"]),
)
def test_forms_of_machines_are_read_like_all_others(
    year: int, month: int, day: int, clock: tuple[int, int, int], zone: str
) -> None:
    """Small letters take the long way."""
    time = ":".join(f"{part:02}" for part in clock)
    name = date(2000, month, 1).strftime("%b") if 1 <= month <= 12 else "Xyz"
    for text in (f"{year}-{month:02}-{day:02}T{time}{zone}", f"Fri, {day} {name} {year} {time} {zone}"):
        short, long = read_date(text), read_date(text.lower())
        assert (short and (short.at, short.on)) == (long and (long.at, long.on))


@pytest.mark.parametrize(
    "bait",
    [
        "1" * 200,
        "1/" * 100,
        "1 " * 100,
        "mar " * 50,
        "2015 " * 40,
        "ﷺ" * 200,
        "1 تشرين " * 25,
        "1年" * 90,
        "12 thang " * 20,
    ],
)
def test_bait_is_read_in_no_time(bait: str) -> None:
    for _ in range(20):
        read_date(bait)


@pytest.mark.parametrize(
    ("said", "on"),
    [
        ("2024-366", date(2024, 12, 31)),
        ("2023-366", None),
        ("9999-365", date(9999, 12, 31)),
        ("9999-366", None),
        ("2024-000", None),
    ],
)
def test_days_by_their_number_in_the_year(said: str, on: date | None) -> None:
    found = read_date(said)
    assert (found.on if found else None) == on
