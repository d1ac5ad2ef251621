"""Every word in both languages."""

import re
import tomllib
from enum import StrEnum
from pathlib import Path

import pytest

from data.queries.project_states import ProjectState
from data.search import Kind
from models.actor import Role
from models.catalogue import CatalogueState
from models.comment import Channel, Stance
from models.comment_period import PeriodKind
from models.contract import ContractNature, ProcurementMethod
from models.decision import DecisionState, Language, Topic
from models.disclosure_item import DisclosureKind, DisclosureState
from models.document import DisclosureClass, DocumentType
from models.hearing import HearingSide, HearingStepKind
from models.ledger import EntryType
from models.milestone import MilestoneCode, MilestoneType, Precision, ReasonCode, RevisionKind
from models.money import BudgetKind
from models.notice import NoticeChannel
from models.opinion import AdoptionCode, OpinionStance, SelectionMethod
from models.outcome import OutcomeCode
from models.personal_data import PersonalData
from models.procedure_act import Conclusion, GeneralAct
from models.project import ApprovalRoute, Cadence, Phase, Sector
from models.proposal import ProposalState, ProposalStepKind
from models.rating import RatingLetter
from models.stage import Stage, StageKind, StageState
from models.verdict import VerdictCode
from models.withheld_item import WithheldField
from pages.words import word

ROOT = Path(__file__).resolve().parents[2]
FOLDERS = (ROOT / "pages" / "words", ROOT / "data" / "words")
TEMPLATES = ROOT / "pages" / "templates"
SUBJECTS = sorted({path.stem for folder in FOLDERS for path in folder.rglob("*.toml")})
CODES = {
    "act": GeneralAct,
    "adoption": AdoptionCode,
    "approval_route": ApprovalRoute,
    "budget_kind": BudgetKind,
    "cadence": Cadence,
    "catalogue_state": CatalogueState,
    "channel": Channel,
    "conclusion": Conclusion,
    "contract_nature": ContractNature,
    "decision_sign": DecisionState,
    "decision_state": DecisionState,
    "disclosure": DisclosureClass,
    "disclosure_kind": DisclosureKind,
    "disclosure_state": DisclosureState,
    "document_type": DocumentType,
    "hearing_side": HearingSide,
    "hearing_step": HearingStepKind,
    "language": Language,
    "milestone_code": MilestoneCode,
    "milestone_type": MilestoneType,
    "notice_channel": NoticeChannel,
    "opinion_stance": OpinionStance,
    "outcome": OutcomeCode,
    "period_kind": PeriodKind,
    "personal_data": PersonalData,
    "phase": Phase,
    "precision": Precision,
    "procurement_method": ProcurementMethod,
    "project_sign": ProjectState,
    "project_state": ProjectState,
    "proposal_sign": ProposalState,
    "proposal_state": ProposalState,
    "proposal_step": ProposalStepKind,
    "rating": RatingLetter,
    "reason_code": ReasonCode,
    "revision_kind": RevisionKind,
    "revision_sign": RevisionKind,
    "role": Role,
    "sector": Sector,
    "selection": SelectionMethod,
    "stage": Stage,
    "stage_kind": StageKind,
    "stage_sign": StageState,
    "stage_state": StageState,
    "stance": Stance,
    "topic": Topic,
    "verdict": VerdictCode,
    "verdict_sign": VerdictCode,
    "withheld_field": WithheldField,
}


def said(language, subject):
    found = [folder / language / f"{subject}.toml" for folder in FOLDERS]
    return flat(tomllib.loads(next(path for path in found if path.is_file()).read_text("utf-8")))


def flat(words, before=""):
    found = {}
    for key, value in words.items():
        if not isinstance(value, dict):
            found[before + key] = value
        elif "other" in value and set(value) <= {"one", "other"}:
            found[before + key] = " ".join(value.values())
        else:
            found.update(flat(value, f"{before}{key}."))
    return found


@pytest.mark.parametrize("subject", SUBJECTS)
def test_both_languages_have_the_same_words(subject):
    assert said("en", subject).keys() == said("zh", subject).keys()


@pytest.mark.parametrize("subject", SUBJECTS)
def test_both_languages_put_in_the_same_values(subject):
    values = re.compile(r"{(\w+)")
    english, chinese = said("en", subject), said("zh", subject)

    for key, text in english.items():
        needed = set(values.findall(text)) - {"count"}
        assert needed == set(values.findall(chinese[key])) - {"count"}, key


@pytest.mark.parametrize("subject", SUBJECTS)
def test_no_chinese_stands_among_the_english_words(subject):
    chinese = re.compile("[\u4e00-\u9fff]")

    assert {key: text for key, text in said("en", subject).items() if chinese.search(str(text))} == {}


@pytest.mark.parametrize(("name", "codes"), CODES.items())
@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_code_has_words(name, codes, language):
    assert issubclass(codes, StrEnum)

    assert all(word(f"codes.{name}.{code.value}", language) for code in codes)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_kind_of_thing_and_of_change_has_words(language):
    assert all(word(f"codes.kind.{kind.name}", language) for kind in Kind)
    assert all(word(f"codes.entry.{code.value}", language) for code in EntryType)


def test_every_word_that_a_template_names_is_there():
    named = re.compile(r"""\bt\("([\w.]+)"\s*[,)]""")

    for path in TEMPLATES.rglob("*.html"):
        for key in named.findall(path.read_text("utf-8")):
            subject, _, rest = key.partition(".")
            found = said("en", subject)
            assert rest in found, f"{path.name}: {key}"
