"""What only an index on OpenSearch can do: be parted, lose a part, be written by one, be refused and try again."""

import json
from collections.abc import Iterator
from typing import Any

import pytest

from rawi.adapters.opensearch_index import OpenSearchIndex, Parts
from rawi.adapters.opensearch_node import Node, Reach
from rawi.errors import ArchiveBusy, CannotRun, StorageFull, StoreError
from rawi.model import Doc, Query, Word
from tests.opensearch import fresh_name, opensearch


def doc(id: str, body: str = "ferry") -> Doc:
    return Doc(
        id=id,
        title="",
        body=body,
        title_terms="",
        body_terms=body,
        language="en",
        publisher="p",
        topic="",
        author=(),
        authors=(),
        day=20250301,
        dated_at=1_740_000_000,
    )


@pytest.fixture
def name() -> Iterator[str]:
    with fresh_name() as name:
        yield name


def opened(name: str, **parts: Any) -> OpenSearchIndex:
    return OpenSearchIndex(Reach(nodes=(opensearch(),), seconds=20.0), name, Parts(**parts))


def ids(index: OpenSearchIndex) -> list[str]:
    return sorted(key for key, _ in index.states())


@pytest.mark.opensearch
def test_a_document_stays_in_its_part_and_a_lost_part_is_noticed(name: str) -> None:
    index = opened(name, docs=2)
    for batch in (["a", "b"], ["c", "d"], ["e"]):
        index.put(map(doc, batch))
        index.commit()
    index.put([doc("a", "oranges"), doc("d", "oranges"), doc("f")])
    index.drop(["b"])
    index.commit()
    assert ids(index) == ["a", "c", "d", "e", "f"]
    assert index.search(Query(root=Word("oranges"))).total == 2
    kept = index.name
    node = Node(Reach(nodes=(opensearch(),)))
    node.ask("DELETE", f"/{name}-000003", to="a part")
    with pytest.raises(StoreError, match="lost a part: run `rawi rebuild index`"):
        _ = index.name
    index.clear()
    assert (index.count(), index.name == kept) == (0, False)
    node.close()
    index.close()


@pytest.mark.opensearch
def test_one_writes_and_another_is_told(name: str) -> None:
    first, second = opened(name), opened(name)
    first.put([doc("a")])
    for change in (lambda: second.put([doc("b")]), lambda: second.drop(["a"]), second.clear):
        with pytest.raises(ArchiveBusy, match="is being written by process"):
            change()
    first.commit()
    assert ids(second) == ["a"], "reading goes on"
    first.close()
    second.put([doc("b")])
    second.commit()
    assert ids(second) == ["a", "b"]
    second.close()


class Canned:
    """A transport that gives prepared answers, one after the other, and keeps what it was asked."""

    def __init__(self, *answers: Any) -> None:
        self.answers, self.asked = list(answers), list[Any]()

    def perform_request(self, method: str, path: str, params: Any = None, body: Any = None) -> Any:
        self.asked.append((method, path, body))
        answer = self.answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer

    def close(self) -> None: ...


def item(status: int, kind: str = "", reason: str = "") -> dict[str, Any]:
    return {"index": {"status": status, **({"error": {"type": kind, "reason": reason}} if kind else {})}}


def over(*answers: Any) -> tuple[Node, Canned, list[float]]:
    canned, pauses = Canned(*answers), list[float]()
    reach = Reach(nodes=("https://search:9200",), user="rawi", password="secret", seconds=3.0)
    return Node(reach, clock=lambda: sum(pauses), pause=pauses.append, transport=canned), canned, pauses


ACTIONS = [[json.dumps({"index": {"_id": key}}).encode(), b"{}"] for key in "abc"]


def test_only_what_was_refused_for_a_moment_is_sent_again() -> None:
    refused = item(429, "rejected_execution_exception", "queue is full")
    node, canned, pauses = over(
        {"errors": True, "items": [item(201), refused, item(201)]},
        {"errors": True, "items": [refused]},
        {"errors": False},
    )
    node.write(ACTIONS, to="the index")
    assert [body.count(b'"_id"') for _, _, body in canned.asked] == [3, 1, 1]
    assert len(pauses) == 2


def test_tries_end_with_their_time() -> None:
    exceptions = pytest.importorskip("opensearchpy.exceptions")
    lost = exceptions.ConnectionError("N/A", "refused", OSError("refused"))
    node, canned, pauses = over(*[lost] * 50)
    with pytest.raises(CannotRun, match="the index cannot be reached") as caught:
        node.write(ACTIONS, to="the index")
    assert sum(pauses) <= 3.0
    assert 3 <= len(canned.asked) < 50
    assert "secret" not in str(caught.value) + repr(Reach(nodes=("https://search:9200",), password="secret"))


def test_a_full_disk_is_told_at_once() -> None:
    full = "index [a] blocked by: [TOO_MANY_REQUESTS/12/disk usage exceeded flood-stage watermark]"
    node, _, pauses = over(
        {"errors": True, "items": [item(429, "cluster_block_exception", full), item(201), item(201)]}
    )
    with pytest.raises(StorageFull, match="make room"):
        node.write(ACTIONS, to="the index")
    assert not pauses


@pytest.mark.opensearch
def test_who_lost_the_right_to_write_begins_again(name: str) -> None:
    index = opened(name)
    index.put([doc("a")])
    index._lease.release()
    for change in (lambda: index.put([doc("b")]), index.commit):
        with pytest.raises(ArchiveBusy, match="start again"):
            change()
        index.put([doc("a")])
        index._lease.release()
    with pytest.raises(ArchiveBusy):
        index.commit()
    assert ids(index) == []
    index.put([doc("a"), doc("b")])
    index.commit()
    assert ids(index) == ["a", "b"]
    index.close()


@pytest.mark.opensearch
def test_what_a_killed_clearing_left_is_in_nobodys_way(name: str) -> None:
    index = opened(name)
    index.put([doc("a")])
    index.commit()
    node = Node(Reach(nodes=(opensearch(),)))
    made = node.try_to("GET", f"/{name}-000001")[f"{name}-000001"]
    node.try_to("PUT", f"/{name}-000002", {"mappings": made["mappings"]})
    index.clear()
    assert ids(index) == []
    index.put([doc("b")])
    index.commit()
    assert ids(index) == ["b"]
    node.close()
    index.close()
