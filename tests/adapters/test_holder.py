"""Who holds a lease, and whether its process is still there."""

import socket
import subprocess
import sys

from rawi.adapters.holder import is_dead, new_holder

TELL = "from rawi.adapters.holder import new_holder; print(new_holder(), flush=True); input()"


def test_each_holder_has_a_name_of_its_own_and_lives() -> None:
    one, other = new_holder(), new_holder()
    assert one != other
    assert not is_dead(one)
    assert not is_dead(other)


def test_a_process_that_was_killed_is_dead_and_one_that_runs_is_not() -> None:
    process = subprocess.Popen([sys.executable, "-c", TELL], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    with process:
        assert process.stdout is not None
        holder = process.stdout.readline().strip()
        assert not is_dead(holder)
        process.kill()
        process.wait()
    assert is_dead(holder)


def test_another_process_under_the_same_number_is_another() -> None:
    machine, pid, began, number = new_holder().split("/")
    assert is_dead(f"{machine}/{pid}/{int(began) - 1}/{number}")


def test_of_another_machine_nothing_is_known() -> None:
    assert not is_dead(f"not-{socket.gethostname()}/1/1/x")


def test_what_is_no_holder_is_not_called_dead() -> None:
    for name in ("", "only", "a/b", "a/b/c/d", f"{socket.gethostname()}/x/1/y"):
        assert not is_dead(name)
