"""A QR code (ISO/IEC 18004), as the address of a picture that holds itself."""

import segno


def qr_code(text: str) -> str:
    """Return a QR code of the text as a ``data:`` address of an SVG picture, black on white in any theme."""
    return segno.make(text, error="m").svg_data_uri(scale=4, border=4, dark="#000", light="#fff")
