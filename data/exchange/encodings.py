"""The encoding of a text: Unicode first, then GB 18030, then Windows-1252; never a guess that garbles words."""

import codecs
from collections.abc import Iterator
from typing import BinaryIO

from charset_normalizer import from_bytes

from models.exceptions import UnreadableFileError

_CHUNK = 1 << 20
#: How much of a file is looked at where its encoding is not Unicode.
_SAMPLE = 1 << 18
#: Files that say what they are. The longer marks come first: that of UTF-32 begins like that of UTF-16.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
#: The first byte of the two-byte characters that Chinese is written with (GB 2312).
_GB2312 = 0xA1
#: So much of what is not ASCII must be such characters before a text is held to be Chinese.
_MOSTLY = 0.9


def encoding_of(file: BinaryIO) -> str:
    """
    Return the encoding of a text, by Python's name, and leave the file at its beginning.

    :raises UnreadableFileError: ``empty``; ``not_text`` if it holds bytes that no text has; ``bad_encoding`` if it is
        UTF-8 but for some bytes; ``unknown_encoding``
    """
    file.seek(0)
    head = file.read(4)
    if not head:
        raise UnreadableFileError("empty", "0 bytes")
    marked = next((name for mark, name in _MARKS if head.startswith(mark)), None)
    encoding = marked or "utf-8"
    problem = _problem(file, encoding)
    if problem is None:
        return encoding
    if marked is not None or _is_utf8_but_for_some(file):
        raise UnreadableFileError("bad_encoding", problem)
    return _legacy(file)


def _problem(file: BinaryIO, encoding: str) -> str | None:
    """Return where a file is not in that encoding; nothing if it is."""
    decoder = codecs.getincrementaldecoder(encoding)()
    read = 0
    for chunk in _chunks(file):
        if b"\x00" in chunk and not encoding.startswith(("utf-16", "utf-32")):
            raise UnreadableFileError("not_text", f"a zero byte at {read + chunk.index(0)}")
        held = len(decoder.getstate()[0])
        try:
            decoder.decode(chunk)
        except UnicodeDecodeError as error:
            return f"{error.reason} at byte {read - held + error.start}"
        read += len(chunk)
    try:
        decoder.decode(b"", final=True)
    except UnicodeDecodeError as error:
        return f"{error.reason} at the end"
    return None


def _is_utf8_but_for_some(file: BinaryIO) -> bool:
    sound = broken = 0
    decoder = codecs.getincrementaldecoder("utf-8")("replace")
    for chunk in _chunks(file):
        text = decoder.decode(chunk)
        wrong = text.count("\ufffd")
        broken += wrong
        sound += sum(1 for character in text if character > "\x7f") - wrong
    return sound > broken


def _legacy(file: BinaryIO) -> str:
    file.seek(0)
    sample = file.read(_SAMPLE)
    file.seek(0)
    # The sample may end within a character.
    chinese = codecs.getincrementaldecoder("gb18030")()
    try:
        text = chinese.decode(sample)
    except UnicodeDecodeError:
        text = ""
    if _is_chinese(text) and _problem(file, "gb18030") is None:
        file.seek(0)
        return "gb18030"
    if _problem(file, "cp1252") is None:
        file.seek(0)
        return "cp1252"
    best = from_bytes(sample).best()
    if best is None or _problem(file, best.encoding) is not None:
        raise UnreadableFileError("unknown_encoding", "neither Unicode, GB 18030 nor Windows-1252")
    file.seek(0)
    return best.encoding


def _is_chinese(text: str) -> bool:
    foreign = [character.encode("gb18030") for character in text if character > "\x7f"]
    # Western letters read as Chinese pair with ASCII bytes; Chinese words are pairs of high bytes.
    paired = sum(1 for code in foreign if min(code) >= _GB2312)
    return bool(foreign) and paired >= _MOSTLY * len(foreign)


def _chunks(file: BinaryIO) -> Iterator[bytes]:
    file.seek(0)
    while chunk := file.read(_CHUNK):
        yield chunk
    file.seek(0)
