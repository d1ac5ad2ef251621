"""What a project's page says of its promises: its light, how dates moved and at what notice, how likely they are."""

import math
import re
from datetime import timedelta
from urllib.parse import unquote

import pytest

from data.operations.contracts import ModifyContract, PublishContract, modify_contract, publish_contract
from data.operations.disclosure_items import StateDisclosure, state_disclosure
from data.operations.documents import PublishDocument, publish_document
from data.operations.project_places import LocateProject, locate_project
from data.operations.projects import PublishProject, publish_project
from data.operations.ratings import PublishRating, publish_rating
from data.operations.verdicts import GiveVerdict, give_verdict
from data.operations.withheld import WithholdField, withhold_field
from data.samples.pictures import picture
from data.writer import change
from models.actor import Actor, Role
from models.contract import ContractNature
from models.decision import Language
from models.disclosure_item import DisclosureKind
from models.document import DocumentType
from models.milestone import Particulars, Precision, ReasonCode, RevisionKind
from models.project import Phase
from models.rating import RatingLetter
from models.reference_class import EVERYTHING, ClassKey, Level
from models.verdict import VerdictCode
from models.withheld_item import WithheldField
from pages.components.drawing import words as drawn_words
from pages.readable.about import read_about
from pages.readable.accountability import read_accountability
from pages.readable.likelihood_words import class_words
from pages.readable.project import read_project
from pages.readable.project_promise import creep_words
from pages.readable.project_sentences import sentences
from tests.conftest import NOW, OFFICER, PLANNER
from tests.pages.promises import HOSTILE, cost, day, move, page_of, plan, report, say_of, visit_to

ADMINISTRATOR = Actor(role=Role.ADMINISTRATOR, department_id="water")


def html_of(project, *, later=timedelta(0), language="en", **query):
    return read_project(visit_to(project, language=language, later=later, **query)).body_html


def bare(html):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", html)).replace(" ,", ",")


def pictures(html):
    return [unquote(address) for address in re.findall(r'src="data:image/svg\+xml;charset=utf-8,([^"]*)"', html)]


def past(project, number, *, kept=0):
    """Promise milestones that are due the day after, of which some are reached."""
    for each in range(number):
        milestone = plan(project, f"过去{each}", day(1), type="delivery")
        if each < kept:
            say_of(milestone, RevisionKind.ACHIEVED, day(1), after=timedelta(days=1, hours=2))


def test_the_light_is_a_letter_in_a_shape_and_a_word_with_its_reason_and_rule(small_city):
    move(small_city.milestone, day(300))

    html = html_of(small_city.project)

    assert 'class="lamp late lamp-R"' in html
    assert "red: far off the promise" in bare(html)
    assert "is 200 days later than first promised; the limit is 90 days" in bare(html)
    assert '<a class="quiet" href="/about#lights">rule 1</a>' in html


def test_an_independent_rating_stands_beside_the_light_and_does_not_change_it(small_city):
    command = PublishRating(
        project_id=small_city.project,
        body="Auditor <b>",
        letter=RatingLetter.RED,
        rated_on=day(-1),
        link="https://auditor.example/1",
    )
    change(publish_rating, command, ADMINISTRATOR, now=NOW)

    html = html_of(small_city.project)

    assert "lamp-G" in html
    assert "Auditor &lt;b&gt;" in html
    assert 'href="https://auditor.example/1"' in html


def test_the_second_sentence_tells_moves_that_were_announced_late(small_city):
    move(small_city.milestone, day(140), after=timedelta(days=85))
    move(small_city.milestone, day(190), after=timedelta(days=141))

    moved = sentences(page_of(small_city.project, day(150)), "en")[1]

    assert moved.tone == "late"
    assert "moved 2 times: 90 days later in all; 2 times with less than 30 days of notice or only after" in moved.text


def test_notice_and_creep_are_told_in_words(small_city):
    move(small_city.milestone, day(140), after=timedelta(days=85))

    text = bare(html_of(small_city.project, later=timedelta(days=120)))

    assert "It was put off once, with 15 days of notice." in text
    assert "with each month gone by the end moved about" in text


@pytest.mark.parametrize(
    ("rate", "says"),
    [
        (None, "too early"),
        (1.2, "1.2 months further away: it comes no nearer"),
        (0.5, "about 0.5 months further"),
        (0.0, "hardly moved"),
        (-0.4, "about 0.4 months nearer"),
    ],
)
def test_creep_is_a_sentence(rate, says):
    assert says in creep_words(rate, "en")


def test_the_history_is_drawn_for_a_page_and_for_a_phone_and_told_to_those_who_do_not_see_it(small_city):
    move(small_city.milestone, day(140))

    html = html_of(small_city.project, language="zh")
    wide, narrow = pictures(html)[:2]

    assert 'width="470"' not in html
    assert "width='470'" in wide
    assert "width='340'" in narrow
    assert all(str(day(100)) in one and str(day(140)) in one and "+40 天" in one for one in (wide, narrow))
    assert f"2026-11-24 最初承诺：{day(100)}" in html
    assert f"2026-11-24 变动：{day(140)}" in html


def test_what_is_written_in_pictures_stays_text():
    assert "<" not in drawn_words(HOSTILE, 0, 0).removeprefix("<text").removesuffix("</text>")


def test_every_statement_stands_in_the_table_with_its_notice(small_city):
    move(small_city.milestone, day(140), after=timedelta(days=101))

    text = bare(html_of(small_city.project, later=timedelta(days=102)))

    assert "! only 1 day after the date" in text
    assert "+40 days" in text


def test_a_range_is_said_as_a_range(small_city):
    ranged = Particulars(date_low=day(150), date_high=day(230))
    milestone = plan(small_city.project, "试运行", day(120))
    move(milestone, day(200), date_low=ranged.date_low, date_high=ranged.date_high)

    text = bare(html_of(small_city.project))

    assert f"{day(200)} (between {day(150)} and {day(230)})" in text
    assert "+30 to +110 days, as the dates are not said to the day" in text


def test_a_month_is_a_month_wherever_it_is_said(small_city):
    plan(small_city.project, "试运行", day(200), precision=Precision.MONTH, completes=True)

    html = html_of(small_city.project)

    assert f"{day(200):%Y-%m}" in html
    assert str(day(200)) not in html
    assert all(str(day(200)) not in picture for picture in pictures(html))


def test_too_few_cases_are_counted_and_no_per_cent_is_said(small_city):
    past(small_city.project, 4, kept=1)

    text = bare(html_of(small_city.project, later=timedelta(days=9)))
    likely = text[text.index("How likely the date is") : text.index("Upright line")]

    assert "Only 4 milestones of all projects have their first date behind them: 1 on time, 3 late." in likely
    assert "Cannot say" in likely
    assert "%" not in likely


def test_without_any_case_it_is_said_that_nothing_can_be_said(small_city):
    assert "Cannot say: no similar milestone has its first date behind it." in bare(html_of(small_city.project))


def test_a_per_cent_never_comes_without_its_number_and_range(small_city):
    past(small_city.project, 12, kept=6)

    text = bare(html_of(small_city.project, later=timedelta(days=9)))
    likely = text[text.index("Of 12") : text.index("Upright line")]

    assert "computed, not a promise" in text
    assert "Of 12 milestones of all projects whose first date has passed, on time: 6 (50%, range 29–71%)" in likely
    shares = re.findall(r"(\d+%)(.{8})", likely)
    assert shares
    assert all(after.startswith((", range", " (range", ")")) for _, after in shares)


def test_a_baseline_approved_since_stands_beside_the_first_and_never_for_it(small_city):
    approval = PublishDocument(
        project_id=small_city.project,
        type=DocumentType.PROJECT_PLAN,
        title="调整批复",
        file_name="p.txt",
        content="同意".encode(),
    )
    document = int(change(publish_document, approval, OFFICER, now=NOW).key)
    approved = small_city.promised + timedelta(days=100)
    say_of(small_city.milestone, RevisionKind.REBASELINE, approved, document_id=document)
    move(small_city.milestone, approved + timedelta(days=30), after=timedelta(hours=2))

    text = bare(html_of(small_city.project))

    assert "130 days later than first promised" in text
    assert f"30 days later than the baseline approved since, {approved}" in text


def test_where_most_like_it_fell_silent_no_per_cent_is_said(small_city):
    past(small_city.project, 12, kept=5)

    text = bare(html_of(small_city.project, later=timedelta(days=9)))
    likely = text[text.index("Similar promises") : text.index("Upright line")]

    assert likely.count("12") == 1
    assert "Cannot say: of 12 similar milestones whose first date has passed, nothing was said of 7 since." in likely
    assert "%" not in likely


def test_what_is_done_is_not_computed(small_city):
    say_of(small_city.milestone, RevisionKind.ACHIEVED, day(0))

    text = bare(html_of(small_city.project))
    assert "reached" in text
    assert "How likely the date is" not in text
    assert "◑" not in text


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize(
    "key",
    [
        EVERYTHING,
        ClassKey(Level.STAGE, stage="acceptance"),
        ClassKey(Level.STAGE_SECTOR, stage="", sector="transport"),
        ClassKey(Level.DEPARTMENT_STAGE_SECTOR, "water", "start", "waterAndWaste"),
    ],
)
def test_every_class_has_words(key, language):
    assert "{" not in class_words(key, None, language)


def test_absent_withheld_and_zero_are_three_things(small_city):
    absent = bare(html_of(small_city.project))
    command = WithholdField(
        project_id=small_city.project,
        field=WithheldField.BUDGET,
        ground="Decree 711, Article 15",
        until=day(90),
    )
    change(withhold_field, command, OFFICER, now=NOW)
    withheld = bare(html_of(small_city.project))
    report(small_city.project, spent=0, currency="CNY")
    zero = bare(html_of(small_city.project))

    assert "No budget is published. That is not the same as 0." in absent
    assert f"withheld, looked at again by {day(90)}. Ground: Decree 711, Article 15" in withheld
    assert "No budget is published." not in withheld
    assert "CNY 0" in zero
    assert "CNY 0" not in withheld


def test_currencies_have_scales_of_their_own(small_city):
    cost(small_city.project, 100_00, "EUR")
    report(small_city.project, spent=5_00, currency="CNY")

    text = bare(html_of(small_city.project))

    assert "Money (EUR)" in text
    assert "Money (CNY)" in text
    assert "two currencies and are not compared" in text


def test_contracts_say_what_was_changed_of_them_and_why(small_city):
    contract = PublishContract(
        project_id=small_city.project,
        nature=ContractNature.CONSTRUCTION,
        title="Works",
        supplier="Builders",
        amount=100_000_000_00,
        currency="CNY",
        signed_on=day(-10),
    )
    key = change(publish_contract, contract, OFFICER, now=NOW).key
    modified = ModifyContract(
        contract_id=int(key),
        description="Wider span",
        rationale="The railway demanded it",
        amount=120_000_000_00,
        currency="CNY",
        signed_on=day(-1),
    )
    change(modify_contract, modified, OFFICER, now=NOW)

    text = bare(html_of(small_city.project))

    assert "CNY 120 million (signed for CNY 100 million)" in text
    assert "Why: The railway demanded it" in text
    assert "number of bidders not stated" in text


def test_what_is_to_be_published_is_listed_with_its_clock(small_city):
    formed = StateDisclosure(
        project_id=small_city.project,
        rule="construction_permit",
        kind=DisclosureKind.FORMED,
        formed_on=day(-60),
    )
    change(state_disclosure, formed, OFFICER, now=NOW)

    text = bare(html_of(small_city.project))

    assert "Construction permit" in text
    assert "1 overdue" in text
    assert re.search(r"formed 2026-09-25 · to be published by 2026-\d\d-\d\d \(7 working days\)", text)
    assert re.search(r"0 of \d+ applicable items are published \(0%\)", text)


def test_what_does_not_fit_is_told_with_both_sources(small_city):
    cost(small_city.project, 100_00)
    report(small_city.project, physical=1000, spent=90_00, currency="CNY")

    text = bare(html_of(small_city.project))

    assert "1 thing in this record does not fit together" in text
    assert "Spending is more than 20 points ahead of the works" in text
    assert "CNY 90 spent" in text
    assert ": 10%" in text


def test_a_picture_and_words_that_were_used_before_are_told(small_city):
    for taken in (day(-30), day(-1)):
        photo = PublishDocument(
            project_id=small_city.project,
            type=DocumentType.ILLUSTRATION,
            title="Site",
            file_name="site.png",
            content=picture(50),
            taken_on=taken,
            pair_key="gate",
        )
        change(publish_document, photo, OFFICER, now=NOW)
    words = "本月完成主体结构施工，各项工作按计划有序推进，现场安全文明施工情况良好，未发生质量安全事故。"
    report(small_city.project, body=words)
    report(small_city.project, body=words, after=timedelta(days=31))

    html = html_of(small_city.project, later=timedelta(days=32))

    assert "2 things in this record do not fit together" in bare(html)
    assert "A picture was shown before, as one of another day or project" in bare(html)
    assert "A report has the words of an earlier one" in bare(html)
    assert html.count("<figure>") == 2


def test_a_place_with_swapped_coordinates_is_told(small_city):
    other = PublishProject(
        department_id="water",
        language=Language.CHINESE,
        title="第三水厂",
        phase=Phase.IMPLEMENTATION,
        geometry={"type": "Point", "coordinates": [119.6, 30.1]},
    )
    change(publish_project, other, OFFICER, now=NOW)
    swapped = {"type": "Point", "coordinates": [30.2, 78.5]}
    command = LocateProject(project_id=small_city.project, geometry=swapped, reason="moved")
    change(locate_project, command, OFFICER, now=NOW)

    text = bare(html_of(small_city.project))

    assert "Longitude and latitude are swapped" in text
    assert "Places lie within 73 3 136 54" in text


def test_a_past_day_knows_nothing_of_what_was_said_later(small_city):
    move(small_city.milestone, day(140), after=timedelta(days=30), reason="Later words")
    report(small_city.project, after=timedelta(days=40), physical=5000)
    later = timedelta(days=60)

    then, now = (
        bare(html_of(small_city.project, later=later, as_of=str(day(10)))),
        bare(html_of(small_city.project, later=later)),
    )

    assert f"as it was at the end of {day(10)}" in then or str(day(10)) in then
    assert "Later words" in now
    assert "Later words" not in then
    assert str(day(140)) not in then
    assert "50% was built" not in then


@pytest.mark.parametrize("nonsense", ["2999-01-01", "yesterday", "2026-02-31", ""])
def test_a_day_that_is_none_or_to_come_is_the_present(small_city, nonsense):
    assert "“通水” is promised for" in bare(html_of(small_city.project, as_of=nonsense, since=nonsense))


def test_before_it_was_published_a_project_was_not(small_city):
    text = bare(html_of(small_city.project, as_of=str(day(-30))))

    assert f"At the end of {day(-30)} this project had not been published." in text


def test_between_two_days_only_what_changed_is_listed(small_city):
    move(small_city.milestone, day(140), after=timedelta(days=30), reason="Second words")
    move(small_city.milestone, day(150), after=timedelta(days=50), reason="Third words")
    query = {"since": str(day(10)), "as_of": str(day(40))}

    html = html_of(small_city.project, later=timedelta(days=60), **query)
    between = bare(html[html.index('class="between"') : html.index('class="first-screen"')])

    assert f"What changed between {day(10)} and {day(40)}" in between
    assert "Second words" in between
    assert "Third words" not in between
    assert "First published" not in between


def test_an_area_with_more_than_a_map_draws_says_how_rough_it_is_drawn(small_city):
    angles = [2 * math.pi * place / 6_000 for place in range(6_000)]
    ring = [[119 + math.cos(angle) / 10, 30 + math.sin(angle) / 10] for angle in angles]
    area = {"type": "Polygon", "coordinates": [[*ring, ring[0]]]}
    command = LocateProject(project_id=small_city.project, geometry=area, reason="moved")
    change(locate_project, command, OFFICER, now=NOW)

    text = bare(html_of(small_city.project))

    assert "It has 6,001 positions. The map draws it to within 2 m; the open data has all of it." in text


@pytest.mark.parametrize(
    ("elsewhere", "link"),
    [
        ("https://other.example/decisions/2026-0001#point-7", True),
        ("javascript:alert(1)", False),
        (HOSTILE, False),
    ],
)
def test_what_the_public_changed_elsewhere_is_told_by_its_address(small_city, elsewhere, link):
    move(
        small_city.milestone,
        day(140),
        after=timedelta(hours=4),
        code=ReasonCode.PUBLIC_INPUT,
        reason="采纳意见",
        point_elsewhere=elsewhere,
    )

    html = html_of(small_city.project, later=timedelta(hours=5))

    assert "because of an adopted comment in another record:" in html
    assert (f'href="{elsewhere}"' in html) is link
    assert HOSTILE not in html


def test_what_the_public_changed_leads_to_the_adopted_point(small_city, comment):
    point = comment(small_city, "晚一点通水，先修路").number
    verdict = GiveVerdict(point_id=point, code=VerdictCode.ADOPTED, reason="有道理，先修路。")
    change(give_verdict, verdict, PLANNER, now=NOW + timedelta(hours=3))
    move(
        small_city.milestone,
        day(140),
        after=timedelta(hours=4),
        code=ReasonCode.PUBLIC_INPUT,
        reason="采纳意见",
        point_id=point,
    )

    html = html_of(small_city.project, later=timedelta(hours=5))

    assert "晚一点通水，先修路" in html
    assert f'href="/decisions/{small_city.decision}?tab=comments"' in html
    assert "Changed because of what the public said." in html


def test_scores_wait_until_enough_is_resolved_and_records_are_listed(small_city):
    text = bare(read_accountability(visit_to(language="en")).body_html)

    assert "Not enough resolved yet: 0 of 30." in text
    assert "What departments say" in text


def test_the_rule_of_lights_stands_on_the_page_about_the_record(small_city):
    html = read_about(visit_to(language="en")).body_html

    assert 'id="lights"' in html
    assert "more than 90 days and 15% of the planned duration later than first promised" in bare(html)


def test_words_of_another_project_are_told_with_a_link_to_each_source(small_city):
    words = "本月完成主体结构施工，各项工作按计划有序推进，现场安全文明施工情况良好，未发生质量安全事故。"
    said = {"language": Language.CHINESE, "title": "泵站", "phase": Phase.IMPLEMENTATION}
    other = change(publish_project, PublishProject(department_id="water", **said), OFFICER, now=NOW).key
    report(small_city.project, body=words)
    report(other, body=words, after=timedelta(days=31))

    html = html_of(other, later=timedelta(days=32))

    assert "A report has the words of an earlier one" in bare(html)
    assert f'href="/projects/{small_city.project}?tab=progress#part-progress"' in html
    assert f'href="/projects/{other}?tab=progress#part-progress"' in html


def test_very_many_moves_on_one_day_are_told_of_each_project(small_city):
    said = {"language": Language.CHINESE, "phase": Phase.IMPLEMENTATION}
    projects = [
        change(
            publish_project, PublishProject(department_id="water", title=f"泵站 {one}", **said), OFFICER, now=NOW
        ).key
        for one in range(3)
    ]
    for milestone in [plan(project, f"节点 {place}", day(90)) for project in projects for place in range(4)]:
        move(milestone, day(120))

    html = html_of(projects[0], later=timedelta(hours=2))

    assert "Very many dates of the department were moved on one day" in bare(html)
    assert "the department moved the dates of 12 milestones, some of this project" in bare(html)
    assert 'href="/projects?department=water"' in html


def test_a_project_without_dates_says_so_once(small_city):
    said = {"language": Language.CHINESE, "title": "泵站", "phase": Phase.PREPARATION}
    project = change(publish_project, PublishProject(department_id="water", **said), OFFICER, now=NOW).key

    told = [one.text for one in sentences(page_of(project), "en")]

    assert told[0] == "No dates are published: neither when it is to be done, nor what comes next."
    assert len(told) == 2


def test_what_was_only_dated_when_it_was_done_was_not_promised(small_city):
    said = {"language": Language.CHINESE, "title": "泵站", "phase": Phase.COMPLETION}
    project = change(publish_project, PublishProject(department_id="water", **said), OFFICER, now=NOW).key
    milestone = plan(project, "泵房封顶", day(-300), completes=True)
    say_of(milestone, RevisionKind.ACHIEVED, day(-300), reason="import from projects.csv")

    text = bare(html_of(project, later=timedelta(days=1)))

    assert f"its date was published only afterwards, on {day(0)} : nothing was promised before" in text
    assert "import from projects.csv" not in text.partition("Everything that was said")[0]


def test_where_no_others_took_as_long_the_record_of_the_department_is_told(small_city):
    for each in range(9):
        milestone = plan(small_city.project, f"过去{each}", day(100))
        say_of(milestone, RevisionKind.ACHIEVED, day(100 + 10 * (each > 5)), after=timedelta(days=111))
    move(small_city.milestone, day(210), after=timedelta(days=111))

    likely = next(one for one in html_of(small_city.project, later=timedelta(days=112)).split("<li") if "◑" in one)

    assert "Of 9 dates that water bureau said about 3 months ahead and that have come, kept: 6" in bare(likely)
    assert "Cannot say: no similar milestone took as long as this one has." in bare(likely)
