"""Saved searches tell what they find, each article once."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from rawi.adapters.kept_messages import KeptMessages
from rawi.archive import Archive
from rawi.errors import BadInput, MessageError, NotFound, QueryError
from rawi.jobs.alerts import Ways
from rawi.model import Alert, Message, Said
from rawi.web.letters import writer
from rawi.wiring import open_memory_archive
from tests.web.conftest import page

START = datetime(2026, 1, 1, 9, tzinfo=UTC)
DESK, HOOK = "desk@paper.example", "https://paper.example/hook"


class Broken(KeptMessages):
    """Fails until it is mended."""

    error: MessageError | None = MessageError("the server is down", is_of_way=True)

    def send(self, message: Message) -> None:
        if self.error:
            raise self.error
        super().send(message)


class Killed(KeptMessages):
    """Sends, and is killed before that can be noted."""

    def send(self, message: Message) -> None:
        super().send(message)
        if len(self.messages) == 1:
            raise KeyboardInterrupt


class World:
    def __init__(self) -> None:
        self.time = START
        self.mail: Any = KeptMessages()
        self.hook: Any = KeptMessages()
        self.archive: Archive = open_memory_archive(now=lambda: self.time)
        self.archive.make_ways = lambda names: Ways(
            write=writer(archive_name="Coast", site="https://press.example/", publisher_name=names),
            mail=self.mail,
            webhook=self.hook,
            mail_pause=timedelta(minutes=15),
        )
        self.archive.index.commit()

    def add(self, number: int, title: str = "Council votes") -> None:
        self.archive.add_page(f"http://harbour.example/{number}", page(f"{title} {number}"), self.time)

    def later(self, **by: float) -> None:
        self.time += timedelta(**by)

    def told(self, way: Any) -> list[list[str]]:
        return [[each["title"] for each in message.data["articles"]] for message in way.messages]


@pytest.fixture
def world() -> World:
    return World()


def test_each_article_is_told_once_to_each_target(world: World) -> None:
    world.add(1)
    world.archive.follow()
    world.archive.save_search("Council", "council", mails=(DESK,), webhook=HOOK)
    world.archive.follow()
    assert world.told(world.hook) == []
    world.add(2)
    world.archive.follow()
    world.archive.follow()
    assert world.told(world.mail) == world.told(world.hook) == [["Council votes 2"]]
    world.later(hours=1)
    world.add(2, "Council denies")
    world.archive.follow()
    world.archive.rebuild()
    world.archive.store.advance(f"alerts/{world.archive.searches()[0].search.id}", 0)
    world.archive.store.drop(Alert, *world.archive.store.ids(Alert))
    world.archive.follow()
    assert [title for told in world.told(world.hook) for title in told].count("Council denies 2") == 0


def test_a_kill_between_sending_and_noting_costs_one_duplicate_under_the_same_id(world: World) -> None:
    world.hook = Killed()
    world.archive.save_search("Council", "council", webhook=HOOK)
    world.add(1)
    with pytest.raises(KeyboardInterrupt):
        world.archive.follow()
    world.archive.follow()
    world.archive.follow()
    first, second = world.hook.messages
    assert first.id == second.id
    assert world.told(world.hook) == [["Council votes 1"]] * 2


def test_a_failing_way_stops_nothing_and_is_tried_later(world: World) -> None:
    world.mail = Broken()
    world.archive.save_search("Council", "council", mails=(DESK, "b@paper.example"), webhook=HOOK)
    world.add(1)
    world.archive.follow()
    assert world.told(world.hook) == [["Council votes 1"]]
    alerts = {alert.target: alert for alert in world.archive.searches()[0].alerts}
    assert (alerts[DESK].failures, alerts[DESK].why) == (1, "the server is down")
    world.mail.error = None
    world.archive.follow()
    assert world.told(world.mail) == []
    world.later(minutes=2)
    world.archive.follow()
    assert world.told(world.mail) == [["Council votes 1"]] * 2
    assert {message.target for message in world.mail.messages} == {DESK, "b@paper.example"}


def test_mails_wait_for_each_other_and_a_hand_sends_at_once(world: World) -> None:
    world.archive.save_search("Council", "council", mails=(DESK,))
    for number in (1, 2, 3):
        world.add(number)
        world.archive.follow()
    assert world.told(world.mail) == [["Council votes 1"]]
    world.archive.tell_searches(is_by_hand=True)
    assert sorted(world.told(world.mail)[1]) == ["Council votes 2", "Council votes 3"]


def test_a_changed_or_resumed_search_begins_anew(world: World) -> None:
    saved = world.archive.save_search("Council", "council", webhook=HOOK)
    paused = world.archive.change_search(saved, replace(saved, is_paused=True))
    world.add(1)
    world.archive.follow()
    world.archive.change_search(paused, replace(paused, is_paused=False))
    world.archive.follow()
    assert world.told(world.hook) == []
    assert world.archive.store.count(Said) == 0


def test_a_removed_search_leaves_nothing(world: World) -> None:
    saved = world.archive.save_search("Council", "council", webhook=HOOK)
    world.add(1)
    world.archive.follow()
    world.archive.remove_search(saved)
    assert (world.archive.store.count(Said), world.archive.store.count(Alert), world.archive.searches()) == (0, 0, [])
    with pytest.raises(NotFound):
        world.archive.saved_search(saved.id)


def test_a_long_digest_shows_the_newest_and_counts_the_rest(world: World) -> None:
    world.archive.save_search("المجلس", "council", language="ar", mails=(DESK,))
    for number in range(25):
        world.add(number)
    world.archive.follow()
    (message,) = world.mail.messages
    assert (len(message.data["articles"]), message.data["more"]) == (20, 5)
    assert 'dir="rtl"' in message.html
    assert "https://press.example/ar/saved/" in message.text


@pytest.mark.parametrize("mail", ["a", "a@", "a@b\r\nBcc: c@d", "a b@c", "<a@b>", "a@b,c@d", '"a"@b', "a@b\u202e"])
def test_addresses_that_are_none_are_refused(world: World, mail: str) -> None:
    with pytest.raises(BadInput):
        world.archive.save_search("Council", "council", mails=(mail,))


def test_what_cannot_be_understood_is_not_saved(world: World) -> None:
    with pytest.raises(QueryError):
        world.archive.save_search("Council", "council (")
    world.archive.save_search("Council", "council")
    with pytest.raises(BadInput, match="of that name"):
        world.archive.save_search("Council", "other")
