"""The only place that knows the adapters: from a configuration to an archive."""

import os
import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime, timedelta
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

from rawi.archive import Archive, Settings, utc_now
from rawi.config import Config, Gathering, hide_password, read_config
from rawi.core.recipes import Recipes, gather
from rawi.core.schedule import Pace
from rawi.core.urls import clean
from rawi.errors import BadInput, CannotRun
from rawi.jobs.alerts import Ways
from rawi.model import REFERENCED
from rawi.ports import Captures, Fetcher, Index, Packer, Runner

if TYPE_CHECKING:
    from rawi.adapters.warc import WarcCaptures
    from rawi.adapters.warc_foreign import WarcReader

# Adapters are imported where they are needed: a command that only asks the database loads no WARC library.


def open_archive(place: str | os.PathLike[str], *, now: Callable[[], datetime] = utc_now) -> Archive:
    """Opens an archive: a folder that `rawi init` made, or the address of its PostgreSQL database.

    CannotRun, with what to do, when it is none, was made by a later version, or cannot be read.
    """
    from rawi.adapters.database import DatabaseStore, address_of
    from rawi.adapters.holder import is_dead, new_holder
    from rawi.adapters.warc_foreign import WarcReader
    from rawi.adapters.warc_referenced import WithReferenced

    config, folder = read_config(os.fspath(place))
    base = folder or Path("/")
    database = config.database or address_of(base / "rawi.sqlite")
    if "://" not in database:
        raise CannotRun(
            f"database = {hide_password(database)!r} is not an address like postgresql+psycopg://user@host/name"
        )
    store = DatabaseStore(database)
    warcs = WarcReader(config.limits.page_bytes, {name: base / place for name, place in config.referenced.items()})
    return Archive(
        store=store,
        index=_index(base, config),
        captures=WithReferenced(_captures(base, config, warcs), warcs),
        warcs=warcs,
        make_runner=lambda: _runner(config),
        make_packer=_packer,
        make_fetcher=lambda: _fetcher(config),
        make_recipes=lambda: _recipes(folder, config),
        make_ways=lambda name_of: _ways(config, name_of),
        settings=_settings(config),
        now=now,
        new_holder=new_holder,
        is_dead=is_dead,
    )


def _index(base: Path, config: Config) -> Index:
    if "://" not in config.index:
        from rawi.adapters.tantivy_index import TantivyIndex

        return TantivyIndex(base / config.index)
    from rawi.adapters.opensearch_index import OpenSearchIndex, Parts
    from rawi.adapters.opensearch_node import Reach

    place = _SERVER.fullmatch(config.index)
    if not place:
        raise CannotRun(
            f"index = {hide_password(config.index)!r} is not like opensearch+https://host:9200/name (several hosts "
            "parted by commas, the name of small letters, digits, - and _; user and password go under [opensearch])"
        )
    given = config.opensearch
    reach = Reach(
        nodes=tuple(f"{place['scheme']}://{host}" for host in place["hosts"].split(",")),
        user=given.user,
        password=given.password.get_secret_value(),
        ca_file=given.ca_file and str(base / given.ca_file),
        client_cert=given.client_cert and str(base / given.client_cert),
        client_key=given.client_key and str(base / given.client_key),
        seconds=given.seconds,
    )
    parts = Parts(shards=given.shards, replicas=given.replicas, days=given.part_days, docs=given.part_docs)
    return OpenSearchIndex(reach, place["name"] or "rawi", parts)


_HOST = r"(?:[\w.-]+|\[[0-9a-fA-F:]+\])(?::\d+)?"
_SERVER = re.compile(
    rf"opensearch\+(?P<scheme>https?)://(?P<hosts>{_HOST}(?:,{_HOST})*)(?:/(?P<name>[a-z0-9][a-z0-9_-]{{0,60}})?)?",
    re.ASCII,
)


def recipes_of(place: str | os.PathLike[str]) -> Recipes:
    """The recipes of an archive, without opening it; CannotRun when it is none."""
    config, folder = read_config(os.fspath(place))
    return _recipes(folder, config)


def _packer(form: str) -> Packer:
    from rawi.adapters.packers import make_packer

    return make_packer(form)


def _recipes(folder: Path | None, config: Config) -> Recipes:
    place = (folder or Path()) / config.recipes
    if folder is None and not place.is_absolute():
        return Recipes()  # an archive that is named by its database has no folder of its own
    if not place.is_dir() and "recipes" in config.model_fields_set:
        return Recipes(problems=((str(place), "no such folder; make it, or correct recipes in rawi.toml"),))
    return read_recipes(place.glob("*.toml"))


def read_recipes(files: Iterable[Path]) -> Recipes:
    """The recipes in these files. One that cannot be read, or has a slip, costs itself only, and is told."""
    found, problems = [], []
    for file in files:
        try:
            found.append((file.name, file.read_bytes()))
        except OSError as error:
            problems.append((file.name, f"it cannot be read: {error.strerror}"))
    known = gather(found)
    return replace(known, problems=(*problems, *known.problems))


def _captures(base: Path, config: Config, warcs: "WarcReader") -> Captures:
    from rawi.adapters.warc import WarcCaptures
    from rawi.adapters.warc_shared import SharedWarcCaptures

    software = f"rawi/{version('rawi')}"

    def make(folder: Path, record_id: Callable[[str], str]) -> WarcCaptures:
        def any_record_id(place: str) -> str:
            return warcs.record_id(place.rpartition("#")[0]) if place.startswith(REFERENCED) else record_id(place)

        return WarcCaptures(
            folder, max_file_bytes=config.limits.warc_file_bytes, software=software, record_id=any_record_id
        )

    if not config.captures.startswith("s3://"):
        return SharedWarcCaptures(base / config.captures, make)
    return _object_captures(base / config.s3.spool, config, make)


def _object_captures(
    spool: Path, config: Config, make: Callable[[Path, Callable[[str], str]], "WarcCaptures"]
) -> Captures:
    from rawi.adapters.s3 import Access, Bucket
    from rawi.adapters.warc_objects import ObjectCaptures

    name, _, prefix = config.captures.removeprefix("s3://").partition("/")
    if not name:
        raise CannotRun(f"captures = {config.captures!r} names no bucket: write s3://bucket or s3://bucket/prefix")
    access = Access(
        bucket=name,
        endpoint=config.s3.endpoint,
        region=config.s3.region,
        access_key_id=config.s3.access_key_id,
        secret_access_key=config.s3.secret_access_key.get_secret_value(),
    )
    return ObjectCaptures(Bucket(access), prefix, spool, make=make, at_once=config.s3.at_once)


def open_memory_archive(*, now: Callable[[], datetime] = utc_now, fetcher: Fetcher | None = None) -> Archive:
    """An archive that is gone when it is closed: for trying things out, and for tests."""
    from rawi.adapters.canned import CannedFetcher
    from rawi.adapters.local import SerialRunner
    from rawi.adapters.memory_captures import MemoryCaptures
    from rawi.adapters.memory_index import MemoryIndex
    from rawi.adapters.memory_store import MemoryStore
    from rawi.adapters.warc_foreign import WarcReader

    config = Config()  # type: ignore[call-arg]
    return Archive(
        store=MemoryStore(),
        index=MemoryIndex(),
        captures=MemoryCaptures(),
        warcs=WarcReader(config.limits.page_bytes),
        make_ways=lambda name_of: _ways(config, name_of),
        make_runner=SerialRunner,
        make_packer=_packer,
        make_fetcher=lambda: fetcher or CannedFetcher({}),
        settings=_settings(config),
        now=now,
    )


def _settings(config: Config) -> Settings:
    return Settings(
        name=config.name,
        address=_address(config),
        agent=agent_of(config),
        pace=_pace(config.gather),
        pause=timedelta(seconds=config.gather.pause_seconds),
        most_page_bytes=config.limits.page_bytes,
    )


def _pace(gathering: Gathering) -> Pace:
    return Pace(
        feed=timedelta(minutes=gathering.feed_minutes),
        shortest=timedelta(minutes=gathering.shortest_feed_minutes),
        longest=timedelta(minutes=gathering.longest_feed_minutes),
        revisits=tuple(timedelta(hours=hours) for hours in sorted(gathering.revisit_hours)),
    )


def _address(config: Config) -> str:
    if not config.address:
        return ""
    try:
        address = clean(config.address)
    except BadInput as error:
        raise CannotRun(f"address in rawi.toml: {error}") from error
    if address.count("/") != 3 or not address.endswith("/"):
        raise CannotRun(f"address = {config.address!r} in rawi.toml has a path: the site is at the root of its host")
    return address


def _ways(config: Config, publisher_name: Callable[[str], str]) -> Ways:
    from rawi.adapters.smtp import MailServer, SmtpMessenger
    from rawi.adapters.webhook import WebhookMessenger
    from rawi.web.letters import writer

    mail, webhook = config.mail, config.webhook
    server = MailServer(
        host=mail.host,
        port=mail.port,
        security=mail.security,
        user=mail.user,
        password=mail.password.get_secret_value(),
        sender=mail.sender,
        seconds=mail.seconds,
    )
    return Ways(
        write=writer(archive_name=config.name, site=_address(config), publisher_name=publisher_name),
        mail=SmtpMessenger(server, name=config.name),
        webhook=WebhookMessenger(
            agent_of(config),
            secret=webhook.secret.get_secret_value(),
            seconds=webhook.seconds,
            allow_loopback=webhook.allow_loopback,
        ),
        mail_pause=timedelta(minutes=mail.minutes),
    )


def agent_of(config: Config) -> str:
    """The user agent: who asks, and how to reach its owner."""
    contact = "".join(c for c in config.gather.contact if c.isprintable() and c not in "()")
    return f"rawi/{version('rawi')} (press archive{'; ' + contact if contact else ''})"


def _runner(config: Config) -> Runner:
    from rawi.adapters.local import PoolRunner, SerialRunner

    processes = config.processes or len(os.sched_getaffinity(0))
    if config.processes == 1:
        return SerialRunner()
    return PoolRunner(processes, seconds_per_item=config.limits.reading_seconds)


def _fetcher(config: Config) -> Fetcher:
    from rawi.adapters.http import HttpFetcher

    return HttpFetcher(
        agent_of(config),
        seconds=config.gather.most_seconds,
        max_bytes=config.gather.most_bytes,
        pause=config.gather.pause_seconds,
        pause_factor=config.gather.pause_factor,
        concurrency=config.gather.connections,
        at_one_address=config.gather.at_one_address,
        unverified_hosts=config.gather.unverified_hosts,
        allow_loopback=config.gather.allow_loopback,
    )
