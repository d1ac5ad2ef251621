"""
What files the record takes, told by their content and not by their name.

Files are only ever kept and handed out as attachments, never opened by the browser on our address; what is checked
here keeps the record from handing out what is not what it says.
"""

import io
import re
import zipfile
from dataclasses import dataclass

import PIL
from PIL import Image

from models.exceptions import FileRefusedError
from models.text import one_line

LARGEST_UPLOAD = 10 * 1024 * 1024
#: How much a zipped Office file may hold when unpacked, and how many times its packed size.
_LARGEST_UNPACKED = 200 * 1024 * 1024
_MOST_PARTS = 5_000
#: A picture of more pixels is a bomb, or belongs in an archive.
_MOST_PIXELS = 60_000_000
_PICTURES = {"PNG": "image/png", "JPEG": "image/jpeg", "GIF": "image/gif", "WEBP": "image/webp"}
_OFFICE = "application/vnd.openxmlformats-officedocument."
#: By the part that tells an Office Open XML file apart, and by the type an OpenDocument file says it has.
_OOXML = {
    "word/document.xml": f"{_OFFICE}wordprocessingml.document",
    "xl/workbook.xml": f"{_OFFICE}spreadsheetml.sheet",
    "ppt/presentation.xml": f"{_OFFICE}presentationml.presentation",
}
_OPEN_DOCUMENT = {
    "application/vnd.oasis.opendocument.text",
    "application/vnd.oasis.opendocument.spreadsheet",
    "application/vnd.oasis.opendocument.presentation",
}
_EXTENSIONS = {
    "application/pdf": ("pdf",),
    "image/png": ("png",),
    "image/jpeg": ("jpg", "jpeg"),
    "image/gif": ("gif",),
    "image/webp": ("webp",),
    "text/plain": ("txt", "csv", "md", "geojson", "json"),
    f"{_OFFICE}wordprocessingml.document": ("docx",),
    f"{_OFFICE}spreadsheetml.sheet": ("xlsx",),
    f"{_OFFICE}presentationml.presentation": ("pptx",),
    "application/vnd.oasis.opendocument.text": ("odt",),
    "application/vnd.oasis.opendocument.spreadsheet": ("ods",),
    "application/vnd.oasis.opendocument.presentation": ("odp",),
    "application/msword": ("doc", "wps"),
    "application/vnd.ms-excel": ("xls", "et"),
}
#: The old Office container (MS-CFB), which holds .doc, .xls and .wps alike: there the name decides.
_CFB = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


@dataclass(frozen=True)
class CheckedFile:
    """A file that the record takes."""

    name: str
    media_type: str
    content: bytes


def checked_file(name: str, content: bytes) -> CheckedFile:
    """
    Return a file with its type as its content tells it, and a name without a path.

    :raises FileRefusedError: ``empty``, ``too_large``, ``unknown_type``, ``damaged``, ``bomb``, ``macros`` or
        ``name_and_type``, with the name
    """
    safe_name = re.sub(r"[\\/:*?\"<>|]+", "_", one_line(name))[-200:].lstrip(".") or "file"
    if not content:
        raise FileRefusedError("empty", safe_name)
    if len(content) > LARGEST_UPLOAD:
        raise FileRefusedError("too_large", safe_name)
    extension = safe_name.rpartition(".")[2].lower()
    media_type = _media_type(content, extension, safe_name)
    if extension not in _EXTENSIONS[media_type]:
        raise FileRefusedError("name_and_type", safe_name)
    return CheckedFile(safe_name, media_type, content)


def _media_type(content: bytes, extension: str, name: str) -> str:
    if content.startswith(b"%PDF-"):
        return "application/pdf"
    if content.startswith(b"PK\x03\x04"):
        return _zipped_type(content, name)
    if content.startswith(_CFB):
        return "application/vnd.ms-excel" if extension in ("xls", "et") else "application/msword"
    picture = _picture_type(content, name)
    if picture:
        return picture
    if _is_text(content):
        return "text/plain"
    raise FileRefusedError("unknown_type", name)


def _picture_type(content: bytes, name: str) -> str | None:
    try:
        with Image.open(io.BytesIO(content), formats=list(_PICTURES)) as picture:
            if picture.width * picture.height > _MOST_PIXELS:
                raise FileRefusedError("bomb", name)
            picture.verify()
            return _PICTURES[str(picture.format)]
    except PIL.UnidentifiedImageError:
        return None
    except Image.DecompressionBombError as error:
        raise FileRefusedError("bomb", name) from error
    except (OSError, SyntaxError, ValueError) as error:
        raise FileRefusedError("damaged", name) from error


def _zipped_type(content: bytes, name: str) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = archive.infolist()
            if len(parts) > _MOST_PARTS or sum(part.file_size for part in parts) > _LARGEST_UNPACKED:
                raise FileRefusedError("bomb", name)
            names = {part.filename for part in parts}
            if any(part.endswith("vbaProject.bin") for part in names):
                raise FileRefusedError("macros", name)
            for part, media_type in _OOXML.items():
                if part in names:
                    return media_type
            if "mimetype" in names:
                said = archive.open("mimetype").read(200).decode("ascii", "replace").strip()
                if said in _OPEN_DOCUMENT:
                    return said
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError) as error:
        raise FileRefusedError("damaged", name) from error
    raise FileRefusedError("unknown_type", name)


def _is_text(content: bytes) -> bool:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        try:
            text = content.decode("gb18030")
        except UnicodeDecodeError:
            return False
    head = text[:2000].lower()
    # A browser could be talked into drawing it.
    if re.search(r"<\s*(?:!doctype|html|script|svg|\?xml)", head):
        return False
    return not re.search("[\x00-\x08\x0e-\x1f]", text)
