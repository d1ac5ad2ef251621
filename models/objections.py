"""
When many object: the trigger of an evaluation in Decree 713, Article 36, computed from what came in.

The decree says "many" and gives no number. The numbers here are ours, and are said to be wherever they are used.
"""

#: Our setting, not the law's: so many points object, and they are at least such a share of all.
MANY_OBJECTIONS = 30
MANY_OBJECTIONS_PERCENT = 50
#: The flag that is raised, where the procedure has it.
FLAG = "many_objections"


def are_many(objections: int, points: int) -> bool:
    """Whether many object, by our setting."""
    return objections >= MANY_OBJECTIONS and objections * 100 >= points * MANY_OBJECTIONS_PERCENT
