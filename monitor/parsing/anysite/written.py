"""Days as people and machines write them, where they can be read in one way only; what can be read in two ways is no day.

ISO 8601 and RFC 5322 dates, days with a month's name in twelve languages, East Asian and year-first ones. A day of numbers alone
with the year last counts where it can be no other day, or where its order is known (``day_first``). An instant's day is that in
the offset it is written in.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

_MONTHS = (
    "january jan januar jänner januari janvier janv enero ene gennaio gen janeiro январь января янв styczeń stycznia ocak",
    "february feb febr februar februari février fevrier févr fév febrero febbraio fevereiro fev февраль февраля фев lutego "
    "luty şubat",
    "march mar märz maerz mrz maart mars marzo março марта март мар marca marzec mart",
    "april apr avril avr abril abr aprile апреля апрель апр kwietnia kwiecień nisan",
    "may mai mei mayo maggio mag maio мая май maja mayıs maj",
    "june jun juni juin junio giugno giu junho июня июнь июн czerwca czerwiec haziran",
    "july jul juli juillet juil julio luglio lug julho июля июль июл lipca lipiec temmuz",
    "august aug août aout agosto ago augustus augusti августа август авг sierpnia sierpień ağustos",
    "september sep sept septembre septiembre settembre set setembro сентября сентябрь сен сент września wrzesień eylül",
    "october oct oktober okt octobre octubre ottobre ott outubro out октября октябрь окт października październik ekim",
    "november nov novembre noviembre novembro ноября ноябрь ноя listopada listopad kasım",
    "december dec dezember dez décembre decembre déc diciembre dic dicembre dezembro декабря декабрь дек grudnia grudzień aralık",
)
_MORE_MONTHS = {  # languages with names of their own, in order
    "el": "Ιανουαρίου Φεβρουαρίου Μαρτίου Απριλίου Μαΐου Ιουνίου Ιουλίου Αυγούστου Σεπτεμβρίου Οκτωβρίου Νοεμβρίου Δεκεμβρίου",
    "uk": "січня лютого березня квітня травня червня липня серпня вересня жовтня листопада грудня",
    "cs": "ledna února března dubna května června července srpna září října listopadu prosince",
    "hu": "január február március április május június július augusztus szeptember október november december",
    "fi": "tammikuuta helmikuuta maaliskuuta huhtikuuta toukokuuta kesäkuuta heinäkuuta"
    " elokuuta syyskuuta lokakuuta marraskuuta joulukuuta",
    "ar": "يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر",
    "he": "בינואר בפברואר במרץ באפריל במאי ביוני ביולי באוגוסט בספטמבר באוקטובר בנובמבר בדצמבר",
    "id": "Januari Februari Maret April Mei Juni Juli Agustus September Oktober November Desember",
    "th": "มกราคม กุมภาพันธ์ มีนาคม เมษายน พฤษภาคม มิถุนายน กรกฎาคม สิงหาคม กันยายน ตุลาคม พฤศจิกายน ธันวาคม",
    "hi": "जनवरी फरवरी मार्च अप्रैल मई जून जुलाई अगस्त सितंबर अक्टूबर नवंबर दिसंबर",
}
_MONTH = {name: number for number, names in enumerate(_MONTHS, 1) for name in names.split()}
_MONTH |= {name.lower(): number for names in _MORE_MONTHS.values() for number, name in enumerate(names.split(), 1)}
_NAME = "(" + "|".join(sorted(_MONTH, key=len, reverse=True)) + r")\b\.?"
_TIME = r"(?!\d)"
_YEAR_FIRST = re.compile(
    r"(?<![\d.,/-])(\d{4})(?:-(\d{1,2})-(\d{1,2})(?=[T\s_]|\D|$)|/(\d{1,2})/(\d{1,2})(?!\d|/)"
    r"|\.\s?(\d{1,2})\.\s?(\d{1,2})(?!\d)"
    r"|\s?[年년]\s?(\d{1,2})\s?[月월]\s?(\d{1,2})\s?[日일])"
)
_DAY_NAME = re.compile(
    r"(?<![\d.,])(\d{1,2})(?:st|nd|rd|th|er|º|ª|\.|-го)?[\s.,-]{1,3}(?:of |de |del )?"
    + _NAME
    + r"(?:,|\s|-|de |del )*(?:of )?(\d{4})(?!\d)",
    re.IGNORECASE,
)
_CTIME = re.compile(
    r"(?<!\w)" + _NAME + r"\s{1,2}(\d{1,2})\s\d\d:\d\d:\d\d\s(?:[A-Z]{2,5}\s|[+-]\d{4}\s)?(\d{4})(?!\d)", re.IGNORECASE
)
_VIETNAMESE = re.compile(r"(?<!\w)(\d{1,2})\stháng\s(\d{1,2})(?:,|\snăm)\s(\d{4})(?!\d)", re.IGNORECASE)
_JUCHE = re.compile(
    r"(?:Juche|주체)\s?(\d{2,3})\s?[.,년]?\s?(?:\((\d{4})\))?\s?[.년]?\s?(\d{1,2})\s?[.월]\s?(\d{1,2})\s?[.일]", re.IGNORECASE
)
_BUDDHIST = 543  # years between Thailand's count and this one
_BEFORE_JUCHE = 1911
_NAME_DAY = re.compile(r"(?<!\w)" + _NAME + r"[\s.-]{1,2}(\d{1,2})(?:st|nd|rd|th)?(?:,\s?|\s|-)\s?(\d{4})(?!\d)", re.IGNORECASE)
_NUMBERS = re.compile(r"(?<![\d./-])(\d{1,2})([./-])(\d{1,2})\2(\d{4})(?![\d/]|[.-]\d)")
_COMPACT = re.compile(r"(?<!\d)((?:19|20)\d\d)(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?=T|\d{6}\b|$|\s)")
_BEYOND = 2400  # a year beyond it is of another count
_LONGEST = 400
_DOTTED = frozenset(
    {
        "de",
        "ru",
        "pl",
        "cs",
        "sk",
        "fi",
        "nb",
        "no",
        "nn",
        "da",
        "tr",
        "uk",
        "bg",
        "ro",
        "hr",
        "sr",
        "sl",
        "et",
        "lv",
        "is",
        "be",
        "kk",
    }
)
_SLASHED = frozenset({"fr", "es", "it", "pt", "el", "vi", "id", "ar", "he", "ca", "ms", "th", "ro", "nl", "gl"})
_DAY_FIRST_ENGLISH = frozenset(
    {"en-gb", "en-ie", "en-au", "en-nz", "en-in", "en-za", "en-ng", "en-ke", "en-sg", "en-my", "en-pk"}
)


@dataclass(frozen=True, slots=True)
class Written:
    """A day that a text names: the day (None where it can be read in two ways), and where its words begin and end."""

    day: date | None
    start: int
    end: int


def days_in(text: str, *, day_first: bool | None = None) -> list[Written]:
    """The days that a text names, in order. ``day_first``: how numbers with the year last are to be read, where that is known."""
    text = text[:_LONGEST]
    found = [*_year_first(text), *_named(text), *_numbers(text, day_first)]
    if not found:
        found = [Written(_day(m[1], m[2], m[3]), m.start(), m.end()) for m in _COMPACT.finditer(text)]
    return sorted(found, key=lambda each: each.start)


def first_day(text: str, *, day_first: bool | None = None) -> date | None:
    """The day of a text that names one alone, as a machine writes it: a second day must be the same."""
    days = {each.day for each in days_in(text, day_first=day_first)}
    return days.pop() if len(days) == 1 else None


def order_of(language: str) -> bool | None:
    """Whether days come first in a language's numbers; None where that is not certain (English, and American above all)."""
    language = language.replace("_", "-").lower()
    if language in _DAY_FIRST_ENGLISH:
        return True
    return True if language.partition("-")[0] in _SLASHED | _DOTTED else None


def order_among(texts: Iterator[str]) -> bool | None:
    """Whether days come first in the numbers of a page, by those of them that can be read in one way only."""
    first = second = False
    for text in texts:
        for found in _NUMBERS.finditer(text):
            first = first or int(found[1]) > 12 >= int(found[3])
            second = second or int(found[3]) > 12 >= int(found[1])
    return first if first != second else None


def _year_first(text: str) -> Iterator[Written]:
    for found in _YEAR_FIRST.finditer(text):
        numbers = [each for each in found.groups()[1:] if each is not None]
        yield Written(_day(found[1], *numbers), found.start(), found.end())


def _named(text: str) -> Iterator[Written]:
    for found in _DAY_NAME.finditer(text):
        yield Written(_day(found[3], str(_MONTH[found[2].lower()]), found[1]), found.start(), found.end())
    for found in _NAME_DAY.finditer(text):
        yield Written(_day(found[3], str(_MONTH[found[1].lower()]), found[2]), found.start(), found.end())
    for found in _CTIME.finditer(text):
        yield Written(_day(found[3], str(_MONTH[found[1].lower()]), found[2]), found.start(), found.end())
    for found in _VIETNAMESE.finditer(text):
        yield Written(_day(found[3], found[2], found[1]), found.start(), found.end())
    for found in _JUCHE.finditer(text):
        year = int(found[1]) + _BEFORE_JUCHE
        day = _day(str(year), found[3], found[4]) if found[2] in (None, str(year)) else None
        yield Written(day, found.start(), found.end())


def _numbers(text: str, day_first: bool | None) -> Iterator[Written]:
    for found in _NUMBERS.finditer(text):
        first, second = int(found[1]), int(found[3])
        order = True if first > 12 else False if second > 12 else True if first == second else day_first
        day = None if order is None else _day(found[4], *((found[3], found[1]) if order else (found[1], found[3])))
        yield Written(day, found.start(), found.end())


def _day(year: str, month: str, day: str) -> date | None:
    number = int(year) - _BUDDHIST if int(year) > _BEYOND else int(year)
    try:
        found = date(number, int(month), int(day))
    except ValueError:
        return None
    return found if found.year >= 1700 and found != date(1970, 1, 1) else None
