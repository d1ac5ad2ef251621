import io
import struct
import zipfile
import zlib
from datetime import date

import pytest
from PIL import Image
from sqlmodel import col

from data.database import reading
from data.operations.documents import AmendDocument, PublishDocument, amend_document, publish_document
from data.queries.documents import documents_of, find_file
from models.document import DisclosureClass, Document, DocumentRevision, DocumentType, StoredFile
from models.exceptions import (
    ConflictError,
    FileRefusedError,
    InvalidValueError,
    NotFoundError,
    ReasonMissingError,
)
from models.ledger import EntryType
from models.uploads import LARGEST_UPLOAD
from tests.conftest import PLANNER
from tests.data.operations.keeping import OTHERS, disclosures, do, ledger, refuse_others, refused, rows

PDF = b"%PDF-1.7\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"
REVIEW = date(2027, 6, 30)


def document(city, **more):
    said = {
        "project_id": city.project,
        "type": DocumentType.PROJECT_PLAN,
        "title": "施工方案",
        "file_name": "plan.pdf",
        "content": PDF,
    }
    return PublishDocument(**{**said, **more})


def withheld(city, **more):
    said = {
        "title": "地勘报告",
        "disclosure": DisclosureClass.WITHHELD,
        "ground": "涉及管网安全，第十四条。",
        "review_on": REVIEW,
        "file_name": "",
        "content": b"",
    }
    return document(city, **{**said, **more})


def zipped(parts, **how):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return packed.getvalue()


def picture_of(width, height):
    """Return a PNG that says it has so many pixels, and holds none."""

    def chunk(kind, content):
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(b"")) + chunk(b"IEND", b"")


def small_picture():
    drawn = io.BytesIO()
    Image.new("RGB", (4, 3), "teal").save(drawn, "PNG")
    return drawn.getvalue()


def test_a_document_is_published_with_its_file_and_the_ledger_has_its_digest(city):
    kept = do(publish_document, document(city))

    with reading() as session:
        (listed,) = documents_of(session, project_id=city.project)
        assert find_file(session, listed.address).content == PDF
    assert (listed.title, listed.media_type, listed.size) == ("施工方案", "application/pdf", len(PDF))
    type_, subject, about, facts = ledger()
    assert (type_, subject) == (EntryType.DOCUMENT_PUBLISHED, f"prj/{city.project}")
    assert about == f"document/{kept.key}/1"
    assert (facts["type"], facts["disclosure"]) == ("project_plan", "public")
    assert disclosures() == 1


def test_a_picture_is_kept_with_what_it_shows(city):
    do(
        publish_document,
        document(city, type=DocumentType.ILLUSTRATION, alt="吊装现场", file_name="site.png", content=small_picture()),
    )

    with reading() as session:
        (listed,) = documents_of(session, project_id=city.project)
    assert (listed.alt, listed.media_type) == ("吊装现场", "image/png")


def test_a_withheld_document_has_a_ground_a_day_of_review_and_no_file(city):
    do(publish_document, withheld(city, file_name="secret.pdf", content=PDF))

    with reading() as session:
        (listed,) = documents_of(session, project_id=city.project)
    assert (listed.ground, listed.review_on, listed.address) == ("涉及管网安全，第十四条。", REVIEW, None)
    assert rows(StoredFile) == []
    assert ledger()[3]["review_on"] == str(REVIEW)


@pytest.mark.parametrize("lacking", [{"ground": " "}, {"ground": ""}, {"review_on": None}])
def test_a_document_is_not_withheld_without_ground_and_review(small_city, lacking):
    with refused(InvalidValueError):
        do(publish_document, withheld(small_city, **lacking))


HOSTILE = {
    "0 bytes": ("plan.pdf", b"", "empty"),
    "10 MB and a byte": ("plan.pdf", PDF + b" " * (LARGEST_UPLOAD + 1 - len(PDF)), "too_large"),
    "a program": ("plan.pdf", b"MZ\x90\x00\x03\x00\x00\x00" + b"\x00" * 64, "unknown_type"),
    "a page that a browser would draw": ("plan.txt", b"<!doctype html><script>alert(1)</script>", "unknown_type"),
    "a drawing with a script": (
        "map.svg",
        b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
        "unknown_type",
    ),
    "a PDF under the name of a picture": ("photo.png", PDF, "name_and_type"),
    "a picture under the name of a PDF": ("plan.pdf", small_picture(), "name_and_type"),
    "a PDF with a second ending": ("plan.pdf.exe", PDF, "name_and_type"),
    "a picture of 400 million pixels": ("photo.png", picture_of(20_000, 20_000), "bomb"),
    "half a picture": ("photo.png", small_picture()[:60], "damaged"),
    "an archive of zeros": (
        "plan.docx",
        zipped({"word/document.xml": b"\x00" * (201 * 1024 * 1024)}),
        "bomb",
    ),
    "an archive of many parts": ("plan.docx", zipped({f"part{n}": b"" for n in range(5_001)}), "bomb"),
    "a workbook with macros": (
        "plan.xlsx",
        zipped({"xl/workbook.xml": b"<x/>", "xl/vbaProject.bin": b"x"}),
        "macros",
    ),
    "an archive that is no Office file": ("plan.docx", zipped({"readme.txt": b"x"}), "unknown_type"),
    "half an archive": ("plan.docx", zipped({"word/document.xml": b"<x/>"})[:60], "damaged"),
}


@pytest.mark.parametrize("hostile", HOSTILE)
def test_a_hostile_upload_is_refused_by_name_and_leaves_nothing(small_city, hostile):
    name, content, reason = HOSTILE[hostile]

    with refused(FileRefusedError) as refusal:
        do(publish_document, document(small_city, file_name=name, content=content))
    assert refusal.value.facts == (reason, name)


def test_exactly_ten_megabytes_are_taken(small_city):
    do(publish_document, document(small_city, content=PDF + b" " * (LARGEST_UPLOAD - len(PDF))))

    assert [one.size for one in rows(StoredFile)] == [LARGEST_UPLOAD]


def test_a_public_document_needs_its_file(small_city):
    with refused(InvalidValueError) as refusal:
        do(publish_document, document(small_city, file_name="", content=b""))
    assert refusal.value.facts == ("file", "missing")


@pytest.mark.parametrize(
    "name", ["../../etc/plan.pdf", "C:\\plan.pdf", "plan\u202e.pdf", "a\nb.pdf", "/" * 300 + "x.pdf"]
)
def test_a_name_is_kept_without_a_path_or_hidden_marks(small_city, name):
    do(publish_document, document(small_city, file_name=name))

    (kept,) = rows(StoredFile)
    assert not set(kept.name) & set("/\\:\n\u202e")
    assert kept.name.endswith(".pdf")
    assert len(kept.name) <= 200


def test_the_same_file_twice_has_two_addresses_that_nobody_guesses(small_city):
    for _ in range(2):
        do(publish_document, document(small_city))

    first, second = rows(StoredFile)
    assert first.sha256 == second.sha256
    assert first.address != second.address
    assert len(first.address) == 32


def test_a_document_can_be_withheld_later_and_its_file_is_no_longer_handed_out(city):
    key = int(do(publish_document, document(city)).key)
    with reading() as session:
        (before,) = documents_of(session, project_id=city.project)

    kept = do(
        amend_document,
        AmendDocument(
            document_id=key,
            type=DocumentType.PROJECT_PLAN,
            title="施工方案",
            disclosure=DisclosureClass.WITHHELD,
            ground="第十四条。",
            review_on=REVIEW,
            reason="误公开。",
            seen=1,
        ),
    )

    assert kept.number == 2
    with reading() as session:
        (now,) = documents_of(session, project_id=city.project)
        assert find_file(session, before.address) is None
    assert (now.disclosure, now.address) == (DisclosureClass.WITHHELD, None)
    assert [one.number for one in rows(DocumentRevision, col(DocumentRevision.number))] == [1, 2]
    type_, _, about, facts = ledger()
    assert (type_, about) == (EntryType.DOCUMENT_AMENDED, f"document/{key}/2")
    assert facts["reason"] == "误公开。"


def test_an_amendment_needs_a_reason_and_what_is_said_now(small_city):
    key = int(do(publish_document, withheld(small_city)).key)

    def amend(**more):
        said = {"document_id": key, "type": DocumentType.OTHER, "title": "报告", "reason": "改名。", "seen": 1}
        said |= {"disclosure": DisclosureClass.NOT_YET_DUE, "review_on": REVIEW}
        return AmendDocument(**{**said, **more})

    with refused(ReasonMissingError):
        do(amend_document, amend(reason=" "))
    with refused(NotFoundError):
        do(amend_document, amend(document_id=999_999))
    refuse_others(amend_document, amend(), [actor for actor in OTHERS if actor is not PLANNER])
    do(amend_document, amend())
    with refused(ConflictError) as refusal:
        do(amend_document, amend())
    assert refusal.value.facts == ("document", 1, 2, "报告")


def test_a_document_belongs_to_one_matter(small_city):
    for owner in ({"decision_id": small_city.decision}, {"project_id": None}):
        with refused(InvalidValueError):
            do(publish_document, document(small_city, **owner))
    with refused(NotFoundError):
        do(publish_document, document(small_city, project_id="P-9999"))
    assert rows(Document) == []


def test_officers_and_planners_of_the_department_publish_and_nobody_else(small_city):
    refuse_others(publish_document, document(small_city), [actor for actor in OTHERS if actor is not PLANNER])
