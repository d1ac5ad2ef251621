"""Public documents are handed out as attachments, and never opened on our address."""

import io
from datetime import date, timedelta

import pytest
from PIL import Image

from data.database import reading
from data.operations.documents import AmendDocument, PublishDocument, amend_document, publish_document
from data.queries.documents import documents_of
from data.writer import change
from models.document import DisclosureClass, DocumentType
from tests.conftest import NOW, OFFICER


def png():
    written = io.BytesIO()
    Image.new("RGB", (2, 2)).save(written, "PNG")
    return written.getvalue()


@pytest.fixture
def publish(small_city):
    """Publish a document of the project, and return the number and address of its file."""

    def send(name, content):
        command = PublishDocument(
            project_id=small_city.project, type=DocumentType.OTHER, title=name, file_name=name, content=content
        )
        kept = change(publish_document, command, OFFICER, now=NOW)
        with reading() as session:
            found = documents_of(session, project_id=small_city.project)[-1]
        return int(kept.key), f"/files/{found.address}"

    return send


def test_a_file_is_an_attachment_whatever_it_is(publish, machine):
    _, text = publish('说明 "1".txt', "夜间供水".encode())
    _, picture = publish("site.png", png())

    for address in (text, f"{text}?inline=1", picture):
        reply = machine.get(address)
        assert reply.status == 200
        assert reply.headers["content-disposition"].startswith("attachment; filename*=UTF-8''")
        assert reply.headers["x-content-type-options"] == "nosniff"
        assert "sandbox" in reply.headers["content-security-policy"]
    assert machine.get(text).body == "夜间供水".encode()
    assert "%E8%AF%B4%E6%98%8E" in machine.get(text).headers["content-disposition"]


def test_a_picture_may_be_shown_in_a_page_if_it_is_asked_for(publish, machine):
    _, address = publish("site.png", png())

    reply = machine.get(f"{address}?inline=1")

    assert reply.headers["content-disposition"] == "inline; filename*=UTF-8''site.png"
    assert reply.headers["content-type"] == "image/png"
    assert machine.get(address, if_none_match=reply.headers["etag"]).status == 304


def test_a_file_that_is_withheld_later_is_gone_even_for_whoever_has_it(publish, machine):
    number, address = publish("plan.txt", b"a plan")
    etag = machine.get(address).headers["etag"]
    withheld = AmendDocument(
        document_id=number,
        type=DocumentType.OTHER,
        title="plan",
        disclosure=DisclosureClass.WITHHELD,
        ground="Decree 711, Article 15",
        review_on=date(2027, 1, 1),
        reason="Personal data.",
    )
    change(amend_document, withheld, OFFICER, now=NOW + timedelta(hours=1))

    reply = machine.get(address, if_none_match=etag)

    assert reply.status == 404
    assert b"a plan" not in reply.body
