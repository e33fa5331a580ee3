"""Which encoding bytes are in that nobody declares, or declares wrongly: told by the characters that come out.

Read rightly, half of a text's characters or more are among the commonest of its language; read wrongly, a tenth. So each
encoding is tried on a sample, and the one whose common characters make up most of it wins, if they are as many as in real text.
Encodings of Western Europe differ in too few bytes for that; text whose bytes beyond ASCII stand alone is theirs.
(H. Sivonen's chardetng, which browsers use, rests on the same signs. A library's guess would change with its version, and
every change would look like an edit.)
"""

from __future__ import annotations

import re
from collections import Counter

from monitor.parsing.decoders import text_of

_BAD = "\ufffd"
_SAMPLE = 8192  # bytes that are looked at
_PIECE = re.compile(rb"[\x80-\xff][^<>]*")  # neither sign is the second byte of a character in any of these encodings
_DENSE = re.compile(rb"[\x80-\xff]{2,}")
_HIGH = re.compile(rb"[\x80-\xff]")
_WORD = re.compile(rb"[\x80-\xff]{4}")
_MIXED = re.compile(rb"[A-Za-z](?=[\x80-\xff])|[\x80-\xff](?=[A-Za-z])")
_MOST_BAD = 0.02  # of the characters; real pages have broken ones
_CONVINCING = 0.6  # of the share of common characters that real text has
_SIGNS = frozenset("\xa0«»·°×§©®–—―‘’‚“”„†‡•…‰‹›№、。〃々〈〉《》「」『』【】〔〕・（），．：；！？～％　￥｢｣､｡･＂＇－／ー")
_KOREAN = (
    "이다는에의가을를고하은서한지로도기사시대자들정리있인어스부해일그나라수전과보아니원제여주구성장동조상국선중공신인민업당위적안게만면"
    "으비연화했었된되할것와강건발생세우문무미백북남경김평양혁명생산모오마소유영총방계개며각데러까열람말군까용행금요통관분"
)
_SIMPLIFIED = (
    "的一是不了在人有我他这个们中来上大为和国地到以说时要就出会可也你对生能而子那得于着下自之年过发后作里用道行所然家种事成方多经么去"
    "法学如都同现当没动面起看定天分还进好小部其些主样理心她本前开但因只从想实日军者意无力它与长把机十民第公此已工使情明性知全三又关点"
    "正业外将两高间由问很最重并物手应战向头文体政美相见被利什二等产或新己制身果加西斯月话合回特代内信表化老给世位次度门任常先海通教儿"
    "原东声提立及比员解水名真论处走义各入几口认条平系气题活朝鲜金报导建设劳党社会华京总统书记议"
)
_TRADITIONAL = (
    "的一是不了在人有我他這個們中來上大為和國地到以說時要就出會可也你對生能而子那得於著下自之年過發後作里用道行所然家種事成方多經麼去"
    "法學如都同現當沒動面起看定天分還進好小部其些主樣理心她本前開但因只從想實日軍者意無力它與長把機十民第公此已工使情明性知全三又關點"
    "正業外將兩高間由問很最重並物手應戰向頭文體政美相見被利什二等產或新己制身果加西斯月話合回特代內信表化老給世位次度門任常先海通教兒"
    "原東聲提立及比員解水名真論處走義各入幾口認條平系氣題活朝鮮金報導建設勞黨社會華京總統書記議"
)
_JAPANESE = (
    "".join(map(chr, [*range(0x3041, 0x3094), *range(0x30A1, 0x30F7)]))
    + "日一国人年大十二本中長出三時行見月分後前生五間上東四今金九入学高円子外八六下来気小七山話女北午百書先"
    "名川千水半男西電校語土木聞食車"
    "何南万毎白天母火右読友左休父雨会同事自社発者地業方新場員立開手力問代明動京目通言理体田主題意不作用度強公持野以思家世多正安院心界"
    "教文元重近考画海売知道集別物使品計死特私始朝運終台広住真有口少町料工建空急止送切転研足究楽起着店病質待試族銀早映親験英医仕去"
)
_CYRILLIC = "оеаинтсрвлкмдпіуяъ"
_GREEK = "αοιετσνηυρπκμλςωάόίέήύ"
_HEBREW = "יוהלאמרתבשנםדק"
_ARABIC = "اليمنترودبةعسفهكقحجأ"
_THAI = "านรกเอมทลวยส่ดงป้ีติหะบคไัใชพขโผถจธณแูุ็"
# Each with Python's codec, which is quicker than ours and differs from it in rare signs only; the characters to be looked for;
# and which share of the text they make up in real text.
_TRIED = (
    ("euc-kr", "cp949", frozenset(_KOREAN), 0.65),
    ("gb18030", "gb18030", frozenset(_SIMPLIFIED), 0.5),
    ("shift_jis", "cp932", frozenset(_JAPANESE), 0.85),
    ("euc-jp", "euc_jp", frozenset(_JAPANESE), 0.85),
    ("big5", "big5hkscs", frozenset(_TRADITIONAL), 0.5),
    ("windows-1251", "cp1251", frozenset(_CYRILLIC), 0.8),
    ("koi8-r", "koi8_r", frozenset(_CYRILLIC), 0.8),
    ("windows-1253", "cp1253", frozenset(_GREEK), 0.85),
    ("windows-1255", "cp1255", frozenset(_HEBREW), 0.85),
    ("windows-1256", "cp1256", frozenset(_ARABIC), 0.85),
    ("windows-874", "cp874", frozenset(_THAI), 0.95),
)
_ALPHABETS = ("windows-", "koi8-")
_WESTERN = frozenset("àáâãäåæçèéêëìíîïñòóôõöøùúûüßœÄÖÜÉÀÇÅØÑÁÍÓÚšžŠŽÿ€£™¿¡ªº¼½¾²³´¨¢¥¶") - {"ÿ"} | _SIGNS


def guessed(body: bytes) -> str | None:
    """The encoding that ``body`` is most likely in; None where it is none of those that can be told."""
    sample = _sample(body)
    if _is_nearly_utf8(sample):
        return "utf-8"
    if not _is_dense(sample):
        return None
    # Words of one alphabet hold no letter of another, and some are long. (Elsewhere a character may be part ASCII.)
    pure = 1 - len(_MIXED.findall(sample)) / len(_HIGH.findall(sample)) if _WORD.search(sample) else 0.0
    scores = [
        (_share(codec, sample, common) / usual * (pure if name.startswith(_ALPHABETS) else 1), name)
        for name, codec, common, usual in _TRIED
    ]
    best, name = max(scores, key=lambda each: each[0])
    return name if best >= _CONVINCING else None


def is_western(body: bytes) -> bool:
    """Whether ``body`` makes sense as windows-1252: letters and signs of its languages, no long runs of them, and no UTF-8."""
    sample = _sample(body)
    is_utf8 = any(char > "\x7f" and char != _BAD for char in sample.decode("utf-8", "replace"))
    chars = set(text_of("windows-1252", sample))
    return not is_utf8 and not _WORD.search(sample) and all(char.isascii() or char in _WESTERN for char in chars)


def _sample(body: bytes) -> bytes:
    """The first pieces of text that are not all ASCII."""
    pieces, size = [], 0
    for found in _PIECE.finditer(body):
        pieces.append(found[0][: _SAMPLE - size])
        size += len(pieces[-1]) + 1
        if size >= _SAMPLE:
            break
    return b"<".join(pieces)


def _is_dense(sample: bytes) -> bool:
    """Whether most bytes beyond ASCII stand next to another, as they do in all alphabets but the Latin."""
    return 2 * sum(map(len, _DENSE.findall(sample))) > len(_HIGH.findall(sample))


def _is_nearly_utf8(sample: bytes) -> bool:
    """Whether this is UTF-8 that was cut or damaged in a few places: text in other encodings is hardly ever valid by chance."""
    text = sample.decode("utf-8", "replace")
    bad = text.count(_BAD)
    good = len(text) - len(text.encode("ascii", "ignore")) - bad
    return bad * 10 <= good or (bad == 1 and good > 0 and text[-1] == _BAD)


def _share(codec: str, sample: bytes, common: frozenset[str]) -> float:
    """Which share of the characters beyond ASCII are ``common``; 0 where too many are none in this encoding."""
    counts = Counter(sample.decode(codec, "replace").rstrip(_BAD))
    beyond = {char: count for char, count in counts.items() if char > "\x7f" and char not in _SIGNS}
    total = sum(beyond.values())
    if not total or beyond.get(_BAD, 0) > _MOST_BAD * total:
        return 0.0
    return sum(count for char, count in beyond.items() if char in common) / total
