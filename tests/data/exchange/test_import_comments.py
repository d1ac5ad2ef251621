from datetime import timedelta

import pytest
from sqlmodel import col, select

from data.database import reading
from data.exchange.comments import CommentSource, import_comments
from data.exchange.drafts import import_draft
from data.operations.departments import PublishDepartment, publish_department
from data.queries.decision_view import clauses_of_version, draft_versions, tally_of
from data.writer import change
from models.actor import OPERATOR, Actor, Role
from models.comment import Channel, Comment, CommentText
from models.decision import Language
from models.exceptions import NotFoundError, UnreadableFileError
from tests.conftest import DRAFT, NOW, PLANNER

LATER = NOW + timedelta(hours=2)


def entered(city, text, **more):
    came = CommentSource(decision_id=city.decision, **more)
    content = text if isinstance(text, bytes) else text.encode()
    return import_comments(content, "comments.csv", came=came, actor=PLANNER, now=LATER)


def comments():
    with reading() as session:
        return session.exec(
            select(Comment, CommentText)
            .join(CommentText, col(CommentText.comment_id) == col(Comment.id))
            .order_by(col(Comment.id))
        ).all()


def reasons(report):
    return [(one.row, one.column, one.reason) for one in report.reported]


def test_comments_are_entered_with_the_instant_at_which_they_came(city):
    came_at = NOW + timedelta(minutes=5)
    report = entered(city, f"timestamp,comment-id,comment-body\n{int(came_at.timestamp() * 1000)},7,太吵了\n")
    (comment, words), *others = comments()
    assert (report.rows, report.taken, report.unchanged, report.reported) == (1, 1, 0, [])
    assert (comment.received_at, comment.channel, comment.language) == (came_at, Channel.WEB, Language.CHINESE)
    assert (words.body, others) == ("太吵了", [])


def test_entering_them_again_doubles_nothing(city):
    text = f"datetime,id,comment\n{NOW.isoformat()},1,one\n{NOW.isoformat()},2,two\n"
    entered(city, text)
    report = entered(city, text)
    assert (report.rows, report.taken, report.unchanged) == (2, 2, 2)
    assert len(comments()) == 2


def test_a_comment_that_reads_otherwise_now_is_reported_since_comments_are_never_altered(small_city):
    text = f"datetime,id,comment\n{NOW.isoformat()},1,one\n"
    entered(small_city, text)
    report = entered(small_city, text.replace("one", "other"))
    assert [one.reason for one in report.reported] == ["changed_since"]
    assert [words.body for _, words in comments()] == ["one"]


def test_a_comment_outside_the_period_is_reported_unless_somebody_says_when_it_was_handed_over(small_city):
    text = (
        "date,time,id,text\n2015-09-15,0 days 10:50:19,1,antes\n"
        "2026-11-24,23:59:00,2,hoy\n,,3,sin\n2026-11-25,,4,tarde\n"
    )
    report = entered(small_city, text)
    assert reasons(report) == [
        (2, "date", "outside_period"),
        (3, "", "future_date"),
        (4, "date", "missing_date"),
        (5, "", "future_date"),
    ]
    handed_over = entered(small_city, text, received_at=NOW, channel=Channel.EMAIL)
    assert (handed_over.rows, handed_over.taken) == (4, 4)
    assert {comment.channel for comment, _ in comments()} == {Channel.EMAIL}


def test_a_day_without_a_time_is_the_first_instant_of_it_in_the_period(small_city):
    entered(small_city, "date,id,text\n2026-11-24,1,a\n")
    assert [comment.received_at for comment, _ in comments()] == [NOW]


def test_blank_and_doubled_rows_are_reported_and_replies_are_noted(small_city):
    at = NOW.isoformat()
    report = entered(
        small_city, f"timestamp,id,parentId,text\n{at},1,-1,a\n{at},1,-1,b\n{at},3,1, \n{at},4,1,c\n{at},5,99,d\n"
    )
    assert reasons(report) == [(3, "id", "duplicate_identifier"), (4, "text", "missing_text")]
    assert [(note.row, note.reason) for note in report.notes] == [(4, "reply"), (5, "reply"), (6, "orphan_reply")]
    assert report.rows == 5 == report.taken + len(report.reported)


def test_the_same_words_sent_twice_without_identifiers_are_two_comments(small_city):
    text = "comment\nmore trees\nmore trees\nfewer cars\n"
    assert entered(small_city, text, received_at=NOW).taken == 3
    assert entered(small_city, text, received_at=NOW).unchanged == 3
    with reading() as session:
        assert tally_of(session, small_city.decision).points == 3


def test_a_file_without_comments_is_refused(small_city):
    with pytest.raises(UnreadableFileError):
        entered(small_city, "id,name\n1,a\n")


def test_comments_need_a_decision_that_asked_for_them(small_city):
    came = CommentSource(decision_id="2026-9999")
    with pytest.raises(NotFoundError):
        import_comments(b"comment\na\n", "comments.csv", came=came, actor=PLANNER, now=LATER)


def test_only_the_planner_of_the_decision_enters_comments(small_city):
    change(publish_department, PublishDepartment(id="rails", name_zh="铁路局", name_en="Railways"), OPERATOR, now=NOW)
    other = Actor(role=Role.PLANNER, department_id="rails")
    came = CommentSource(decision_id=small_city.decision, received_at=NOW)
    report = import_comments(b"comment\na\n", "comments.csv", came=came, actor=other, now=LATER)
    assert [one.reason for one in report.reported] == ["not_allowed"]


def test_a_text_becomes_the_next_version_of_the_draft(city):
    text = DRAFT.replace("八小时", "六小时") + "\n第四条 本办法自公布之日起施行。"
    report = import_draft(text.encode(), "办法.md", decision_id=city.decision, actor=PLANNER, now=NOW)
    assert (report.rows, report.taken, report.unchanged, report.reported) == (4, 4, 2, [])
    with reading() as session:
        versions = draft_versions(session, city.decision)
        clauses = clauses_of_version(session, versions[-1].id)
    assert (versions[-1].number, versions[-1].reason) == (2, "import from 办法.md")
    assert [clause.label for clause in clauses] == ["第一条", "第二条", "第三条", "第四条"]


def test_a_text_that_says_what_the_draft_says_is_no_new_version(small_city):
    report = import_draft(DRAFT.encode("gb18030"), "a.txt", decision_id=small_city.decision, actor=PLANNER, now=NOW)
    assert (report.rows, report.taken, report.unchanged) == (3, 3, 3)
    with reading() as session:
        assert len(draft_versions(session, small_city.decision)) == 1


def test_a_text_that_is_refused_is_reported_clause_by_clause(small_city):
    other = Actor(role=Role.PLANNER, department_id="parks")
    report = import_draft("第一条 别的。".encode(), "a.md", decision_id=small_city.decision, actor=other, now=NOW)
    assert (report.rows, report.taken, [one.reason for one in report.reported]) == (1, 0, ["not_allowed"])


def test_what_is_no_instant_is_no_date(small_city):
    report = entered(small_city, "timestamp,comment\nsoon,a\n99999999999999,b\n")
    assert [one.reason for one in report.reported] == ["not_a_date", "not_a_date"]
