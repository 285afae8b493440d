"""Runs the site, alone or beside the gathering."""

import signal
import socket
import threading
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

import uvicorn

from rawi.archive import Archive
from rawi.errors import CannotRun
from rawi.web.app import make_app


def serve_site(archive: Archive, *, host: str, port: int, ready: Callable[[str], None]) -> None:
    """Serves until Ctrl-C or SIGTERM. `ready` is called with the address when it can be asked."""
    with _listening(host, port) as listener:
        ready(_address(host, listener))
        _server(archive).run(sockets=[listener])


def serve_and_gather(archive: Archive, *, host: str, port: int, ready: Callable[[str], None]) -> None:
    """Serves, gathers and follows until Ctrl-C or SIGTERM. One writer, any number of readers."""
    with gathering(archive):
        serve_site(archive, host=host, port=port, ready=ready)


@contextmanager
def gathering(archive: Archive) -> Iterator[None]:
    """Gathers and follows in a thread as long as the block lasts."""
    stop = threading.Event()
    gatherer = archive.gatherer()  # here, so that a lock held by another process is said before anything starts
    thread = threading.Thread(target=_keep_up, args=(lambda: archive.watch(gatherer, stop), stop), name="gather")
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()


def _keep_up(work: Callable[[], None], stop: threading.Event) -> None:
    """A fault costs a minute, not the gathering: what a full disk stopped goes on when there is room again."""
    while not stop.is_set():
        try:
            work()
        except Exception:
            traceback.print_exc()
            stop.wait(60)


@contextmanager
def serving(archive: Archive, *, host: str = "127.0.0.1", port: int = 0) -> Iterator[str]:
    """Serves in a thread as long as the block lasts; gives the address."""
    with _listening(host, port) as listener:
        server = _server(archive)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, name="site")
        thread.start()
        try:
            yield _address(host, listener)
        finally:
            server.should_exit = True
            thread.join()


class _Server(uvicorn.Server):
    """Leaves signals alone outside of the main thread, where they cannot be had."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        if threading.current_thread() is not threading.main_thread():
            yield
            return
        with suppress(KeyboardInterrupt), super().capture_signals():
            yield


def _server(archive: Archive) -> _Server:
    return _Server(
        uvicorn.Config(
            make_app(archive), log_level="warning", access_log=False, server_header=False, timeout_keep_alive=10
        )
    )


@contextmanager
def _listening(host: str, port: int) -> Iterator[socket.socket]:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # With the protocol named, asyncio turns Nagle's delay off; without, each page waits 40 ms for an acknowledgement.
    with socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP) as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((host, port))
        except OSError as error:
            raise CannotRun(
                f"cannot listen on {host} port {port}: {error.strerror}; choose another with --port"
            ) from error
        listener.listen(2048)
        yield listener


def _address(host: str, listener: socket.socket) -> str:
    port = listener.getsockname()[1]
    return f"http://{f'[{host}]' if ':' in host else host}:{port}/"


def stop_on_sigterm() -> None:
    """Lets SIGTERM end a command as Ctrl-C does, so that what it started is stopped with it."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)
