"""The renderers of the public pages, by name. A page that is missing here is introduced, no more."""

from pages.readable import Renderer
from pages.readable.about import read_about
from pages.readable.accountability import read_accountability
from pages.readable.catalogue import read_catalogue
from pages.readable.comment import read_comment
from pages.readable.deadlines import read_deadlines
from pages.readable.decision import read_decision
from pages.readable.decisions import read_decisions
from pages.readable.disclosure_catalogue import read_disclosure_catalogue
from pages.readable.hearing import read_hearing
from pages.readable.map import read_map
from pages.readable.now import read_now
from pages.readable.project import read_project
from pages.readable.projects import read_projects
from pages.readable.question import read_question
from pages.readable.receipt import read_receipt
from pages.readable.search import read_search
from pages.readable.sign_in import read_sign_in

RENDERERS: dict[str, Renderer] = {
    "receipt": read_receipt,
    "catalogue": read_catalogue,
    "disclosure_catalogue": read_disclosure_catalogue,
    "hearing": read_hearing,
    "question": read_question,
    "accountability": read_accountability,
    "deadlines": read_deadlines,
    "search": read_search,
    "map": read_map,
    "now": read_now,
    "about": read_about,
    "comment": read_comment,
    "decision": read_decision,
    "decisions": read_decisions,
    "project": read_project,
    "projects": read_projects,
    "sign_in": read_sign_in,
}
