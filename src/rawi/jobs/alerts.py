"""Tells what saved searches find: each article once to each target.

Each search follows the log behind the index. What it finds new is put, in one transaction, as `Said` and into the
`Alert` of each of its targets; then its cursor moves; then what is due is sent, and noted message by message. So an
article is told at least once: killed between the sending of a message and its noting, that one message is sent again,
under the same id, by which a mail server or a webhook can know it. The other choice would lose what nobody sees
missing.
"""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from rawi.core import alerts as decide
from rawi.core import query as queries
from rawi.core import snippets
from rawi.core.snippets import Pieces
from rawi.errors import BadInput, MessageError
from rawi.jobs import index as indexing
from rawi.jobs.search import asked_for
from rawi.jobs.searches import follower, targets
from rawi.model import Alert, And, Article, Capture, Is, Message, Or, Said, Search, content_id
from rawi.ports import Index, Messenger, Store

BATCH = 500
LEASE = "alerts"
LEASE_TIME = timedelta(minutes=10)
MOST_SECONDS = 60
"""After which what is left is sent the next time, so that following never waits long for slow targets."""
_MOST = 100_000


@dataclass(frozen=True, kw_only=True, slots=True)
class Item:
    """An article as a message shows it."""

    article: Article
    snippet: Pieces


@dataclass(frozen=True, kw_only=True, slots=True)
class Digest:
    """What is to be said to one target, not yet put into words."""

    id: str
    search: Search
    target: str
    at: datetime
    items: tuple[Item, ...]
    more: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Told:
    """What telling came to."""

    found: int
    sent: int
    failed: int


Write = Callable[[Digest], Message]


@dataclass(frozen=True, kw_only=True)
class Ways:
    """How messages are written, and by which ways they go."""

    write: Write
    mail: Messenger
    webhook: Messenger
    mail_pause: timedelta
    """Between two messages of one search to one e-mail address, at least."""


def tell(
    *,
    store: Store,
    index: Index,
    ways: Callable[[], Ways],
    now: Callable[[], datetime],
    holder: str,
    is_by_hand: bool = False,
) -> Told:
    """Notes what saved searches have found and sends what is due; `is_by_hand` sends all that waits.

    What a target or mail server does is noted with it and never raised.
    """
    if not store.count(Search) or not _leased(store, holder, now):
        return Told(found=0, sent=0, failed=0)
    try:
        # What was sent before a kill, and not noted, goes out again as it was.
        before = _send(store=store, ways=ways, now=now, holder=holder, is_by_hand=is_by_hand)
        found = _note(store=store, index=index, pause=ways, now=now)
        after = _send(store=store, ways=ways, now=now, holder=holder, is_by_hand=False) if found else (0, 0)
    finally:
        store.release([LEASE], holder)
    return Told(found=found, sent=before[0] + after[0], failed=before[1] + after[1])


def _leased(store: Store, holder: str, now: Callable[[], datetime]) -> bool:
    at = now()
    return bool(store.lease([LEASE], holder, now=at, until=at + LEASE_TIME))


# -------------------------------------------------------------------------------------------- finding


def _note(*, store: Store, index: Index, pause: Callable[[], Ways], now: Callable[[], datetime]) -> int:
    """Brings every search up to the index; says how many articles were found."""
    goal, found = store.cursor(indexing.follower(index)), 0
    at: dict[int, list[Search]] = defaultdict(list)
    for one in store.find(Search, limit=_MOST):
        if not one.is_paused and targets(one):
            at[store.cursor(follower(one.id))].append(one)
    for cursor, searches in sorted(at.items()):
        while cursor < goal:
            changes = [change for change in store.changes(cursor, BATCH) if change.seq <= goal]
            if not changes:
                break
            ids = tuple(dict.fromkeys(change.id for change in changes if change.kind == Article.__name__))
            cursor = changes[-1].seq
            for one in searches:
                if ids:
                    found += _note_one(one, ids, store=store, index=index, pause=pause, now=now())
                store.advance(follower(one.id), cursor)
    return found


def _note_one(
    one: Search, ids: Sequence[str], *, store: Store, index: Index, pause: Callable[[], Ways], now: datetime
) -> int:
    try:
        asked = asked_for(one.query, one.language, exact=one.exact, names=one.names)
    except BadInput as error:  # by a version that understands it otherwise
        store.put(*(replace(alert, why=str(error)) for alert in _alerts(one, store)))
        return 0
    root = And((asked.root, Or(tuple(Is("id", each) for each in ids))))
    hits = [hit.id for hit in index.search(replace(asked, root=root, order="newest", limit=len(ids))).hits]
    known = {said.article for said in store.get_many(Said, [content_id(one.id, each) for each in hits])}
    new = [each for each in hits if each not in known]
    old = _gathered_before(new, one.begins_at, store)
    new = [each for each in reversed(new) if each not in old]
    if not new:
        return 0
    said = [Said(id=content_id(one.id, each), search=one.id, article=each, at=now) for each in new]
    store.put(*said, *(_with(alert, new, now, pause().mail_pause) for alert in _alerts(one, store)))
    return len(new)


def _gathered_before(ids: Sequence[str], at: datetime, store: Store) -> set[str]:
    """Those that were gathered before a search began: revised or read again, they are still no news."""
    if not ids:
        return set()
    cards = store.find(Capture, address=tuple(ids), source="gather", order="at", until=at, limit=_MOST)
    return {card.address for card in cards}


def _alerts(one: Search, store: Store) -> list[Alert]:
    """One for each target of a search, new where there is none yet."""
    known = {alert.target: alert for alert in store.find(Alert, search=one.id, limit=_MOST)}
    return [known.get(target) or _new_alert(one.id, target) for target in targets(one)]


def _new_alert(search: str, target: str) -> Alert:
    return Alert(
        id=content_id(search, target),
        search=search,
        target=target,
        articles=(),
        more=0,
        due_at=None,
        failures=0,
        why="",
        told_at=None,
        told=0,
    )


def _with(alert: Alert, new: Sequence[str], now: datetime, pause: timedelta) -> Alert:
    waiting = (*alert.articles, *new)
    kept = waiting[-decide.MOST_WAITING :]
    due_at = alert.due_at
    if due_at is None:
        rests = alert.told_at + pause if alert.told_at and decide.is_mail(alert.target) else now
        due_at = max(now, rests)
    return replace(alert, articles=kept, more=alert.more + len(waiting) - len(kept), due_at=due_at)


# -------------------------------------------------------------------------------------------- sending


def _send(
    *, store: Store, ways: Callable[[], Ways], now: Callable[[], datetime], holder: str, is_by_hand: bool
) -> tuple[int, int]:
    """Sends what is due; how many messages went, and how many did not."""
    began, sent, failed = now(), 0, 0
    broken: dict[bool, MessageError] = {}
    searches = {one.id: one for one in store.find(Search, limit=_MOST)}
    waiting = [alert for alert in store.find(Alert, order="due_at", limit=_MOST) if alert.due_at]
    for alert in waiting:
        one, at = searches.get(alert.search), now()
        if one is None or alert.target not in targets(one):
            store.drop(Alert, alert.id)
            continue
        if one.is_paused or not (is_by_hand or (alert.due_at and alert.due_at <= at)):
            continue
        if (at - began).total_seconds() > MOST_SECONDS or not _leased(store, holder, now):
            break
        is_mail = decide.is_mail(alert.target)
        try:
            if is_mail in broken:
                raise broken[is_mail]
            digest = _digest(alert, one, at, store)
            if digest.items or digest.more:
                way = ways()
                (way.mail if is_mail else way.webhook).send(way.write(digest))
        except MessageError as error:
            if error.is_of_way:
                broken[is_mail] = error
            failed += 1
            failures = alert.failures + 1
            store.put(replace(alert, failures=failures, why=str(error), due_at=decide.next_attempt(now(), failures)))
        else:
            sent += 1
            told = alert.told + len(alert.articles) + alert.more
            store.put(replace(alert, articles=(), more=0, due_at=None, failures=0, why="", told_at=now(), told=told))
    return sent, failed


def _digest(alert: Alert, one: Search, at: datetime, store: Store) -> Digest:
    found = store.get_many(Article, alert.articles)
    found.sort(key=lambda article: (article.dated_at, article.id), reverse=True)
    wanted = queries.wanted(asked_for(one.query, one.language, exact=one.exact, names=one.names))
    shown = found[: decide.SHOWN]
    return Digest(
        id=content_id(alert.id, *alert.articles, str(alert.told)),
        search=one,
        target=alert.target,
        at=at,
        items=tuple(
            Item(article=article, snippet=snippets.snippet(article.text, wanted, article.language)) for article in shown
        ),
        more=alert.more + len(found) - len(shown),
    )
