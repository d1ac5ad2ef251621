"""Text on the timeline: broken into lines that fit on a phone, and text for Plotly too."""

from html import escape

#: How much of a title fits on a line of a phone, in halves of a Chinese character.
_FULL_LINE = 44
_WIDE = 0x2E80


def wrapped(text: str) -> list[str]:
    """Return a text in lines that fit on a phone; Chinese breaks anywhere, other words between them where they can."""
    lines, width, line, gap = list[str](), 0, "", -1
    for character in " ".join(text.split()):
        wide = 2 if ord(character) >= _WIDE else 1
        if width + wide > _FULL_LINE:
            cut = gap + 1 if gap > 0 and wide == 1 else len(line)
            lines.append(line[:cut].rstrip())
            line = line[cut:]
            width, gap = sum(2 if ord(one) >= _WIDE else 1 for one in line), -1
        if character == " ":
            gap = len(line)
        line += character
        width += wide
    return [*lines, line] if line or not lines else lines


def plotly_text(text: str) -> str:
    """Return ``text`` so that it stays text in Plotly, which reads a few tags of HTML, and TeX between dollars."""
    return escape(text, quote=False).replace("$", "&#36;")
