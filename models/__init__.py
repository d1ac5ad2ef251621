"""What the public record means: its tables, its terms and its rules. Imports no other layer."""

from models import (
    account,
    comment,
    comment_period,
    decision,
    department,
    document,
    draft,
    ledger,
    milestone,
    money,
    opinion,
    outcome,
    present,
    project,
    stage,
    verdict,
)

#: Every module that defines tables, so that whoever imports ``models`` knows the whole schema.
TABLES = (
    account,
    comment,
    comment_period,
    decision,
    department,
    document,
    draft,
    ledger,
    milestone,
    money,
    opinion,
    outcome,
    present,
    project,
    stage,
    verdict,
)
