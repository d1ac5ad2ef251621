"""Drawings for the example's progress reports, where a record in earnest has photographs."""

import io
from collections.abc import Callable, Mapping
from zlib import crc32

from PIL import Image, ImageDraw

_SIZE = _WIDTH, _HEIGHT = (640, 400)
_GROUND = _HEIGHT * 4 // 5
_SUN = 60
#: So many storeys are drawn of what is finished; from then on no crane is needed.
_ALL_FLOORS = 10
_STEEL, _CRANE = "#4f5b63", "#b5532a"


def picture(built: int, scene: str = "building", *, name: str = "") -> bytes:
    """
    Return the drawing of a site of which so many percent are built, as PNG: a building, a bridge or a shore.

    :param name: under another name the sun stands elsewhere: no two photographs of two places are the same
    """
    drawn = Image.new("RGB", _SIZE, "#cfe3ee")
    draw = ImageDraw.Draw(drawn)
    sun = crc32(name.encode()) % (_WIDTH - _SUN)
    draw.ellipse((sun, 40, sun + _SUN, 40 + _SUN), fill="#f2c94c")
    _SCENES[scene](draw, built)
    file = io.BytesIO()
    drawn.save(file, "PNG", optimize=True)
    return file.getvalue()


def _building(draw: ImageDraw.ImageDraw, built: int) -> None:
    draw.rectangle((0, _GROUND, _WIDTH, _HEIGHT), fill="#a89878")
    floors = max(1, built // 10)
    for floor in range(floors):
        top = _GROUND - (floor + 1) * 24
        draw.rectangle((150, top, 400, top + 22), fill="#7c8a94", outline=_STEEL)
        for window in range(165, 390, 30):
            draw.rectangle((window, top + 6, window + 14, top + 16), fill="#e9eef1")
    if floors < _ALL_FLOORS:
        draw.line((450, _GROUND, 450, 60), fill=_CRANE, width=6)
        draw.line((330, 70, 560, 70), fill=_CRANE, width=6)
        draw.line((360, 70, 360, _GROUND - floors * 24 - 30), fill=_STEEL, width=2)


def _bridge(draw: ImageDraw.ImageDraw, built: int) -> None:
    draw.rectangle((0, _GROUND - 20, _WIDTH, _HEIGHT), fill="#7fa8bf")
    deck, reach = 230, built * 130 // 100
    for tower in (190, 450):
        draw.rectangle((tower - 7, 70, tower + 7, _HEIGHT - 30), fill="#8d9499", outline=_STEEL)
        draw.rectangle((tower - reach, deck, tower + reach, deck + 12), fill=_STEEL)
        for end in range(26, reach + 1, 26):
            for side in (-end, end):
                draw.line((tower, 76, tower + side, deck), fill="#e9eef1", width=2)


def _shore(draw: ImageDraw.ImageDraw, built: int) -> None:
    draw.polygon([(0, 250), (330, 250), (430, 330), (_WIDTH, 330), (_WIDTH, _HEIGHT), (0, _HEIGHT)], fill="#8fae7f")
    draw.rectangle((430, 330, _WIDTH, _HEIGHT), fill="#7fa8bf")
    draw.line((0, 250, built * 330 // 100, 250), fill="#c9b08a", width=14)
    for trunk in range(30, built * 330 // 100, 60):
        draw.rectangle((trunk - 3, 190, trunk + 3, 243), fill="#6b4f3a")
        draw.ellipse((trunk - 22, 150, trunk + 22, 200), fill="#5f8a56")


_SCENES: Mapping[str, Callable[[ImageDraw.ImageDraw, int], None]] = {
    "building": _building,
    "bridge": _bridge,
    "shore": _shore,
}
