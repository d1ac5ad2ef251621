"""How a decision was examined: its place in the catalogue, hearing, reviews, publicity, promised effects, experts."""

from dataclasses import dataclass

from sqlmodel import Session

from data.queries import proceedings
from data.queries.catalogue_entries import entries_of
from data.queries.decision_view import DecisionView, opinions_on
from data.queries.documents import documents_of_decision
from data.queries.hearings import hearing_of
from data.queries.questions import questions_on
from models.docket_evaluation import DocketEvaluation
from models.duty_item import Item, ItemKind, ItemState
from models.hearing import HearingSide, HearingStepKind, RegistrationState
from models.procedure import ProcessTemplate
from models.procedure_act import GeneralAct
from pages.readable import Visit
from pages.readable.duty_words import DutyWords
from pages.rendering import render
from pages.words import word

#: How many who registered are listed. The rest stands in the file for machines.
_MOST = 200


@dataclass(frozen=True)
class ActNames:
    """How acts and displays are called: by the procedure where it has a name, by our words elsewhere."""

    template: ProcessTemplate | None
    language: str

    def act(self, key: str) -> str:
        """Return what was done."""
        if key in set(GeneralAct):
            return word(f"codes.act.{key}", self.language)
        found = self.template.acts.get(key) if self.template else None
        return (found.zh if self.language == "zh" else found.en) if found else key

    def display(self, key: str) -> str:
        """Return what was displayed: what a rule of publicity names, or a comment period."""
        for stage in self.template.stages if self.template else ():
            title = next((one.title for one in stage.publicity if one.key == key), None)
            if title is not None:
                return title.zh if self.language == "zh" else title.en
            if stage.key == key:
                said = stage.title.zh if self.language == "zh" else stage.title.en
                return word("procedure.notice.period", self.language, stage=said)
        return key


def checked(evaluation: DocketEvaluation | None, about: str) -> list[Item]:
    """Return what the procedure demands of figures about something, and whether it is so: ``experts``, ``hearing``."""
    if evaluation is None:
        return []
    keys = {
        f"{ItemKind.REQUIREMENT}:{stage.key}:{one.key}"
        for stage in evaluation.template.stages
        for one in stage.requirements
        if one.figure.partition("_")[0] == about
    }
    found = (item for item in evaluation.items if item.key in keys)
    return [item for item in found if item.state is not ItemState.NOT_APPLICABLE]


def proceedings_html(session: Session, view: DecisionView, evaluation: DocketEvaluation | None, visit: Visit) -> str:
    """Return how a decision was examined, as HTML. Eight statements at most."""
    hearing, acts = hearing_of(session, view.id), proceedings.acts_of(session, view.id)
    named = [one.document_id for one in hearing.steps] if hearing else []
    named += [one.document_id for one in acts]
    template = evaluation.template if evaluation else None
    announced = hearing.latest(HearingStepKind.REGISTRATION) if hearing else None
    opened = hearing.latest(HearingStepKind.LIST) if hearing else None
    return render(
        "decision_proceedings.html",
        visit.language,
        view=view,
        visit=visit,
        hearing=hearing,
        kinds=list(HearingStepKind),
        sides=list(HearingSide),
        registration=announced,
        registration_open=hearing is not None
        and view.outcome is None
        and hearing.registration(visit.today) is RegistrationState.OPEN,
        # As a shell reads it between single quotes.
        seed_quoted=opened.seed.replace("'", "'\\''") if opened else "",
        acts=acts,
        notices=proceedings.notices_of(session, view.id),
        effects=proceedings.effects_of(session, view.id),
        entries=entries_of(session, view.id),
        documents={one.id: one for one in documents_of_decision(session, view.id)} if any(named) else {},
        names=ActNames(template, visit.language),
        rules=checked(evaluation, "hearing"),
        words=DutyWords(template, visit.language) if template else None,
        most=_MOST,
    )


def opinions_html(session: Session, view: DecisionView, evaluation: DocketEvaluation | None, visit: Visit) -> str:
    """Return what the experts of a decision say and are asked, and what became of it, as HTML. Five statements."""
    opinions = opinions_on(session, view.id) if view.present.opinions else ()
    return render(
        "decision_opinions.html",
        visit.language,
        view=view,
        now=visit.now,
        rules=checked(evaluation, "experts"),
        words=DutyWords(evaluation.template, visit.language) if evaluation else None,
        panels=proceedings.panels_of(session, view.id),
        opinions=opinions,
        adoptions=proceedings.adoptions_of(session, view.id) if opinions else {},
        questions=questions_on(session, view.id) if opinions else {},
    )
