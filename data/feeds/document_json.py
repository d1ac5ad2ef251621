"""Documents, as JSON."""

from typing import Any

from data.feeds.written import day, instant
from data.queries.documents import DocumentSummary


def as_document(document: DocumentSummary, site: str) -> dict[str, Any]:
    """Return a document: where it is, or on what ground and until when it is held back."""
    return {
        "id": document.id,
        "type": document.type,
        "title": document.title,
        "disclosure": document.disclosure,
        "ground": document.ground,
        "review_on": day(document.review_on),
        "url": f"{site}/files/{document.address}" if document.address else None,
        "media_type": document.media_type,
        "size": document.size,
        "recorded_at": instant(document.recorded_at),
    }
