"""Text as people type it, and as the record keeps it."""

import re
import unicodedata

# C0 and C1 controls but line feed and tab; the marks that reorder or hide what follows; the byte order mark.
_FORBIDDEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufeff\ufff9-\ufffb]")
_SURROGATE = re.compile("[\ud800-\udfff]")


def cleaned(text: str) -> str:
    """
    Return the text in Unicode NFC, with line feeds for line ends, and without characters that nobody sees.

    Right-to-left *overrides* and isolates go, since they can make a text read differently from what it says;
    right-to-left letters and marks (U+200E, U+200F) stay.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    text = _SURROGATE.sub("\ufffd", _FORBIDDEN.sub("", text))
    return unicodedata.normalize("NFC", text).strip()


def one_line(text: str) -> str:
    """Return the text :func:`cleaned`, on one line."""
    return re.sub(r"\s+", " ", cleaned(text))


def masked_name(name: str) -> str:
    """
    Return a name with all but its beginning hidden: 朱自清 becomes 朱**, Mary Ann Smith becomes M. A. S.

    Personal Information Protection Law of the PRC, Article 25: no publication without separate consent.
    """
    name = one_line(name)
    if not name:
        return ""
    if re.search("[\u3400-\u9fff\uf900-\ufaff]", name):
        return name[0] + "**"
    return " ".join(word[0].upper() + "." for word in name.split(" ")[:4] if word[0].isalnum()) or "*"
