"""The keys by which waivers name what a procedure demands."""

from models.procedure import ProcessStage, ProcessTemplate


def names_a_duty(template: ProcessTemplate, key: str) -> bool:
    """Whether a key is that of something the procedure demands: ``window:participation``, or its second round."""
    kind, _, of = key.partition(":")
    name, _, part = of.partition(":")
    if kind == "obligation":
        return of in {obligation.key for obligation in template.obligations}
    stage = template.by_key.get(name)
    return stage is not None and _is_of(stage, kind, part)


def _is_of(stage: ProcessStage, kind: str, part: str) -> bool:
    match kind:
        case "stage":
            return not part
        case "window":
            return stage.is_window and (not part or part.isdigit())
        case "round":
            return stage.is_window and bool(part)
        case "duration":
            return not stage.is_window and bool(stage.min_duration) and not part
        case "publicity":
            return part in {one.key for one in stage.publicity}
        case "document":
            return part in {one.name for one in stage.documents}
        case "requirement":
            return part in {one.key for one in stage.requirements}
        case "gate":
            return part in stage.gate_in
        case _:
            return False


def names_a_window(template: ProcessTemplate, key: str) -> bool:
    """Whether a key is that of a stage that takes comments."""
    return any(stage.key == key and stage.is_window for stage in template.stages)


def names_a_display(template: ProcessTemplate, key: str) -> bool:
    """Whether a key is that of a stage that takes comments, or of a rule of publicity."""
    publicity = {one.key for stage in template.stages for one in stage.publicity}
    return key in publicity or names_a_window(template, key)
