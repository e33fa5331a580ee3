"""From bytes to text: which declaration counts, and that no page ever fails to decode."""

from __future__ import annotations

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.parsing.charset import Charset, charset, decode, utf8

META = '<meta charset="{}">'
HTTP_EQUIV = "<META http-equiv='Content-Type' content='text/html; charset={}'>"
KOREAN = "조선중앙통신"
CURLY = "“Kim’s” – 5 €"


@pytest.mark.parametrize(
    ("body", "content_type", "text", "name"),
    [
        # a byte order mark comes before everything
        (codecs.BOM_UTF8 + KOREAN.encode(), "text/html; charset=euc-kr", KOREAN, "utf-8"),
        (codecs.BOM_UTF16_LE + KOREAN.encode("utf-16-le"), "text/html; charset=utf-8", KOREAN, "utf-16le"),
        (codecs.BOM_UTF16_BE + KOREAN.encode("utf-16-be"), None, KOREAN, "utf-16be"),
        # then the header, then the page's own declaration
        (KOREAN.encode("euc-kr"), "text/html; charset=EUC-KR", KOREAN, "euc-kr"),
        (KOREAN.encode("euc-kr"), "text/html;charset='ks_c_5601-1987'", KOREAN, "euc-kr"),
        (KOREAN.encode("euc-kr"), 'text/html; charset="euc-kr"; x=y', KOREAN, "euc-kr"),
        (META.format("euc-kr").encode() + KOREAN.encode("euc-kr"), "text/html", META.format("euc-kr") + KOREAN, "euc-kr"),
        (HTTP_EQUIV.format("euc-kr").encode() + KOREAN.encode("euc-kr"), None, HTTP_EQUIV.format("euc-kr") + KOREAN, "euc-kr"),
        (
            META.format("shift_jis").encode() + KOREAN.encode("euc-kr"),
            "x; charset=euc-kr",
            META.format("shift_jis") + KOREAN,
            "euc-kr",
        ),
        # a header that names no encoding leaves the word to the page
        (
            META.format("euc-kr").encode() + KOREAN.encode("euc-kr"),
            "x; charset=klingon",
            META.format("euc-kr") + KOREAN,
            "euc-kr",
        ),
        # what is valid UTF-8 beyond ASCII is UTF-8 whatever it is called
        (KOREAN.encode(), "text/html; charset=euc-kr", KOREAN, "utf-8"),
        (CURLY.encode(), "text/html; charset=windows-1252", CURLY, "utf-8"),
        (META.format("iso-8859-1").encode() + CURLY.encode(), None, META.format("iso-8859-1") + CURLY, "utf-8"),
        # nothing declared: UTF-8 where it is valid, the encoding of the old web where not
        (KOREAN.encode(), None, KOREAN, "utf-8"),
        (CURLY.encode("windows-1252"), None, CURLY, "windows-1252"),
        (CURLY.encode("windows-1252"), "text/html; charset=iso-8859-1", CURLY, "windows-1252"),
        (b"plain", None, "plain", "utf-8"),
        (b"plain", "text/html; charset=windows-1252", "plain", "utf-8"),
        (b"", None, "", "utf-8"),
        # a page that can be read byte by byte is no UTF-16, whatever it says
        (META.format("utf-16").encode() + KOREAN.encode(), None, META.format("utf-16") + KOREAN, "utf-8"),
        ("<p>é".encode("utf-16-le"), "text/html; charset=utf-16", "<p>é", "utf-16le"),
        ("<p>e".encode("utf-16-be"), "text/html; charset=utf-16be", "<p>e", "utf-16be"),
        (b"<p>e", "text/html; charset=utf-16", "<p>e", "utf-8"),
        # bytes that are none in their encoding
        (b"a\xffb", "text/html; charset=utf-8", "a\ufffdb", "utf-8"),
        (b"a\x81b", None, "a\x81b", "windows-1252"),  # a control character, in the standard
        (codecs.BOM_UTF16_LE + b"a\x00\x00\xd8b\x00x", None, "a\ufffdb\ufffd", "utf-16le"),
        # seven-bit encodings look like ASCII
        (KOREAN[:1].join("ab").encode("iso2022_jp_ext", "ignore"), None, "ab", "utf-8"),
        ("日本".encode("iso-2022-jp"), "text/html; charset=iso-2022-jp", "日本", "iso-2022-jp"),
    ],
)
def test_which_encoding_counts(body: bytes, content_type: str | None, text: str, name: str) -> None:
    assert decode(body, content_type) == (text, name)
    assert utf8(body, content_type) == text.encode()


def test_a_declaration_further_down_counts_where_nothing_else_is_declared() -> None:
    declaration, late = META.format("koi8-r").encode(), "a meta element beyond the first 1024 bytes"
    assert charset(b" " * (1024 - len(declaration)) + declaration + b"\xff", None) == Charset("koi8-r", "a meta element")
    assert charset(b" " * 1024 + declaration + b"\xff", None) == Charset("koi8-r", late)
    assert charset(b" " * 1024 + declaration + b"\xff", "x; charset=windows-1251") == Charset("windows-1251", "the HTTP header")
    assert charset(b" " * 65536 + declaration + b"\xff", None).name == "windows-1252"


def test_what_is_utf8_already_is_not_copied() -> None:
    body = KOREAN.encode() * 100
    assert utf8(body, "text/html; charset=utf-8") is body
    assert utf8(body, None) is body


LABELS = st.sampled_from(
    ["utf-8", "utf-16", "utf-16be", "windows-1252", "euc-kr", "shift_jis", "iso-2022-jp", "gb18030", "big5", "x-user-defined",
     "koi8-r", "replacement", "utf-7", "idna", "rot13", "hex", "unicode_escape", "", "x"]
)  # fmt: skip


@given(st.binary(), st.none() | st.text(max_size=20) | LABELS.map("text/html; charset={}".format), st.none() | LABELS)
def test_any_bytes_decode_to_text_that_utf8_can_hold(body: bytes, content_type: str | None, label: str | None) -> None:
    body = META.format(label).encode() + body if label is not None else body
    text, _ = decode(body, content_type)
    assert utf8(body, content_type).decode("utf-8") == text


# Real text, of an article's size

TEXTS = {
    "korean": (
        "조선로동당 총비서이시며 조선민주주의인민공화국 국무위원장이신 경애하는 "
        "김정은동지께서 새로 건설된 발전소를 돌아보시였다. "
        "원수님께서는 건설자들의 수고를 헤아려주시고 인민들의 생활을 더욱 높이기 위한 "
        "과업을 제시하시였다. 정부는 오늘 회의를 열고 "
        "올해 경제계획의 수행정형을 토의하였다. 기상수문국은 내일 전국적으로 비가 내릴것으로 예견하였다."
    ),
    "simplified": (
        ""
        "朝鲜劳动党总书记、朝鲜民主主义人民共和国国务委员长视察了新建的发电站。他对建设者们的工作表示满意，并提出了进一步提高人民生活水平的任务。"
        ""
        "政府今天召开会议，讨论了今年经济计划的执行情况。气象部门预报，明天全国大部分地区将有雨。外务省发言人说，这是完全正当的。"
    ),
    "traditional": (
        ""
        "朝鮮勞動黨總書記、朝鮮民主主義人民共和國國務委員長視察了新建的發電站。他對建設者們的工作表示滿意，並提出了進一步提高人民生活水平的任務。"
        ""
        "政府今天召開會議，討論了今年經濟計劃的執行情況。氣象部門預報，明天全國大部分地區將有雨。外務省發言人說，這是完全正當的。"
    ),
    "japanese": (
        ""
        "朝鮮労働党総書記は新しく建設された発電所を現地で指導した。総書記は建設者たちの労をねぎらい、人民の生活をいっそう高めるための課題を示した。"
        ""
        "政府は今日会議を開き、今年の経済計画の実行状況について話し合った。気象庁によると、明日は全国的に雨が降る見込みだという。"
    ),
    "russian": (
        "Генеральный секретарь Трудовой партии Кореи посетил новую электростанцию. Он высоко оценил труд строителей и поставил "
        "задачи по дальнейшему повышению уровня жизни народа. Правительство провело "
        "сегодня заседание, на котором обсуждался ход "
        "выполнения плана. По прогнозу, завтра ожидается дождь."
    ),
    "greek": (
        "Ο γενικός γραμματέας του κόμματος επισκέφθηκε τον νέο σταθμό. Η κυβέρνηση "
        "συνεδρίασε σήμερα και συζήτησε την πορεία του "
        "οικονομικού σχεδίου. Αύριο αναμένεται βροχή σε όλη τη χώρα."
    ),
    "hebrew": (
        "המזכיר הכללי של מפלגת העבודה ביקר בתחנת הכוח החדשה ושיבח את עבודת הבונים. הממשלה "
        "התכנסה היום ודנה בביצוע התוכנית הכלכלית. "
        "מחר צפוי גשם בכל רחבי הארץ, כך מסר השירות המטאורולוגי."
    ),
    "arabic": (
        "زار الأمين العام للحزب محطة توليد الكهرباء الجديدة وأشاد بعمل البنائين. وعقدت "
        "الحكومة اليوم اجتماعا لمناقشة سير تنفيذ الخطة "
        "الاقتصادية. ومن المتوقع أن يهطل المطر غدا في جميع أنحاء البلاد."
    ),
    "thai": (
        "เลขาธิการพรรคได้เดินทางไปเยี่ยมชมโรงไฟฟ้าแห่งใหม่ และชื่นชมการทำงานของคนงานก่อสร้าง "
        "วันนี้รัฐบาลได้ประชุมหารือเกี่ยวกับแผนเศรษฐกิจ"
        "ของปีนี้ พรุ่งนี้คาดว่าจะมีฝนตกทั่วประเทศ"
    ),
    "french": (
        "Le secrétaire général du parti a visité la nouvelle centrale électrique. « À "
        "l’avenir, a-t-il déclaré, la qualité de vie du "
        "peuple sera élevée. » Le gouvernement s’est réuni aujourd’hui – à Paris – pour "
        "débattre de l’exécution du plan : 5 000 €."
    ),
    "german": (
        "Die Regierung hat heute über die Ausführung des Plans beraten. "
        "Für morgen wird überall Regen erwartet; „größere Schäden“ drohen."
    ),
    "portuguese": "As informações não são só da direção: a situação das eleições, à luz da Constituição, põe à prova a nação.",
}
IN = [
    ("korean", "euc-kr", "cp949"), ("simplified", "gb18030", "gb18030"), ("traditional", "big5", "big5"),
    ("japanese", "shift_jis", "cp932"), ("japanese", "euc-jp", "euc_jp"), ("japanese", "iso-2022-jp", "iso2022_jp"),
    ("russian", "windows-1251", "cp1251"), ("russian", "koi8-r", "koi8_r"), ("greek", "windows-1253", "cp1253"),
    ("hebrew", "windows-1255", "cp1255"), ("arabic", "windows-1256", "cp1256"), ("thai", "windows-874", "cp874"),
    ("french", "windows-1252", "cp1252"), ("german", "windows-1252", "cp1252"), ("portuguese", "windows-1252", "cp1252"),
]  # fmt: skip
PAGE = "<html><head><title>The Paper</title><script>var a = 1;</script></head><body><h1>News</h1><p>{}</p></body></html>"


@pytest.mark.parametrize(("language", "name", "codec"), IN)
def test_an_article_that_declares_nothing_is_told_by_its_text(language: str, name: str, codec: str) -> None:
    page = PAGE.format(TEXTS[language])
    assert decode(page.encode(codec), "text/html") == (page, name)


@pytest.mark.parametrize(("language", "name", "codec"), IN)
@pytest.mark.parametrize("said", ["iso-8859-1", "utf-8"])
def test_an_article_that_a_server_declares_wrongly_is_read_right(language: str, name: str, codec: str, said: str) -> None:
    if name == "iso-2022-jp":  # whose bytes are all ASCII: what is declared may be true
        return
    page = PAGE.format(TEXTS[language])
    body = page.encode(codec)
    assert decode(body, f"text/html; charset={said}") == (page, name)
    if name != "windows-1252":
        assert charset(body, f"text/html; charset={said}").why.startswith("detected: the HTTP header says ")


@pytest.mark.parametrize(("language", "name", "codec"), IN)
def test_an_article_is_read_as_it_declares(language: str, name: str, codec: str) -> None:
    page = META.format(name) + TEXTS[language]
    assert decode(page.encode(codec), None) == (page, name)
    assert charset(page.encode(codec), None) == Charset(name, "a meta element")


@pytest.mark.parametrize(("language", "name", "codec"), IN)
def test_a_declared_encoding_stays_where_no_other_reads_the_bytes_better(language: str, name: str, codec: str) -> None:
    if name in ("iso-2022-jp", "windows-1252"):
        return
    broken = TEXTS[language].encode(codec) + b"\xff"
    assert decode(broken, f"text/html; charset={name}")[1] == name


def test_utf8_that_was_cut_or_damaged_stays_utf8() -> None:
    for text in (TEXTS["korean"], TEXTS["french"]):
        for body in (text.encode() + "é".encode()[:1], text.encode()[:50] + b"\xff" + text.encode()[50:]):
            for header in (None, "text/html; charset=utf-8", "text/html; charset=euc-kr"):
                found, name = decode(body, header)
                assert name == "utf-8"
                assert found.count("\ufffd") <= 2


def test_why_is_said_in_words() -> None:
    whys = {
        charset(KOREAN.encode(), None).why: "its bytes are valid UTF-8; nothing is declared",
        charset(KOREAN.encode(), "x; charset=utf-8").why: "the HTTP header says so, and its bytes are valid UTF-8",
        charset(KOREAN.encode(), "x; charset=euc-kr").why: "its bytes are valid UTF-8, though the HTTP header says euc-kr",
        charset(codecs.BOM_UTF8, None).why: "a byte order mark",
        charset(b"plain", None).why: "its bytes are all ASCII; nothing is declared",
        charset(CURLY.encode("cp1252"), None).why: (
            "the fallback: nothing is declared, and no other encoding is told by the text"
        ),
        charset(TEXTS["korean"].encode("cp949"), "x; charset=utf-8").why: (
            "detected: the HTTP header says utf-8, in which not all of its bytes are characters"
        ),
    }
    assert list(whys) == list(whys.values())


CODECS = {name: codec for _, name, codec in IN} | {"windows-1254": "cp1254", "windows-1250": "cp1250", "gbk": "gbk"}
CODECS["big5"] = "big5hkscs"  # Python's plain one has kana and Cyrillic where the standard's has other signs
# What Python's tables have otherwise than the standard's; the decoders' own tests look at these.
PLAIN = st.characters(exclude_categories=["Cc", "Cs", "Co"], exclude_characters="〜‖−¢£¬¥‾•､∼♁☉\\~\ufffd")


@pytest.mark.parametrize("name", sorted(set(CODECS) - {"windows-1252"}))
@given(st.text(PLAIN))
def test_text_with_its_right_label_comes_back(name: str, text: str) -> None:
    body = text.encode(CODECS[name], "ignore")
    try:
        expected = body.decode("utf-8")  # the departure: what is valid UTF-8 is UTF-8
    except UnicodeDecodeError:
        expected = body.decode(CODECS[name])
    if not expected.isascii() and name != "iso-2022-jp":
        assert decode(body, f"text/html; charset={name}")[0] == expected
        assert "\ufffd" not in decode(META.format(name).encode() + body, None)[0]


@given(st.text(PLAIN), st.none() | st.sampled_from(sorted(CODECS)))
def test_utf8_is_read_as_utf8_whatever_it_is_called(text: str, label: str | None) -> None:
    if not text.isascii() and not text.startswith("\ufeff"):
        assert decode(text.encode(), label and f"text/html; charset={label}") == (text, "utf-8")
