"""Bytes in an encoding of the WHATWG Encoding Standard to text, also where Python's codec of that name reads otherwise.

The standard's "euc-kr" is windows-949, its "shift_jis" windows-31j, its "gbk" all of GB18030, and its single-byte encodings have
a control character for each byte of 80 to 9F that is otherwise unassigned. What is no character in its encoding becomes U+FFFD.
"""

from __future__ import annotations

import codecs
import re

import webencodings

_CODECS = {
    "big5": "big5hkscs",
    "euc-jp": "euc_jp",
    "euc-kr": "cp949",
    "gb18030": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
}
_ERRORS = "monitor.whatwg"
_BAD = "\ufffd"
# Signs for which Python's table has another look-alike than the standard's (index big5, index jis0208), and Shift_JIS bytes
# that Python reads and the standard does not.
_OTHERWISE = {
    "big5": (("•", "‧"), ("､", "﹑"), ("‾", "¯"), ("∼", "～"), ("♁", "⊕"), ("☉", "⊙"), ("¥", "￥"), ("¢", "￠"), ("£", "￡")),
    "euc-jp": (("〜", "～"), ("‖", "∥"), ("−", "－"), ("¢", "￠"), ("£", "￡"), ("¬", "￢")),
    "shift_jis": tuple((chr(code), _BAD) for code in range(0xF8F0, 0xF8F4)),
}
_SINGLE = {("gb18030", 0x80): "€"}
_ESCAPES = re.compile(rb"\x1b(\([BJI]|\$[@B])")  # the shifts of ISO-2022-JP (Encoding Standard, 12.2.2)
_TO_EUC = bytes(byte | 0x80 if 0x21 <= byte <= 0x7E else 0xFF for byte in range(256))
_TO_HALF = bytes(byte | 0x80 if 0x21 <= byte <= 0x5F else 0xFF for byte in range(256))


def text_of(name: str, body: bytes) -> str:
    """The text of ``body``, read in the encoding that the standard calls ``name``. Never fails."""
    if name == "iso-2022-jp":
        return _shifted(body)
    codec = _CODECS.get(name)
    if codec is not None:
        text = body.decode(codec, _ERRORS)
        for theirs, ours in _OTHERWISE.get(name, ()):
            text = text.replace(theirs, ours)
        return text
    encoding = webencodings.lookup(name)
    if encoding is None or name.startswith("utf-"):
        return body.decode("utf-8" if encoding is None else name, "replace")
    return str(encoding.codec_info.decode(body, _ERRORS)[0])


def _shifted(body: bytes) -> str:
    """ISO-2022-JP. Python's codecs of that family know neither half-width katakana nor the signs that vendors added."""
    pieces = _ESCAPES.split(body)
    text = [pieces[0].decode("ascii", "replace")]
    for shift, piece in zip(pieces[1::2], pieces[2::2], strict=True):
        if shift == b"(B":
            text.append(piece.decode("ascii", "replace"))
        elif shift == b"(J":
            text.append(piece.decode("ascii", "replace").replace("\\", "¥").replace("~", "‾"))
        elif shift == b"(I":
            text.append(text_of("shift_jis", piece.translate(_TO_HALF)))
        else:
            text.append(text_of("euc-jp", piece.translate(_TO_EUC)))
    return "".join(text)


def _mended(wrong: UnicodeError) -> tuple[str, int]:
    """What stands for bytes that Python's codec does not read, and where to go on.

    A pair that is no character is skipped whole unless its second byte is ASCII (so say all of the standard's decoders), lest
    the rest of the line be read out of step.
    """
    if not isinstance(wrong, UnicodeDecodeError):
        raise wrong
    at, byte = wrong.start, wrong.object[wrong.start]
    if wrong.encoding == "charmap":
        return (chr(byte) if byte < 0xA0 else _BAD), at + 1
    single = _SINGLE.get((wrong.encoding, byte))
    if single is not None:
        return single, at + 1
    pair = wrong.object[at : at + 2]
    if wrong.encoding == "euc_jp" and len(pair) == 2 and min(pair) >= 0xA1:
        return _added(pair), at + 2
    if pair == b"\xa3\xe1" and wrong.encoding == "big5hkscs":
        return "€", at + 2
    is_led = 0x80 < byte < 0xFF and len(pair) == 2 and pair[1] >= 0x80
    return _BAD, at + (2 if is_led else 1)


def _added(pair: bytes) -> str:
    """A character that vendors added to JIS X 0208, like ① and ㈱; it has its place in Shift_JIS too."""
    row, cell = pair[0] - 0xA1, pair[1] - 0xA1
    lead = row // 2 + (0x81 if row < 62 else 0xC1)
    trail = cell + 0x9F if row % 2 else cell + (0x40 if cell < 63 else 0x41)
    text = bytes([lead, trail]).decode("cp932", "replace")
    return _BAD if len(text) != 1 or "\ue000" <= text <= "\uf8ff" else text


codecs.register_error(_ERRORS, _mended)
