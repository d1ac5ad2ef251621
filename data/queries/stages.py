"""The stages of decisions: by which procedure they are, and what they are called."""

from data.templates.minimum import template_chosen
from data.templates.reading import procedure
from models.procedure import ProcessTemplate
from models.procedure_choice import USUAL_PROCEDURE, ProcedureRevision
from models.procedure_terms import Words


def chosen_of(choice: ProcedureRevision | None) -> ProcessTemplate | None:
    """Return the procedure that was chosen; nothing, where none was."""
    return template_chosen(choice) if choice else None


def stage_title(chosen: ProcessTemplate | None, key: str) -> Words:
    """Return what a stage is called: by the procedure that was chosen, or else by the usual one."""
    templates = (chosen, procedure(USUAL_PROCEDURE)) if chosen else (procedure(USUAL_PROCEDURE),)
    titles = (template.by_key[key].title for template in templates if key in template.by_key)
    # A stage of a procedure that was left since has no words in the one that holds.
    return next(titles, Words(zh=key, en=key))
