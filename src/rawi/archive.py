"""`Archive`: the library's face. The command line and the site call nothing else."""

import threading
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from types import TracebackType
from typing import IO, Any, Self, TypeVar, cast

from rawi.core import recipes
from rawi.core.attention import MOST_PERIODS, PerDay, Watch
from rawi.core.catalogue import Catalogue
from rawi.core.health import Gap
from rawi.core.recipes import Recipes
from rawi.core.schedule import Pace
from rawi.errors import ArchiveBusy, BadInput, CannotRun
from rawi.jobs import (
    add,
    alerts,
    attention,
    browse,
    check,
    compare,
    export,
    gather,
    health,
    history,
    index,
    intake,
    keep,
    lists,
    look,
    pictures,
    read,
    search,
    searches,
)
from rawi.jobs.add import Added
from rawi.jobs.alerts import Ways
from rawi.jobs.attention import Asked as AskedPeriod
from rawi.jobs.attention import Attended, By
from rawi.jobs.browse import Picture, PublisherSummary, State
from rawi.jobs.check import Finding
from rawi.jobs.compare import Comparison
from rawi.jobs.export import Everything, Exported
from rawi.jobs.health import PublisherHealth
from rawi.jobs.history import History
from rawi.jobs.intake import Report
from rawi.jobs.look import Looked
from rawi.jobs.only import Only
from rawi.jobs.outcome import Listen, unheard
from rawi.jobs.search import Results
from rawi.jobs.searches import SavedSearch
from rawi.jobs.tell import Tell, silent
from rawi.model import Article, Capture, Headline, Order, Revision, Search, Torn
from rawi.ports import Captures, Fetcher, ForeignWarcs, Index, Packer, Runner, Store

R = TypeVar("R")

CONCLUSIONS = ("captures", "articles", "index")
"""What `rebuild` can draw again, in the order in which one follows from the other."""


MOST_UNREAD = 100
"""Captures that could not be read that are remembered by name."""

LONGEST_WAIT = 2.0
"""Seconds after which a watch looks again for what was gathered or imported."""


def look_at_file(path: Path, *, url: str = "", at: datetime | None = None, recipes: Recipes = recipes.NONE) -> Looked:
    """Reads a saved page as an archive with these recipes would, and tells why; needs no archive.

    `url` is its address, by default the one it gives as its own; `at` the time of its capture, by default that of the
    file. BadInput when there is no file that is a page.
    """
    return look.of_file(path, url=url, at=at, recipes=recipes)


def utc_now() -> datetime:
    """The clock."""
    return datetime.now(UTC)


@dataclass(frozen=True, kw_only=True)
class Settings:
    """What an archive needs to know besides its parts."""

    name: str
    agent: str
    """The user agent it names itself with to publishers."""
    pace: Pace
    pause: timedelta
    """Between two requests to one host, at least."""
    most_page_bytes: int
    address: str = ""
    """The site's own, as readers reach it, with a slash at its end; empty when its owner has not said it."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Rebuilt:
    """What a rebuild came to."""

    read: int
    """Captures that were read."""
    differ: int
    """Articles that are new, say something else than before, or are none any more."""
    followed: int
    """Changes that were followed then."""


@dataclass(kw_only=True)
class Archive:
    """A press archive. Made by `rawi.open_archive`; close it, or use it in a `with`.

    Any number of processes may gather and import; one follows (ArchiveBusy for another that would). Everything that
    writes first takes up what a crash left behind.
    """

    store: Store
    index: Index
    captures: Captures
    warcs: ForeignWarcs
    make_runner: Callable[[], Runner]
    make_fetcher: Callable[[], Fetcher]
    settings: Settings
    make_packer: Callable[[str], Packer]
    make_recipes: Callable[[], Recipes] = Recipes
    make_ways: Callable[[Callable[[str], str]], Ways] | None = None
    """Makes what tells of saved searches, from what knows publishers' names."""
    now: Callable[[], datetime] = utc_now
    new_holder: Callable[[], str] = lambda: "only"
    """A name for each gatherer, among all that share the archive."""
    is_dead: Callable[[str], bool] = lambda _: False
    """Whether the process of such a name is known to have died."""
    torn: list[Torn] = field(default_factory=list)
    """What a crash had torn and the last opening for writing set aside."""
    unread: dict[str, str] = field(default_factory=dict)
    """Addresses of captures whose bytes could not be had when they were to be read, and why; the last `MOST_UNREAD`."""
    _runner: Runner | None = None
    _fetcher: Fetcher | None = None
    _recipes: Recipes | None = None
    _ways: Ways | None = None
    _is_writing: bool = False
    _seen: dict[str, tuple[int, Any]] = field(default_factory=dict)

    # ------------------------------------------------------------------------------------ coming in

    def add(self, address: str, *, name: str = "", sections: bool = False) -> Added:
        """Adds the publisher of a home page or feed, with all feeds and sitemaps that it leads to; where there are
        none, or with `sections`, with its section pages."""
        self._begin_writing()
        return add.add_address(
            address,
            store=self.store,
            captures=self.captures,
            fetcher=self._get_fetcher(),
            agent=self.settings.agent,
            now=self.now,
            name=name,
            sections=sections,
        )

    def add_opml(self, data: bytes) -> tuple[list[Added], list[str]]:
        """Adds the feeds of an OPML file; gives what was added, and what was refused and why."""
        return lists.add_opml(data, store=self.store, now=self.now)

    def add_catalogue(self, catalogue: Catalogue) -> list[Added]:
        """Adds the publishers of a catalogue (`rawi.catalogues`, or a file by `read_catalogue`) with their feeds."""
        return lists.add_catalogue(catalogue, store=self.store, now=self.now)

    def opml(self) -> str:
        """All publishers and their feeds as an OPML file."""
        return lists.opml(self.name, store=self.store)

    def add_page(self, url: str, html: bytes | str, fetched_at: datetime | None = None) -> Capture:
        """Keeps a page that was fetched by other means; the same page twice is one capture."""
        if fetched_at and fetched_at.tzinfo is None:
            raise BadInput(f"{fetched_at}: fetched_at has no time zone; give one, such as datetime.UTC")
        self._begin_writing()
        exchange = intake.page(url, html, (fetched_at or self.now()).astimezone(UTC))
        known = self.store.get_many(Capture, [keep.capture_id(exchange)])
        return known[0] if known else keep.keep([exchange], store=self.store, captures=self.captures)[0]

    def import_paths(
        self,
        paths: Iterable[str | Path],
        *,
        only: Only = intake.EVERYTHING,
        listen: Listen = unheard,
        tell: Tell = silent,
    ) -> Report:
        """Imports saved pages, text pages of archives, JSONL, WARCs, folders and zips of these: what is wanted."""
        found = [Path(path) for path in paths]
        intake.check_paths(found)
        if missing := self.warcs.missing():
            raise CannotRun(f"{'; '.join(missing)} in rawi.toml: no such folder; bring it back, or correct the line")
        self._begin_writing()
        return intake.import_paths(
            found,
            store=self.store,
            captures=self.captures,
            warcs=self.warcs,
            most_bytes=self.settings.most_page_bytes,
            only=only,
            listen=listen,
            tell=tell,
        )

    def gatherer(self, *, listen: Listen = unheard) -> gather.Gatherer:
        """Asks publishers: `ask_all()` until nothing is due. Any number of processes may gather into one archive."""
        self._begin_writing()
        self._free_from_the_dead()
        return gather.Gatherer(
            store=self.store,
            captures=self.captures,
            fetcher=self._get_fetcher(),
            pace=self.settings.pace,
            agent=self.settings.agent,
            now=self.now,
            holder=self.new_holder(),
            pause=self.settings.pause,
            listen=listen,
        )

    def _free_from_the_dead(self) -> None:
        """What a gatherer that was killed on this machine held need not wait until its lease is over."""
        for name, holder in self.store.holders().items():
            if self.is_dead(holder):
                self.store.release([name], holder)

    def watch(self, gatherer: gather.Gatherer, stop: threading.Event) -> None:
        """Gathers, and follows beside it, until `stop` is set."""
        is_over = threading.Event()
        gatherer.is_stopped = lambda: stop.is_set() or is_over.is_set()
        with ThreadPoolExecutor(1, thread_name_prefix="follow") as pool:
            following = pool.submit(self._keep_following, is_over)
            try:
                gatherer.watch()
            finally:
                is_over.set()
            following.result()

    def _keep_following(self, is_over: threading.Event) -> None:
        try:
            while True:
                with suppress(ArchiveBusy):  # another process follows; when it ends, this one does
                    self.follow()
                if is_over.wait(LONGEST_WAIT):
                    break
            with suppress(ArchiveBusy):
                self.follow()
        finally:
            is_over.set()  # a fault in following ends the gathering beside it

    # ---------------------------------------------------------------------------------- conclusions

    def follow(self, *, tell: Tell = silent) -> int:
        """Brings all conclusions and the index up to date with the log, and tells what saved searches find in it; says
        how many records were looked at."""
        done = self._follow(tell)
        self.tell_searches()
        return done

    def _follow(self, tell: Tell) -> int:
        self._begin_writing()
        runner = self._get_runner()
        done, head = 0, -1
        while head != self.store.head():  # a follower may write what another is to read
            head = self.store.head()
            done += read.read_articles(
                store=self.store,
                captures=self.captures,
                runner=runner,
                unread=self._note_unread,
                recipes=self.recipes,
                tell=tell,
            )
            done += pictures.ask_for_pictures(store=self.store, now=self.now, tell=tell)
            done += index.index_articles(store=self.store, index=self.index, runner=runner, tell=tell)
        return done

    def _note_unread(self, capture: Capture, why: str) -> None:
        self.unread[capture.url] = why
        if len(self.unread) > MOST_UNREAD:
            del self.unread[next(iter(self.unread))]

    def rebuild(self, what: Sequence[str] = (), *, tell: Tell = silent) -> Rebuilt:
        """Draws conclusions again from the captures: all, or some of `CONCLUSIONS`.

        There is no second path: followers read the log from its start, and only what comes out different is written.
        """
        unknown = sorted(set(what) - set(CONCLUSIONS))
        if unknown:
            raise BadInput(f"{', '.join(unknown)}: not something to rebuild; choose from {', '.join(CONCLUSIONS)}")
        self.tell_searches()
        self._begin_writing()
        wanted, came = what or CONCLUSIONS, read.Came()
        if "captures" in wanted:
            self._find_cards(tell)
        if "articles" in wanted:
            self._drop_unfounded()
            came = read.rebuild_articles(
                store=self.store,
                captures=self.captures,
                runner=self._get_runner(),
                unread=self._note_unread,
                recipes=self.recipes,
                tell=tell,
            )
        if "index" in wanted:
            self.index.clear()
            self.store.advance(index.follower(self.index), 0)
        return Rebuilt(read=came.read, differ=came.differ, followed=self._follow_old(tell))

    def _follow_old(self, tell: Tell) -> int:
        """Follows what was drawn again: it is no news to saved searches."""
        done = self._follow(tell)
        searches.pass_over(store=self.store)
        return done

    def _find_cards(self, tell: Tell) -> None:
        batch = []
        for done, found in enumerate(self.captures.scan(), 1):
            batch.append(found)
            if len(batch) == 500:
                keep.add_cards(batch, store=self.store)
                batch = []
            tell("captures", done, None)
        keep.add_cards(batch, store=self.store)

    def _drop_unfounded(self) -> None:
        """Articles and revisions whose capture is not there any more follow from nothing."""
        for kind in (Article, Revision):
            ids = list(self.store.ids(kind))
            for start in range(0, len(ids), 500):
                records: list[Any] = self.store.get_many(kind, ids[start : start + 500])
                there = {card.id for card in self.store.get_many(Capture, [record.capture for record in records])}
                self.store.drop(kind, *(record.id for record in records if record.capture not in there))

    def check(self, *, deep: bool = True, tell: Tell = silent) -> list[Finding]:
        """What is not consistent, and what to do about it; nothing when all is well."""
        return check.check(
            store=self.store, captures=self.captures, index=self.index, recipes=self.recipes, deep=deep, tell=tell
        )

    def mend_index(self) -> int:
        """Puts right what differs between the articles and the index, once both have followed the log to its end; says
        how many articles that were."""
        self.follow()
        found = index.compare(store=self.store, index=self.index)
        return index.mend(found, store=self.store, index=self.index, runner=self._get_runner())

    # -------------------------------------------------------------------------------------- reading

    @property
    def name(self) -> str:
        """What its owner calls it."""
        return self.settings.name

    def headlines(
        self,
        *,
        publisher: str = "",
        topic: str | None = "",
        language: str = "",
        day: date | None = None,
        before: tuple[datetime, str] | None = None,
        limit: int = 48,
    ) -> list[Headline]:
        """The newest headlines: of a publisher, a topic (None: without one), a language, a day; behind `before`."""
        found = browse.headlines(
            store=self.store, publisher=publisher, topic=topic, language=language, day=day, before=before, limit=limit
        )
        names = self._names()
        return [replace(one, publisher_name=names.get(one.publisher, one.publisher_name)) for one in found]

    def publishers(self) -> list[PublisherSummary]:
        """Every publisher, those with most articles first."""
        return self._once_a_change("publishers", lambda: browse.publishers(store=self.store))

    def publisher_name(self, id: str) -> str:
        """A publisher's name; its id when it has none."""
        return self._names().get(id, id)

    def _names(self) -> dict[str, str]:
        return self._once_a_change("names", lambda: {p.id: p.name for p in self.publishers()})

    def topics(self) -> list[tuple[str, int]]:
        """Each section of the archive that has articles, and how many; "" for those without."""
        return self._once_a_change("topics", lambda: browse.topics(store=self.store))

    def days(self) -> list[tuple[date, int]]:
        """Each day on which articles were published, and how many."""
        return self._once_a_change("days", lambda: browse.days(store=self.store))

    def article(self, id: str) -> Article:
        """An article by its id or address; NotFound when there is none."""
        return browse.article(id, store=self.store)

    def revisions(self, article_id: str) -> list[Revision]:
        """The different readings of an article, in order; empty when it never changed."""
        return browse.revisions(article_id, store=self.store)

    def history(self, address: str) -> History:
        """Everything that happened to an address, and how it stands."""
        return history.history(address, store=self.store, now=self.now())

    def look(self, address: str, at: datetime | None = None) -> Looked:
        """Reads the newest capture of an address that is a page, or the one nearest to a time, and tells what was taken
        from where and why. NotFound when there is none; CaptureError when its bytes cannot be had."""
        return look.of_address(address, at=at, store=self.store, captures=self.captures, recipes=self.recipes)

    def health(self) -> list[PublisherHealth]:
        """How the gathering of each publisher goes."""
        return health.publishers_health(store=self.store, now=self.now())

    def gaps(self, publisher: str, since: date, until: date) -> list[tuple[date, Gap]]:
        """The days on which a publisher was silent, could not be reached, or was not asked."""
        return health.gaps(publisher, since, until, store=self.store)

    def pictures(self, article: Article) -> list[Picture]:
        """The pictures of an article that were kept."""
        return browse.pictures(article, store=self.store)

    def picture(self, capture_id: str) -> tuple[str, bytes]:
        """A kept picture: media type and bytes; NotFound when it is none that may be shown."""
        return browse.picture(capture_id, store=self.store, captures=self.captures)

    def search(
        self,
        text: str,
        *,
        language: str = "en",
        order: Order = "relevance",
        limit: int = 20,
        offset: int = 0,
        after: str = "",
        facets: tuple[str, ...] = ("publisher", "language", "topic"),
        days: bool = False,
        exact: bool = False,
        names: bool = True,
        seconds: float | None = None,
    ) -> Results:
        """What a question in the query language finds; QueryError when it cannot be understood. See `jobs.search`."""
        return search.search(
            text,
            store=self.store,
            index=self.index,
            language=language,
            order=order,
            limit=limit,
            offset=offset,
            after=after,
            facets=facets,
            days=days,
            exact=exact,
            names=names,
            seconds=seconds,
        )

    def attention(
        self,
        text: str,
        *,
        by: By = "",
        period: AskedPeriod = "auto",
        since: date | None = None,
        until: date | None = None,
        language: str = "en",
        exact: bool = False,
        names: bool = True,
        seconds: float | None = None,
        most: int = MOST_PERIODS,
    ) -> Attended:
        """What a question finds over time, beside all that was published and what is known to be missing; with
        `by="publisher"` a line for each of those that have most. QueryError when it cannot be understood."""
        return attention.attend(
            attention.question(text, since=since, until=until, language=language, exact=exact, names=names),
            store=self.store,
            index=self.index,
            totals=self._totals,
            watch_of=self._watch,
            today=self.now().date(),
            by=by,
            period=period,
            most=most,
            seconds=seconds,
        )

    def compare(
        self,
        texts: Sequence[str],
        *,
        period: AskedPeriod = "auto",
        since: date | None = None,
        until: date | None = None,
        language: str = "en",
        exact: bool = False,
        names: bool = True,
        seconds: float | None = None,
        most: int = MOST_PERIODS,
    ) -> Comparison:
        """Two to four questions side by side: attention, words that set them apart, who was first, what they share.
        QueryError names the one that cannot be understood."""
        return compare.compare(
            texts,
            compare.understood_all(texts, since=since, until=until, language=language, exact=exact, names=names),
            store=self.store,
            index=self.index,
            totals=self._totals,
            watch_of=self._watch,
            today=self.now().date(),
            period=period,
            most=most,
            seconds=seconds,
        )

    def _totals(self, publisher: str) -> PerDay:
        """All articles of a publisher by day, or of the archive, as the index has them; kept until it takes in more."""
        if publisher and publisher not in self._names():
            return ()
        moment = self.store.cursor(index.follower(self.index))
        return self._once(f"days of {publisher}", moment, lambda: attention.per_day(publisher, index=self.index))

    def _watch(self, publisher: str) -> Watch | None:
        """What is known of a publisher's days up to the last that is over; looked up once a day."""
        if publisher not in self._names():
            return None
        # What was asked just before midnight may be written down just behind it.
        until = attention.yesterday((self.now() - timedelta(hours=1)).date())
        return self._once(
            f"watch of {publisher}", until.toordinal(), lambda: attention.watch(publisher, until, store=self.store)
        )

    def everything(self, text: str, *, language: str = "en", exact: bool = False, names: bool = True) -> Everything:
        """All articles that a question finds, oldest first, as a stream; QueryError when it cannot be understood."""
        return export.everything(text, store=self.store, index=self.index, language=language, exact=exact, names=names)

    def export(
        self,
        text: str,
        form: str,
        to: str | Path | IO[bytes],
        *,
        language: str = "en",
        exact: bool = False,
        names: bool = True,
        overwrite: bool = False,
        tell: Tell = silent,
    ) -> Exported:
        """Writes all that a question finds as csv, jsonl, parquet, warc or wacz: to a file, whole or not at all; or to
        a stream that is open."""
        found = self.everything(text, language=language, exact=exact, names=names)
        packer = self.make_packer(form)

        def write(file: IO[bytes]) -> Exported:
            return export.pack(found, file, packer=packer, store=self.store, captures=self.captures, tell=tell)

        return export.pack_whole(Path(to), write, overwrite=overwrite) if isinstance(to, str | Path) else write(to)

    def state(self) -> State:
        """How much there is."""
        return self._once_a_change("state", lambda: browse.state(store=self.store, followed=index.follower(self.index)))

    def _once_a_change(self, what: str, make: Callable[[], R]) -> R:
        """Counting a large archive takes a while: the answer holds until the log grows."""
        return self._once(what, self.store.head(), make)

    def _once(self, what: str, moment: int, make: Callable[[], R]) -> R:
        known = self._seen.get(what)
        if known and known[0] == moment:
            return cast(R, known[1])
        made = make()
        self._seen[what] = (moment, made)
        return made

    # ------------------------------------------------------------------------------- saved searches

    def searches(self) -> list[SavedSearch]:
        """All saved searches, with what they found and whom they told."""
        return searches.saved_searches(store=self.store)

    def saved_search(self, id_or_name: str) -> Search:
        """A saved search; NotFound when there is none."""
        return searches.find(id_or_name, store=self.store)

    def saved_search_of_id(self, id: str) -> Search:
        """As `saved_search`, by its id alone."""
        return self.store.get(Search, id)

    def save_search(
        self,
        name: str,
        query: str,
        *,
        language: str = "en",
        exact: bool = False,
        names: bool = True,
        mails: tuple[str, ...] = (),
        webhook: str = "",
    ) -> Search:
        """Saves a search, which tells what comes in from now on; BadInput, QueryError for what cannot be saved."""
        return searches.save(
            name,
            query,
            store=self.store,
            now=self.now,
            language=language,
            exact=exact,
            names=names,
            mails=mails,
            webhook=webhook,
        )

    def change_search(self, before: Search, after: Search) -> Search:
        """Puts a changed search in the place of the old one; with another question it begins anew."""
        return searches.change(before, after, store=self.store, now=self.now)

    def remove_search(self, saved: Search) -> None:
        """Takes a saved search away."""
        searches.remove(saved, store=self.store)

    def tell_searches(self, *, is_by_hand: bool = False) -> alerts.Told:
        """Tells what saved searches have found since the last time; `is_by_hand` also to those who are not due."""
        self._free_from_the_dead()
        return alerts.tell(
            store=self.store,
            index=self.index,
            ways=self._get_ways,
            now=self.now,
            holder=self.new_holder(),
            is_by_hand=is_by_hand,
        )

    def _get_ways(self) -> Ways:
        if self._ways is None:
            if self.make_ways is None:
                raise CannotRun("this archive has no way to tell of saved searches: open it with rawi.open_archive")
            self._ways = self.make_ways(self.publisher_name)
        return self._ways

    # ----------------------------------------------------------------------------------- life cycle

    @property
    def recipes(self) -> Recipes:
        """What is known of publishers' pages, as it stood when it was first needed; and which recipes are broken."""
        self._recipes = self._recipes or self.make_recipes()
        return self._recipes

    def _begin_writing(self) -> None:
        if not self._is_writing:
            _, torn = keep.recover(store=self.store, captures=self.captures)
            self.torn += torn
            self._is_writing = True

    def _get_runner(self) -> Runner:
        self._runner = self._runner or self.make_runner()
        return self._runner

    def _get_fetcher(self) -> Fetcher:
        self._fetcher = self._fetcher or self.make_fetcher()
        return self._fetcher

    def close(self) -> None:
        """Ends its processes and closes its files."""
        for part in (self._runner, self._fetcher, self.captures, self.index, self.store):
            if part:
                part.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
