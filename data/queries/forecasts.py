"""How likely it is now that projects keep the day that is said: what is published, to be scored later."""

from collections.abc import Iterable, Iterator

from data.queries.standing import Standing
from models.money import WHOLE
from models.published_forecast import Forecast


def chances(standings: Iterable[Standing]) -> Iterator[Forecast]:
    """Yield how likely the end of each project is that goes on, where that can be said."""
    for one in standings:
        outlook = one.outlook
        if outlook is None or outlook.by_class.chance is None or one.completion is None:
            continue
        yield Forecast(
            milestone_id=one.completion.id,
            target_on=outlook.official,
            probability=round(outlook.by_class.chance.share * WHOLE),
            class_key=str(outlook.by_class.key),
            cases=outlook.by_class.n,
            rung=outlook.by_class.rung,
        )
