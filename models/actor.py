"""Who is acting, and on whose behalf."""

from dataclasses import dataclass, replace
from enum import StrEnum


class Role(StrEnum):
    """A part someone plays in the process. Codes are published, so they are never renamed."""

    #: Reads, and comments on drafts. Needs no account.
    CITIZEN = "citizen"
    #: Keeps the projects of the own department true.
    OFFICER = "officer"
    #: Runs the consultations of the own department.
    PLANNER = "planner"
    #: The second person, where a change needs two.
    APPROVER = "approver"
    #: Gives an opinion, by invitation.
    EXPERT = "expert"
    #: Reads everything, changes nothing.
    AUDITOR = "auditor"
    #: Keeps departments and accounts.
    ADMINISTRATOR = "administrator"


@dataclass(frozen=True, kw_only=True)
class Actor:
    """A person in a role, speaking for a department or for nobody else."""

    role: Role
    department_id: str | None = None
    account_id: int | None = None
    #: What alone it may do of what its role may: acts of the permission table; none where nothing limits it.
    scope: frozenset[str] | None = None

    @property
    def unlimited(self) -> "Actor":
        """The same actor, with whatever the role may do."""
        return replace(self, scope=None)


#: Anybody.
CITIZEN = Actor(role=Role.CITIZEN)
#: Whoever has the machine: the command line speaks with this voice.
OPERATOR = Actor(role=Role.ADMINISTRATOR)
