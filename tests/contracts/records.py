"""Records for tests of stores: every field has a plain value unless another is given."""

from datetime import UTC, date, datetime
from typing import Any, TypeVar

from rawi.adapters import kinds
from rawi.model import (
    Alert,
    Article,
    Capture,
    Credit,
    Day,
    Fate,
    Feed,
    Host,
    Image,
    Link,
    Publisher,
    Revision,
    Said,
    Search,
    Visit,
)

R = TypeVar("R")

NOON = datetime(2015, 10, 2, 12, tzinfo=UTC)
PLAIN: dict[type, Any] = {str: "", int: 0, bool: False, datetime: NOON, date: NOON.date()}


def make(kind: type[R], id: str, /, **given: Any) -> R:
    """A record with this id; of the fields that are not given, optional ones are None, the others plain."""
    values = {name: _plain(field) for name, field in kinds.fields(kind).items()}
    return kind(**{**values, "id": id, **given})


def _plain(field: kinds.Field) -> Any:
    if field.optional:
        return None
    return () if field.several else PLAIN[field.type]


def article(id: str, /, **given: Any) -> Article:
    return make(Article, id, **given)


FULL: tuple[Any, ...] = (
    make(
        Publisher,
        "albawaba.com",
        name="البوابة",
        home="https://www.albawaba.com/",
        language="ar",
        country="jo",
        hosts=("albawaba.com", "127.0.0.2:8080"),
    ),
    make(Feed, "f1", url="https://a.example/feed", publisher="a.example", kind="rss", title="Une édition"),
    make(
        Link,
        "l1",
        url="https://a.example/1",
        feed="f1",
        publisher="a.example",
        purpose="article",
        title="t",
        published_at=NOON,
    ),
    make(
        Capture,
        "c1",
        address="ad",
        url="https://a.example/1",
        at=NOON.replace(microsecond=123456),
        status=200,
        media_type="text/html",
        digest="d" * 64,
        length=2**40,
        truncated="length",
        purpose="article",
        publisher="a.example",
        source="gather",
        place="0001.warc:0",
        revisit_of="c0",
    ),
    make(Fate, "t1", address="ad", url="https://a.example/1", at=NOON, event="captured", note="n"),
    make(
        Article,
        "a1",
        url="https://a.example/1",
        canonical_url="https://a.example/one",
        publisher="a.example",
        publisher_name="A",
        title="Russia admits… ، روسيا",
        authors=("Ada", "ب"),
        published_at=NOON,
        published_on=date(2015, 10, 2),
        date_text="02 - 10 - 2015",
        modified_at=NOON.replace(hour=23),
        language="en",
        section="World",
        topic="world",
        text="One.\nTwo.",
        images=(
            Image(url="https://a.example/i.jpg", caption="ق", credit="AFP", alt="x", width=640, height=480),
            Image(url="j"),
        ),
        credit="Source: The Guardian",
        credits=(
            Credit(who="The Guardian", words="Source: The Guardian", where="box", start=None, end=None),
            Credit(who="", words="أ", where="last line", start=0, end=4),
        ),
        capture="c1",
        notes=("no author",),
        made_by="extract/1",
    ),
    make(Revision, "r1", article="a1", capture="c1", number=2, at=NOON, title="t", text="x", made_by="extract/1"),
    make(
        Visit,
        "v1",
        url="https://a.example/1",
        purpose="feed",
        publisher="a.example",
        feed="f1",
        due_at=NOON,
        asked_at=NOON,
        status=304,
        etag='W/"1"',
        last_modified="Fri",
        digest="d",
        visits=3,
        failures=1,
        host="a.example",
        hops=2,
        capture="c1",
        habit="1 2 3",
    ),
    make(Host, "a.example:8080", asked_at=NOON, rest_until=NOON, why="HTTP 429", failures=2),
    make(
        Day, "d1", publisher="a.example", host="a.example:8080", day=NOON.date(), asked=9, answered=8, failed=1, found=7
    ),
    make(
        Search,
        "s1",
        name="المياه",
        query='water OR "ماء"',
        language="ar",
        exact=True,
        names=True,
        mails=("desk@a.example", "b@a.example"),
        webhook="https://a.example/hook?x=1",
        is_paused=True,
    ),
    make(Said, "w1", search="s1", article="a1"),
    make(
        Alert,
        "n1",
        search="s1",
        target="desk@a.example",
        articles=("a1", "a2"),
        more=3,
        due_at=NOON,
        failures=2,
        why="no answer",
        told_at=NOON,
        told=9,
    ),
)
"""One record of each kind, with every field filled."""

BARE: tuple[Any, ...] = tuple(make(type(record), f"bare {record.id}") for record in FULL)
"""One record of each kind, with as little as it may have."""
