"""Comments and what became of them, as JSON."""

from typing import Any

from data.feeds.written import day, instant
from data.queries.comments import CommentSummary, VerdictSummary


def as_comment(comment: CommentSummary, site: str) -> dict[str, Any]:
    """Return a point of a comment. The name is masked; how to reach its author is not known here."""
    return {
        "point": comment.point_id,
        "comment": comment.id,
        "decision": comment.decision_id,
        "url": f"{site}/decisions/{comment.decision_id}",
        "clause": {"key": comment.clause_key, "label": comment.clause_label} if comment.clause_key else None,
        "channel": comment.channel,
        "stance": comment.stance,
        "language": comment.language,
        "received_at": instant(comment.received_at),
        "name": comment.name,
        "text": comment.body,
        "state": comment.verdict.code if comment.verdict else None,
        "verdicts": [_verdict(verdict) for verdict in comment.verdicts],
    }


def _verdict(verdict: VerdictSummary) -> dict[str, Any]:
    return {
        "number": verdict.number,
        "code": verdict.code,
        "reason": verdict.reason,
        "until": day(verdict.until),
        "forwarded_to": verdict.forwarded_to,
        "same_as": verdict.same_as_id,
        "recorded_at": instant(verdict.recorded_at),
    }
