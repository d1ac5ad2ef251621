"""What changed: the query, and the Atom feed of it."""

from datetime import timedelta
from xml.etree.ElementTree import fromstring

from sqlalchemy import event

from data.database import database, reading
from data.feeds.atom import as_atom
from data.operations.milestones import ReviseMilestone, revise_milestone
from data.operations.project_decisions import LinkProject, link_project
from data.queries.changes import Change, changes
from data.queries.departments import DepartmentName
from data.writer import change
from models.decision import decision_subject
from models.ledger import UNLISTED, EntryType
from models.milestone import ReasonCode, RevisionKind
from tests.conftest import NOW, OFFICER
from tests.data.exchange.full_project import LATER, fill
from tests.data.feeds.conftest import SITE
from tests.data.feeds.golden import assert_golden

ATOM = "{http://www.w3.org/2005/Atom}"
WATER = DepartmentName(
    id="water", name_zh="水务局", name_en="Water bureau", contact="", needs_second_person=False, number=1
)


def make_change(**said):
    return Change(
        **{
            "index": 17,
            "type": EntryType.MILESTONE_CHANGED,
            "subject": "prj/P-1001",
            "title": "第二水厂",
            "about": "milestone/1/2",
            "number": 4,
            "at": NOW,
            "department_id": "water",
            "facts": {
                "title": "通水",
                "kind": "reforecast",
                "due_date": "2027-06-30",
                "before": "2027-03-04",
                "reason_code": "land",
                "reason": "征地未完成。",
            },
            "words": {},
            **said,
        }
    )


def render(*found, next_address=None):
    return as_atom(
        found,
        names={"water": WATER},
        site=SITE,
        address=f"{SITE}/feeds/changes.atom",
        next_address=next_address,
        updated=NOW,
    )


def move_milestone(city):
    command = ReviseMilestone(
        milestone_id=city.milestone,
        kind=RevisionKind.REFORECAST,
        due_date=city.promised + timedelta(days=30),
        reason_code=ReasonCode.LAND,
        reason="征地未完成 <b>&",
    )
    change(revise_milestone, command, OFFICER, now=NOW + timedelta(hours=1))


def test_changes_come_newest_first_and_without_the_comments(city, comment):
    comment(city)
    move_milestone(city)

    with reading() as session:
        found = changes(session).rows

    assert [one.type for one in found][:2] == [EntryType.MILESTONE_CHANGED, EntryType.MILESTONE_PLANNED]
    assert [one.index for one in found] == sorted((one.index for one in found), reverse=True)
    assert not {one.type for one in found} & set(UNLISTED)


def test_changes_of_one_matter_or_department_are_those_alone(city, comment):
    comment(city)

    with reading() as session:
        of_decision = changes(session, subject=decision_subject(city.decision)).rows
        of_water = changes(session, department_id="water").rows
        of_parks = changes(session, department_id="parks").rows

    assert {one.subject for one in of_decision} == {f"dec/{city.decision}"}
    assert of_decision[-1].title == "节约用水办法"
    assert of_decision[-1].words["summary"] == "少用水。"
    assert {one.subject for one in of_water} == {
        f"dec/{city.decision}",
        f"prj/{city.project}",
        "dpt/water",
    }
    assert {one.subject for one in of_parks} == {"dpt/parks"}


def test_the_pages_of_changes_join_without_gap_or_repetition(city):
    with reading() as session:
        whole = [one.index for one in changes(session, size=100).rows]
        page, seen = changes(session, size=2), []
        while True:
            seen += [one.index for one in page.rows]
            if page.next is None:
                break
            page = changes(session, size=2, before=int(page.next))

    assert seen == whole


def test_a_feed_has_what_atom_requires(small_city, machine):
    reply = machine.get("/feeds/changes.atom")

    feed = fromstring(reply.body)
    entries = feed.findall(f"{ATOM}entry")
    assert reply.headers["content-type"] == "application/atom+xml; charset=utf-8"
    for required in ("id", "title", "updated"):
        assert len(feed.findall(f"{ATOM}{required}")) == 1
        assert all(len(entry.findall(f"{ATOM}{required}")) == 1 for entry in entries)
    assert feed.find(f"{ATOM}author/{ATOM}name").text
    assert len({entry.find(f"{ATOM}id").text for entry in entries}) == len(entries) == 8


def test_a_milestone_that_moved_is_an_entry_with_both_dates_and_the_reason(small_city, machine):
    move_milestone(small_city)

    feed = fromstring(machine.get(f"/feeds/changes.atom?project={small_city.project}").body)

    entry = feed.find(f"{ATOM}entry")
    later = small_city.promised + timedelta(days=30)
    assert entry.find(f"{ATOM}title").text == f"节点改期 · Milestone moved: 通水 {small_city.promised} → {later}"
    assert entry.find(f"{ATOM}summary").text == "第二水厂\n征地拆迁 · land: 征地未完成 <b>&"
    assert entry.find(f"{ATOM}link").get("href") == f"{SITE}/projects/{small_city.project}"


def test_whatever_is_said_of_a_project_is_an_entry_of_its_own_with_words_in_both_languages(city, comment, machine):
    fill(city, comment)
    machine.now = LATER

    feed = fromstring(machine.get(f"/feeds/changes.atom?project={city.project}&size=100").body)

    titles = [entry.find(f"{ATOM}title").text for entry in feed.findall(f"{ATOM}entry")]
    ids = [entry.find(f"{ATOM}id").text for entry in feed.findall(f"{ATOM}entry")]
    assert len(set(ids)) == len(ids)
    assert all(one.startswith("tag:record.example,2026:ledger/") for one in ids)
    for words in (
        "节点改期 · Milestone moved: 通水 2027-03-04 → 2027-03-13",
        "节点重定基准 · Milestone rebaselined: 通水 2027-03-13 → 2027-03-23",
        "节点暂停 · Milestone paused: 通水",
        "节点恢复 · Milestone resumed: 通水 2027-03-23 → 2027-04-13",
        "节点更正 · Milestone corrected: 通水 2027-04-13 → 2027-04-14",
        "节点取消 · Milestone cancelled: 通水",
        "Milestone reached: 开工",
        "Milestone confirmed unchanged: 通水 2027-03-13",
        "Independent rating published: 第二水厂（一期） (市审计局, ",
        "Something is withheld, or no longer: 第二水厂（一期） (",
        "Part of another project: ",
    ):
        assert any(words in title for title in titles), words
    assert all(" · " in title for title in titles)


def test_the_next_page_of_a_feed_is_linked(small_city, machine):
    first = fromstring(machine.get("/feeds/changes.atom?size=5").body)
    following = first.find(f"{ATOM}link[@rel='next']").get("href")

    second = fromstring(machine.get(following.removeprefix(SITE)).body)

    assert len(second.findall(f"{ATOM}entry")) == 3
    assert second.find(f"{ATOM}link[@rel='next']") is None


def test_characters_that_xml_cannot_hold_do_not_break_the_feed():
    hostile = make_change(title="\x00\ufffe]]><script>alert(1)</script>")

    feed = fromstring(render(hostile))

    assert feed.find(f"{ATOM}entry/{ATOM}summary").text.startswith("\ufffd\ufffd]]><script>")


def test_a_feed_is_written_as_it_always_was():
    closing = make_change(
        index=18,
        type=EntryType.WINDOW_EXTENDED,
        subject="dec/2026-0001",
        title="节约用水办法",
        about="period/1/2",
        department_id=None,
        facts={
            "round": 1,
            "zone": "Asia/Shanghai",
            "opens_at": "2026-11-24T02:00:00+00:00",
            "closes_at": "2026-12-24T16:00:00+00:00",
            "reason": "More time.",
        },
    )

    written = render(closing, make_change(), next_address=f"{SITE}/feeds/changes.atom?before=17")

    assert_golden("changes.atom", written)


def test_an_empty_feed_says_when_the_record_last_changed():
    feed = fromstring(render())

    assert feed.find(f"{ATOM}updated").text == "2026-11-24T02:00:00Z"


def test_a_link_of_two_matters_is_told_once_to_all_and_to_each_of_them(small_city):
    link = LinkProject(project_id=small_city.project, decision_id=small_city.decision)
    change(link_project, link, OFFICER, now=NOW + timedelta(hours=1))

    def links(**asked):
        with reading() as session:
            return [one for one in changes(session, size=50, **asked).rows if one.type is EntryType.PROJECT_LINKED]

    assert len(links()) == 1
    assert len(links(subject=f"dec/{small_city.decision}")) == 1
    assert len(links(subject=f"prj/{small_city.project}")) == 1


def test_changes_are_read_with_four_statements_however_many_there_are(small_city):
    statements = []

    def note(_connection, _cursor, statement, *_):
        if statement.startswith("SELECT"):
            statements.append(statement)

    event.listen(database().reading_engine, "before_cursor_execute", note)

    with reading() as session:
        found = changes(session, size=50).rows

    assert len(found) == 8
    assert len(statements) == 4
