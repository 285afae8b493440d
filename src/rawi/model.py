"""The nouns of the archive: plain frozen records, nothing else.

Three sorts, kept apart:

- evidence (`Publisher`, `Feed`, `Link`, `Capture`, `Fate`): what came, and when; only ever added to;
- conclusions (`Article`, `Revision`): what we read from the evidence; each says by which method
  (`made_by`) and can be drawn again;
- our own notebook (`Visit`, `Host`, `Day`): when an address is to be asked next, and what asking came to;
  and of readers (`Search`, `Said`, `Alert`): what they want to hear of, and what they have been told.

All times are aware and in UTC. Ids are computed from content or address (`address_id`, `content_id`), so that
doing a thing twice makes one thing.
"""

import hashlib
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal

Purpose = Literal["article", "feed", "picture", "robots"]
FeedKind = Literal["rss", "atom", "json", "sitemap", "section"]
Order = Literal["relevance", "newest", "oldest"]

REFERENCED = "@"
"""What the place of a capture begins with that stands in a WARC of others: "@NAME/FILE@OFFSET#FINGERPRINT"."""

ID_LENGTH = 20
"""Hexadecimal digits of an id: 80 bits, so that among a billion records hardly ever two meet by chance."""


def content_id(*parts: str) -> str:
    """The id of what these parts say: 20 hexadecimal digits."""
    return hashlib.sha256("\n".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:ID_LENGTH]


def address_id(url: str) -> str:
    """The id of an address, as it is written (no lossy form is ever an identity)."""
    return content_id(url)


# ------------------------------------------------------------------------------------------- evidence


@dataclass(frozen=True, kw_only=True, slots=True)
class Publisher:
    """An outlet that puts out news, as its archive's owner added it."""

    id: str
    """Its main host without "www.", or a short name."""
    name: str
    home: str
    language: str
    """ISO 639-1; empty when not known."""
    country: str
    """ISO 3166-1 alpha-2 in lower case; empty when not known."""
    hosts: tuple[str, ...]
    """The hosts (with port where it is not the scheme's own) whose articles are this publisher's."""
    added_at: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class Feed:
    """An address we poll for links."""

    id: str
    url: str
    publisher: str
    kind: FeedKind
    title: str
    added_at: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class Link:
    """An address found in a feed or a page, with what was said of it there. The first finding is kept."""

    id: str
    """`address_id(url)`."""
    url: str
    feed: str
    """The id of the feed it was found in; empty for a picture."""
    publisher: str
    purpose: Purpose
    title: str
    published_at: datetime | None
    found_at: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class Capture:
    """One response, kept as it came. The bytes are at `place`; this is its card in the catalogue."""

    id: str
    """`content_id(url, at in ISO form, digest)`."""
    address: str
    """`address_id(url)`."""
    url: str
    at: datetime
    status: int
    """The HTTP status; 200 for a page that was imported without one."""
    media_type: str
    """Lower case, without parameters; empty when nothing was said."""
    digest: str
    """SHA-256 of the body as it came over the wire, 64 hexadecimal digits."""
    length: int
    """Bytes of the body as it came."""
    truncated: str
    """Why the body is not whole ("length", "time", "disconnect"); empty when it is."""
    purpose: Purpose
    publisher: str
    """The id of the publisher it was asked of; empty for an import."""
    source: str
    """How it came: "gather", or "import NAME-OF-FILE"."""
    place: str
    """Where `ports.Captures` finds it; begins with `REFERENCED` for what stands in a WARC of others."""
    revisit_of: str = ""
    """The id of the earlier capture whose body this answer confirmed (304, or the same bytes); else empty."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Fate:
    """One thing that happened to an address, and why."""

    id: str
    """`content_id(url, at in ISO form, event, note)`."""
    address: str
    url: str
    at: datetime
    event: str
    """A word of `FATES`."""
    note: str


FATES = (
    "found",  # in a feed, a sitemap, a page
    "captured",  # asked, answered, kept
    "unchanged",  # the publisher said 304, or sent the same bytes
    "redirected",  # the answer leads elsewhere; the note says where
    "refused",  # robots.txt forbids it
    "blocked",  # not a public address: never asked
    "failed",  # no answer, or no usable one
    "gone",  # 404, 410, 451
    "imported",  # came from a file
    "rejected",  # kept, but not an article; the note says why
)


# ---------------------------------------------------------------------------------------- conclusions


@dataclass(frozen=True, kw_only=True, slots=True)
class Image:
    """A picture of an article, as its page shows it. Unknown texts are empty, unknown sizes None."""

    url: str
    caption: str = ""
    credit: str = ""
    alt: str = ""
    width: int | None = None
    height: int | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Credit:
    """Words in which an article names where it came from: a claim, with its evidence."""

    who: str
    """The agency or publisher that is named, as `core.agencies` calls it, else as it is written; "" when the words
    are those of an agency's house style that name none."""
    words: str
    """As they are written."""
    where: str
    """"first line" or "last line" of the text, "byline", or "box" (a part of the page that is named for it): by these
    the text is theirs. "sentence": one of the first paragraphs gives one fact as theirs."""
    start: int | None
    end: int | None
    """Where the words stand: `text[start:end]`; None when they are not in the article's text."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Article:
    """What one publisher says at one address, read from its latest good capture."""

    id: str
    """`address_id(url)`."""
    url: str
    canonical_url: str
    """What the page calls its own address; `url` when it says nothing."""
    publisher: str
    """The id of the publisher."""
    publisher_name: str
    """The publisher's name as the page gives it; empty when it does not."""
    title: str
    authors: tuple[str, ...]
    published_at: datetime | None
    """To the minute or second; None when the page gives only a day, or nothing."""
    published_on: date | None
    """The day as the publisher writes it, in the publisher's own time zone."""
    date_text: str
    """The publisher's own wording of the date."""
    modified_at: datetime | None
    language: str
    """ISO 639-1, of the text."""
    section: str | None
    """The publisher's own words for it."""
    topic: str | None
    """The archive's section (a key of `core.sections.SECTIONS`), where the publisher's words, its address or its text
    tell it."""
    text: str
    """Paragraphs parted by one newline."""
    images: tuple[Image, ...]
    credit: str | None
    """The words in which it names where it came from: those of the first of `credits`."""
    capture: str
    captured_at: datetime
    dated_at: datetime
    """What lists are ordered by: `published_at`, else `published_on` at midnight UTC, else the first capture."""
    notes: tuple[str, ...]
    """What was doubtful in the reading."""
    made_by: str
    """The method by which it was first read so; a later one that reads the same leaves it."""
    credits: tuple[Credit, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Headline:
    """An article as lists show it: some fields of `Article`, never stored apart from it."""

    id: str
    url: str
    publisher: str
    publisher_name: str
    title: str
    published_on: date | None
    language: str
    topic: str | None
    dated_at: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class Revision:
    """One of several different readings of the same address, the first included, in order of `number`."""

    id: str
    """`content_id(article, capture)`."""
    article: str
    capture: str
    number: int
    """From 1."""
    at: datetime
    """When that reading was captured."""
    title: str
    text: str
    made_by: str


# ------------------------------------------------------------------------------------------- notebook


@dataclass(frozen=True, kw_only=True, slots=True)
class Visit:
    """What we remember of asking an address, and when it is due again."""

    id: str
    """`address_id(url)`."""
    url: str
    purpose: Purpose
    publisher: str
    feed: str
    due_at: datetime | None
    """None: not to be asked again."""
    asked_at: datetime | None
    status: int
    """Of the last answer; 0 when there was none."""
    etag: str
    last_modified: str
    digest: str
    """Of the last body kept."""
    visits: int
    """How often it gave an answer."""
    failures: int
    """In a row."""
    host: str
    """Of its address, with port where it is not the scheme's own: hosts are asked one address at a time."""
    hops: int
    """How many redirects led to it."""
    capture: str
    """The id of the last capture kept of it."""
    habit: str
    """When its publisher puts out what is new, as `core.schedule` has learnt it; empty for all but feeds."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Host:
    """What we remember of a host: how it wants to be asked."""

    id: str
    """The host, with port where it is not the scheme's own."""
    asked_at: datetime | None
    rest_until: datetime | None
    """Nothing is asked of it before; None when it need not rest."""
    why: str
    """Why it rests."""
    failures: int
    """Rests in a row."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Day:
    """What asking one host of a publisher came to on one day (UTC)."""

    id: str
    """`content_id(publisher, host, day in ISO form)`."""
    publisher: str
    host: str
    day: date
    asked: int
    answered: int
    """Usable answers: 2xx, 304 and redirects."""
    failed: int
    """No answer, or one that says to come again (429, 5xx)."""
    found: int
    """Articles' addresses that were new."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Search:
    """A search that someone saved: a stable address, feeds, and whom to tell of what it finds."""

    id: str
    """`content_id("search", name, created_at in ISO form)` as they first were: it stays when the search changes."""
    name: str
    query: str
    """In the query language."""
    language: str
    """Of the interface ("ar", "en", "fr"): of its operators, and of what is told."""
    exact: bool
    """Words are taken as they are written."""
    names: bool
    """Names are found in their other spellings."""
    mails: tuple[str, ...]
    webhook: str
    """An address that is told by POST; empty for none."""
    is_paused: bool
    created_at: datetime
    begins_at: datetime
    """Nothing that was gathered before is told: when it was made, or last began anew."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Said:
    """That a saved search has found an article: it is told once, whatever becomes of the article."""

    id: str
    """`content_id(search, article)`."""
    search: str
    article: str
    at: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class Alert:
    """What one target of a saved search is still to be told, and how telling it goes."""

    id: str
    """`content_id(search, target)`."""
    search: str
    target: str
    """An e-mail address or the address of a webhook."""
    articles: tuple[str, ...]
    """Found and not yet told, in the order of finding."""
    more: int
    """How many further ones, beyond those that are remembered."""
    due_at: datetime | None
    """When they are told; None when nothing waits."""
    failures: int
    """In a row."""
    why: str
    """Why the last attempt failed; empty when it did not."""
    told_at: datetime | None
    told: int
    """Articles told so far."""


# ------------------------------------------------------------------------------------ what ports speak


@dataclass(frozen=True, kw_only=True, slots=True)
class Message:
    """What is said to one target, in the forms that mail and webhooks need."""

    id: str
    """The same when the same is said again."""
    target: str
    language: str
    at: datetime
    subject: str
    text: str
    html: str
    data: dict[str, Any]
    """The same as plain values, for JSON."""


@dataclass(frozen=True, slots=True)
class Change:
    """A line of the store's log: record `id` of `kind` was put or dropped."""

    seq: int
    kind: str
    id: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Ask:
    """An address to be asked of its publisher."""

    url: str
    purpose: Purpose
    etag: str = ""
    last_modified: str = ""
    why: str = ""
    """See `Exchange.why`."""
    pause: float = 0.0
    """Least seconds between this request and the next to the same host (the publisher's Crawl-delay)."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Reference:
    """An earlier capture that a later answer confirms."""

    place: str
    url: str
    at: datetime
    digest: str
    """See `Capture.digest`."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Exchange:
    """A request and its response, byte for byte; or a page that came from a file, without either's head."""

    url: str
    at: datetime
    status: int
    request: bytes
    """Request line and headers, with the closing blank line; empty for a page from a file."""
    head: bytes
    """Status line and headers of the response, with the closing blank line; empty for a page from a file."""
    body: bytes
    """The response's body as it came (content codings not undone, transfer codings undone)."""
    media_type: str
    """The Content-Type as it was said, with parameters."""
    purpose: Purpose
    source: str
    """See `Capture.source`."""
    publisher: str = ""
    ip: str = ""
    """The address that was connected to."""
    truncated: str = ""
    why: str = ""
    """Why it was asked: "feed ADDRESS", "revisit 2", "robots.txt", …; empty for an import."""
    tls: str = ""
    """Version and cipher, such as "TLSv1.3 TLS_AES_256_GCM_SHA384"; empty without TLS."""
    tls_problem: str = ""
    """Why the certificate is not to be trusted, where its owner let us ask all the same."""
    certificates: tuple[bytes, ...] = ()
    """The chain as the server sent it, its own first, each in DER."""
    revisit: Reference | None = None
    """The earlier capture that this answer confirms (304, or the same bytes): then `body` is empty."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Torn:
    """Bytes of a capture file that make no whole record, found after a crash."""

    file: str
    offset: int
    length: int
    kept_as: str
    """Where they were set aside; empty when they were left in place because whole records follow them."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Fault:
    """A place in a file that was given to us and what is wrong there; the rest of the file goes on."""

    file: str
    offset: int
    """See `ports.ForeignWarcs`."""
    reason: str
    is_passed_over: bool = False
    """Nothing is wrong: a record of a kind that is never an answer of a publisher (a look-up of a name, a picture of a
    page in a browser). It is counted."""


@dataclass(frozen=True, slots=True)
class Failure:
    """What a function that a runner mapped did instead of giving a value, for one item."""

    reason: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Doc:
    """An article as an index sees it: terms already read, and every field it filters, counts or orders by."""

    id: str
    title: str
    """Forms (see `core.text`), parted by one space."""
    body: str
    title_terms: str
    """The term of each form, parted by one space."""
    body_terms: str
    language: str
    publisher: str
    topic: str
    author: tuple[str, ...]
    """Each author's forms, parted by spaces."""
    authors: tuple[str, ...]
    """Their names as written: what they are counted by."""
    day: int
    """Day of publication as yyyymmdd; 0 when not known."""
    dated_at: int
    """Seconds since 1970, UTC."""
    is_revised: bool = False
    """Whether it was captured in different readings."""
    state: str = ""
    """Names what is known of the article here: another when anything in it is another. No blanks."""


# -- queries: a tree of data; engines translate it, nobody else writes their syntax


@dataclass(frozen=True, slots=True)
class Word:
    """Documents with this form in headline or text, or only in `field` ("title", "author")."""

    form: str
    field: str = ""


@dataclass(frozen=True, slots=True)
class Inflected:
    """Documents with a form, or any inflection of it, in headline or text, or only in `field` ("title")."""

    form: str
    """As it was asked for; documents that have it so fit better."""
    terms: tuple[str, ...]
    """What its inflections share, in each language it may be of (at least one)."""
    field: str = ""


@dataclass(frozen=True, slots=True)
class Prefix:
    """Documents with a form that begins so."""

    start: str
    field: str = ""


@dataclass(frozen=True, slots=True)
class Phrase:
    """Documents with these forms one after the other (at least two)."""

    forms: tuple[str, ...]
    field: str = ""


@dataclass(frozen=True, slots=True)
class Near:
    """Documents with these two different forms, in either order, with at most so many other words between them."""

    forms: tuple[str, str]
    distance: int
    field: str = ""


@dataclass(frozen=True, slots=True)
class Is:
    """Documents whose field ("id", "publisher", "language", "topic") has this value; "is" has the one: "revised"."""

    field: str
    value: str


@dataclass(frozen=True, slots=True)
class Days:
    """Documents published in these days, both included (yyyymmdd); an open end is None. Undated ones never are."""

    since: int | None
    until: int | None


@dataclass(frozen=True, slots=True)
class And:
    """All of these (at least one); a `Not` among them takes away."""

    nodes: "tuple[Node, ...]"


@dataclass(frozen=True, slots=True)
class Or:
    """Any of these (at least one)."""

    nodes: "tuple[Node, ...]"


@dataclass(frozen=True, slots=True)
class Not:
    """All documents but these."""

    node: "Node"


@dataclass(frozen=True, slots=True)
class Everything:
    """All documents."""


Node = Word | Inflected | Prefix | Phrase | Near | Is | Days | And | Or | Not | Everything


@dataclass(frozen=True, kw_only=True, slots=True)
class Query:
    """A search, as data."""

    root: Node = Everything()
    order: Order = "relevance"
    """"newest" goes down by `dated_at`, then by id; "oldest" up; "relevance" down by score, then as "newest" does."""
    limit: int = 20
    offset: int = 0
    after: str = ""
    """`Found.next` of an answer to the same root and order: what comes behind it, however deep that is, costs no more
    than the first hits. Not together with `offset`."""
    facets: tuple[str, ...] = ()
    """Fields to count by: "publisher", "language", "topic", "author"."""
    per_day: bool = False
    seconds: float | None = None
    """What the answer may take; None for no bound."""


@dataclass(frozen=True, slots=True)
class Hit:
    """An article found, and how well it fits (higher is better; 0.0 when ordered by date)."""

    id: str
    score: float


@dataclass(frozen=True, kw_only=True, slots=True)
class Found:
    """What an index answers. `facets` and `days` are of all that matches, not of the hits shown."""

    total: int
    hits: tuple[Hit, ...]
    facets: dict[str, tuple[tuple[str, int], ...]]
    """Per field, value and count, most frequent first, then by value, 1,000 at most; empty values are left out."""
    days: tuple[tuple[int, int], ...] = ()
    """Day (yyyymmdd) and count, in order; undated documents are left out."""
    next: str = ""
    """Where the next hits begin (`Query.after`); empty when there are none, or the order cannot be continued so."""
    is_partial: bool = False
    """Whether the time ran out: then what is missing is left empty, and what is there is right."""
