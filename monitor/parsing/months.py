"""The names of months in the languages that date formats may name, as data; a test holds them to twelve each."""

from __future__ import annotations

# Full names, then abbreviations; alternatives of one month are divided by a bar. Letters in any case, a dot may follow an
# abbreviation. Russian dates take the genitive. After Unicode CLDR, and after what newspapers print besides.
_FULL = {
    "en": "January February March April May June July August September October November December",
    "ru": "января|январь февраля|февраль марта|март апреля|апрель мая|май июня|июнь июля|июль августа|август сентября|сентябрь"
    " октября|октябрь ноября|ноябрь декабря|декабрь",
    "es": "enero febrero marzo abril mayo junio julio agosto septiembre|setiembre octubre noviembre diciembre",
    "fr": "janvier février|fevrier mars avril mai juin juillet août|aout septembre octobre novembre décembre|decembre",
    "de": "Januar|Jänner Februar|Feber März|Maerz April Mai Juni Juli August September Oktober November Dezember",
    "ko": "1월 2월 3월 4월 5월 6월 7월 8월 9월 10월 11월 12월",
    "zh": "1月|一月 2月|二月 3月|三月 4月|四月 5月|五月 6月|六月 7月|七月 8月|八月 9月|九月 10月|十月 11月|十一月 12月|十二月",
    "ja": "1月 2月 3月 4月 5月 6月 7月 8月 9月 10月 11月 12月",
}
_SHORT = {
    "en": "Jan Feb Mar Apr May Jun Jul Aug Sep|Sept Oct Nov Dec",
    "ru": "янв февр|фев мар апр май июн июл авг сент|сен окт нояб|ноя дек",
    "es": "ene feb mar abr may jun jul ago sept|sep|set oct nov dic",
    "fr": "janv|jan févr|fév|fevr mars avr mai juin juil août|aout sept oct nov déc|dec",
    "de": "Jan|Jän Feb|Febr Mär|Mrz Apr Mai Jun Jul Aug Sep|Sept Okt Nov Dez",
}
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def full(language: str) -> dict[str, int]:
    """The months' full names in small letters, each with its number."""
    return _numbered(_FULL[language])


def short(language: str) -> dict[str, int]:
    """The same of abbreviations, and of full names, which newspapers leave as they are where they are short."""
    return _numbered(_SHORT.get(language, "")) | full(language)


def _numbered(names: str) -> dict[str, int]:
    return {name.lower(): number for number, month in enumerate(names.split(), 1) for name in month.split("|")}
