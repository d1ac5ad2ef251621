"""Words of people within a sentence of ours: Streamlit draws its messages as Markdown, and they are to stay text."""

import re

#: What CommonMark 0.31, 2.4, lets a backslash take the meaning from.
_PUNCTUATION = re.compile(r"([!\"#$%&'()*+,\-./:;<=>?@\[\\\]^_`{|}~])")


def drawn_as_text(words: str) -> str:
    """Return words of people so that Markdown shows them as they are, on one line."""
    return _PUNCTUATION.sub(r"\\\1", " ".join(words.split()))
