"""Saved searches: made, changed, taken away, listed. Whoever manages them calls these functions."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from rawi.core import alerts as decide
from rawi.core import urls
from rawi.errors import BadInput, NotFound
from rawi.jobs import search
from rawi.model import Alert, Said, Search, content_id
from rawi.ports import Store

FOLLOWER = "alerts/"
LANGUAGES = ("en", "ar", "fr")
_MOST = 10_000


@dataclass(frozen=True, kw_only=True, slots=True)
class SavedSearch:
    """A saved search and how telling of it goes."""

    search: Search
    found: int
    """Articles found since it began, each once."""
    alerts: tuple[Alert, ...]


def follower(id: str) -> str:
    """The name under which a search follows the log."""
    return FOLLOWER + id


def targets(saved: Search) -> tuple[str, ...]:
    """Whom a search tells."""
    return (*saved.mails, *((saved.webhook,) if saved.webhook else ()))


def saved_searches(*, store: Store) -> list[SavedSearch]:
    """All saved searches, in the order in which they were made."""
    alerts = store.find(Alert, order="search", limit=_MOST * 10)
    return [
        SavedSearch(
            search=one,
            found=store.count(Said, search=one.id),
            alerts=tuple(alert for alert in alerts if alert.search == one.id),
        )
        for one in store.find(Search, order="created_at", limit=_MOST)
    ]


def find(id_or_name: str, *, store: Store) -> Search:
    """A saved search by its id or its name; NotFound when there is none."""
    by_id = store.get_many(Search, [id_or_name])
    found = by_id or store.find(Search, name=id_or_name, limit=1)
    if not found:
        raise NotFound(f"{id_or_name[:100]}: there is no saved search of that id or name (`rawi searches` lists them)")
    return found[0]


def save(
    name: str,
    query: str,
    *,
    store: Store,
    now: Callable[[], datetime],
    language: str = "en",
    exact: bool = False,
    names: bool = True,
    mails: tuple[str, ...] = (),
    webhook: str = "",
) -> Search:
    """Saves a search, which begins now; BadInput, QueryError for what cannot be saved."""
    at = now()
    made = _checked(
        Search(
            id=content_id("search", name, at.isoformat()),
            name=name,
            query=query,
            language=language,
            exact=exact,
            names=names,
            mails=mails,
            webhook=webhook,
            is_paused=False,
            created_at=at,
            begins_at=at,
        ),
        store,
    )
    store.advance(follower(made.id), store.head())
    store.put(made)
    return made


def change(before: Search, after: Search, *, store: Store, now: Callable[[], datetime]) -> Search:
    """Puts a changed search in the place of the old one. With another question it begins anew, as it does when it was
    paused or told nobody: what came before is not told."""
    after = _checked(after, store, before.id)
    question = (after.query, after.language, after.exact, after.names)
    was_still = before.is_paused or not targets(before)
    is_anew = question != (before.query, before.language, before.exact, before.names)
    if is_anew or (was_still and not after.is_paused):
        after = replace(after, begins_at=now())
        store.advance(follower(after.id), store.head())
    store.put(after)
    gone = [alert.id for alert in store.find(Alert, search=after.id, limit=_MOST) if alert.target not in targets(after)]
    store.drop(Alert, *gone)
    return after


def pass_over(*, store: Store) -> None:
    """Lets every search go on at the log's end: what lies before it was found before, or is no news."""
    for one in store.find(Search, limit=_MOST):
        store.advance(follower(one.id), store.head())


def remove(saved: Search, *, store: Store) -> None:
    """Takes a search away with all that is remembered of it."""
    store.drop(Search, saved.id)
    store.drop(Alert, *(alert.id for alert in store.find(Alert, search=saved.id, limit=_MOST)))
    while some := store.find(Said, search=saved.id, limit=_MOST):
        store.drop(Said, *(one.id for one in some))
    store.forget(follower(saved.id))


def _checked(made: Search, store: Store, known: str = "") -> Search:
    name = decide.single_line(made.name, decide.LONGEST_NAME + 1)
    if not name or len(name) > decide.LONGEST_NAME:
        raise BadInput(f"a saved search needs a name of at most {decide.LONGEST_NAME} characters")
    if any(other.id != known for other in store.find(Search, name=name, limit=2)):
        raise BadInput(f"{name}: there is a saved search of that name; change it (`rawi searches change`)")
    if made.language not in LANGUAGES:
        raise BadInput(f"--language {made.language[:20]}: choose {', '.join(LANGUAGES)}")
    if not made.query.strip():
        raise BadInput("a saved search needs a query; * finds every article")
    search.asked_for(made.query, made.language, exact=made.exact, names=made.names)
    query = "".join(c for c in made.query if c.isprintable() or c.isspace())
    mails = tuple(dict.fromkeys(map(decide.mail_address, made.mails)))
    return replace(made, name=name, query=query, mails=mails, webhook=urls.clean(made.webhook) if made.webhook else "")
