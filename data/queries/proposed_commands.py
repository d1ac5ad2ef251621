"""The commands of a proposal, for whoever would change them and propose them again."""

from dataclasses import dataclass

from sqlmodel import Session, select

from data.queries.proposals import is_number
from models.proposal import Proposal


@dataclass(frozen=True, kw_only=True)
class ProposedCommands:
    """What a proposal would have published, as it was written, and what the second person was told."""

    #: As JSON, which :func:`data.operations.proposable.read` reads.
    commands: str
    note: str


def find_proposed_commands(session: Session, number: str, department_id: str) -> ProposedCommands | None:
    """
    Return the commands of a proposal of a department; nothing if it has none of that number. One statement.

    :param number: as an address has it, whatever is written there
    """
    if not is_number(number):
        return None
    found = session.exec(
        select(Proposal.commands, Proposal.note).where(
            Proposal.id == int(number), Proposal.department_id == department_id
        )
    ).first()
    return ProposedCommands(commands=found[0], note=found[1]) if found else None
