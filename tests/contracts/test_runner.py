"""What every `Runner` does: see its docstring in `rawi.ports`; and what only processes can do."""

import ctypes
import os
import re
import select
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from rawi.adapters.local import PoolRunner, SerialRunner
from rawi.errors import CannotRun
from rawi.model import Failure
from rawi.ports import Runner

SCRIPT = """
import sys
from rawi.adapters.local import PoolRunner
runner = PoolRunner(2)
print(list(runner.map(len, ["a", "bb"])))
runner.close()
"""

PARENT = """
import sys
from rawi.adapters.local import PoolRunner
from tests.contracts.test_runner import tell_and_spin
list(PoolRunner(1).map(tell_and_spin, [sys.argv[1]]))
"""


@pytest.fixture(params=["serial", "pool"])
def runner(request: pytest.FixtureRequest) -> Iterator[Runner]:
    made: dict[str, Callable[[], Runner]] = {"serial": SerialRunner, "pool": lambda: PoolRunner(2)}
    runner = made[request.param]()
    yield runner
    runner.close()


@pytest.fixture
def pool() -> Iterator[PoolRunner]:
    pool = PoolRunner(2, seconds_per_item=1)
    yield pool
    pool.close()


# ------------------------------------------------------------------------ what is called in workers


class Wordless(Exception):
    def __str__(self) -> str:
        raise ValueError


class Unreadable:
    def __reduce__(self) -> tuple[object, ...]:
        return int, ("no number",)


def half(number: int) -> int:
    if number % 7 == 3:
        raise ValueError(f"{number} is not for halving")
    return number // 2


def obey(order: str) -> object:
    """Does what an order says, and tells it to a file when it has one (`order@file`)."""
    order, _, file = order.partition("@")
    if file:
        with Path(file).open("a") as log:
            log.write(f"{order}\n")
    return ORDERS[order]() if order in ORDERS else order


def spin() -> None:
    while True:
        pass


ORDERS: dict[str, Callable[[], object]] = {
    "spin": spin,
    "spin in C": lambda: re.match(r"(a+)+b", "a" * 64),
    "exit": lambda: sys.exit("enough"),
    "exit at once": lambda: os._exit(3),
    "exit well": lambda: os._exit(0),
    "segfault": lambda: ctypes.string_at(0),
    "be killed": lambda: os.kill(os.getpid(), signal.SIGKILL),
    "interrupt": lambda: os.kill(os.getpid(), signal.SIGINT),
    "unpicklable": lambda: lambda: None,
    "unreadable": Unreadable,
    "eat": lambda: len(bytearray(4_000_000_000)),
    "recurse": lambda: ORDERS["recurse"](),
    "raise": lambda: int("x"),
    "wordless": lambda: (_ for _ in ()).throw(Wordless()),
    "print": lambda: sys.stdout.write("among our output\n"),
    "process": os.getpid,
}


def tell_and_spin(fifo: str) -> None:
    Path(fifo).write_text(str(os.getpid()))
    spin()


# ------------------------------------------------------------------------------------- every runner


def test_gives_results_in_order(runner: Runner) -> None:
    assert list(runner.map(str, range(100))) == [str(number) for number in range(100)]


def test_a_failing_item_is_a_failure_and_costs_no_other(runner: Runner) -> None:
    results = list(runner.map(half, range(50)))
    expected = [
        Failure(f"ValueError: {number} is not for halving") if number % 7 == 3 else number // 2 for number in range(50)
    ]
    assert results == expected


@pytest.mark.parametrize(
    ("order", "reason"),
    [
        ("raise", "ValueError: invalid literal for int() with base 10: 'x'"),
        ("exit", "SystemExit: enough"),
        ("wordless", "Wordless: (its words cannot be told)"),
    ],
)
def test_says_why_an_item_failed(runner: Runner, order: str, reason: str) -> None:
    assert list(runner.map(obey, ["a", order, "b"])) == ["a", Failure(reason), "b"]


def test_a_deep_recursion_is_a_failure(runner: Runner) -> None:
    (result,) = runner.map(obey, ["recurse"])
    assert isinstance(result, Failure)
    assert result.reason.startswith("RecursionError: ")


def test_takes_items_only_as_they_are_needed(runner: Runner) -> None:
    taken = 0

    def stream() -> Iterator[int]:
        nonlocal taken
        for number in range(5000):
            taken = number + 1
            yield number

    most = 0
    for given, result in enumerate(runner.map(str, stream())):
        assert result == str(given)
        most = max(most, taken - given)
    assert taken == 5000
    assert most <= 32


def test_nothing_gives_nothing(runner: Runner) -> None:
    assert list(runner.map(str, [])) == []


def test_may_be_left_before_the_end(runner: Runner) -> None:
    results = runner.map(str, iter(range(1000)))
    assert next(results) == "0"
    results.close()  # type: ignore[attr-defined]
    assert list(runner.map(str, [1])) == ["1"]


def test_an_error_of_the_stream_is_its_own(runner: Runner) -> None:
    def stream() -> Iterator[int]:
        yield 1
        raise KeyError("the stream")

    with pytest.raises(KeyError, match="the stream"):
        list(runner.map(str, stream()))
    assert list(runner.map(str, [1])) == ["1"]


def test_two_streams_at_once(runner: Runner) -> None:
    pairs = zip(runner.map(str, range(40)), runner.map(half, range(40)), strict=True)
    assert [(text, number) for text, number in pairs if not isinstance(number, Failure)] == [
        (str(number), number // 2) for number in range(40) if number % 7 != 3
    ]


# -------------------------------------------------------------------------------------- processes only


@pytest.mark.parametrize(
    ("order", "reason"),
    [
        ("spin", "took longer than 1 s and was stopped"),
        ("spin in C", "took longer than 1 s and was stopped"),
        ("exit at once", "its process ended itself with status 3"),
        ("exit well", "its process ended itself with status 0"),
        ("segfault", "its process was ended by SIGSEGV"),
        ("be killed", "its process was ended by SIGKILL"),
    ],
)
def test_an_item_that_brings_its_process_down_costs_no_other(
    pool: PoolRunner, tmp_path: Path, order: str, reason: str
) -> None:
    log = tmp_path / "log"
    orders = [f"{number}@{log}" for number in range(20)]
    orders[5] = f"{order}@{log}"
    expected: list[object] = [str(number) for number in range(20)]
    expected[5] = Failure(reason)
    assert list(pool.map(obey, orders)) == expected
    assert sorted(log.read_text().split("\n")[:-1]) == sorted(each.partition("@")[0] for each in orders)


def test_every_item_may_bring_its_process_down(pool: PoolRunner) -> None:
    results = list(pool.map(obey, ["exit at once", "segfault"] * 4))
    assert (
        results
        == [
            Failure("its process ended itself with status 3"),
            Failure("its process was ended by SIGSEGV"),
        ]
        * 4
    )


def test_the_time_limit_is_for_each_item_not_for_all(pool: PoolRunner) -> None:
    results = list(pool.map(obey, ["spin", "a", "spin", "b"]))
    stopped = Failure("took longer than 1 s and was stopped")
    assert results == [stopped, "a", stopped, "b"]


def test_what_cannot_travel_is_a_failure(pool: PoolRunner) -> None:
    unpicklable: object = lambda: None  # noqa: E731
    results = list(pool.map(str, ["a", unpicklable, "b"]))
    assert (results[0], results[2]) == ("a", "b")
    assert isinstance(results[1], Failure)
    results = list(pool.map(obey, ["unpicklable", "unreadable", "a"]))
    assert [isinstance(result, Failure) for result in results] == [True, True, False]
    (result,) = pool.map(str, [Unreadable()])
    assert result == Failure("ValueError: invalid literal for int() with base 10: 'no number'")


def test_the_memory_of_a_worker_can_be_bounded() -> None:
    pool = PoolRunner(1, memory_bytes=1_000_000_000)
    assert list(pool.map(obey, ["eat", "a"])) == [Failure("MemoryError: "), "a"]
    pool.close()


def test_a_limit_too_small_to_start_is_told() -> None:
    pool = PoolRunner(1, memory_bytes=1_000_000)
    with pytest.raises(CannotRun, match="could not be started"):
        list(pool.map(obey, ["a"]))
    pool.close()


def test_a_worker_does_not_heed_an_interrupt(pool: PoolRunner) -> None:
    assert list(pool.map(obey, ["interrupt", "a"])) == [None, "a"]


def test_a_worker_does_not_print_among_our_output(pool: PoolRunner, capfd: pytest.CaptureFixture[str]) -> None:
    assert list(pool.map(obey, ["print"])) == [17]
    assert capfd.readouterr().out == ""


def test_workers_are_other_processes_and_serve_again(pool: PoolRunner) -> None:
    first = set(pool.map(obey, ["process"] * 40))
    second = set(pool.map(obey, ["process"] * 40))
    assert os.getpid() not in first
    assert len(first | second) <= 2


def test_a_function_that_cannot_be_found_is_told_for_each_item(pool: PoolRunner) -> None:
    hidden = type("Hidden", (), {"__module__": "no.such.module"})
    with pytest.raises(Exception, match="Hidden"):
        list(pool.map(hidden, [1]))


def test_closing_stops_work_under_way() -> None:
    pool = PoolRunner(1, seconds_per_item=600)
    results = pool.map(obey, ["a"] * 12 + ["spin"] * 12)
    assert next(results) == "a"
    pool.close()
    with pytest.raises((CannotRun, RuntimeError)):
        list(pool.map(obey, ["a"]))
    pool.close()


def test_a_script_without_a_main_guard_may_use_it(tmp_path: Path) -> None:
    script = tmp_path / "script.py"
    script.write_text(SCRIPT)
    done = subprocess.run([sys.executable, str(script)], capture_output=True, text=True, check=False)
    assert (done.stdout, done.stderr) == ("[1, 2]\n", "")


def test_workers_end_when_their_parent_is_killed(tmp_path: Path) -> None:
    fifo = tmp_path / "fifo"
    os.mkfifo(fifo)
    root = Path(__file__).parents[2]
    parent = subprocess.Popen([sys.executable, "-c", PARENT, str(fifo)], cwd=root)
    worker = os.pidfd_open(int(fifo.read_text()))
    parent.kill()
    parent.wait()
    ended, _, _ = select.select([worker], [], [], 30)
    os.close(worker)
    assert ended
