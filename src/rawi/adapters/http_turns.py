"""Who may connect now: so many at once in all, and so many at once to one network address.

Shared hosting and content networks answer for thousands of hosts from one address. Each host is asked politely by
itself; together they must not be a burden to the machine behind them, and a slow one of them no hindrance to hosts
elsewhere.
"""

import asyncio
from collections import deque


class Places:
    """The places there are. To be used in one loop."""

    def __init__(self, in_all: int, at_one_address: int) -> None:
        self._free = asyncio.Semaphore(in_all)
        self._most = at_one_address
        self._connected: dict[str, int] = {}
        self._queues: dict[str, deque[asyncio.Future[None]]] = {}

    async def enter(self) -> None:
        """Waits for a place."""
        await self._free.acquire()

    def leave(self) -> None:
        """Gives a place back."""
        self._free.release()

    def has_room(self, ip: str) -> bool:
        """Whether an address may be connected to without waiting."""
        return self._connected.get(ip, 0) < self._most

    async def connect(self, ip: str) -> None:
        """Waits until an address may be connected to, in the order of asking, and counts one more there."""
        if self.has_room(ip):
            self._connected[ip] = self._connected.get(ip, 0) + 1
            return
        turn = asyncio.get_running_loop().create_future()
        self._queues.setdefault(ip, deque()).append(turn)
        try:
            await turn
        except asyncio.CancelledError:
            if turn.done() and not turn.cancelled():
                self.disconnect(ip)  # it was our turn just now: it is the next one's
            raise

    def disconnect(self, ip: str) -> None:
        """Counts one less at an address; who waits longest takes over."""
        queue = self._queues.get(ip, deque())
        while queue:
            turn = queue.popleft()
            if not turn.done():
                turn.set_result(None)
                return
        self._queues.pop(ip, None)
        self._connected[ip] -= 1
        if not self._connected[ip]:
            del self._connected[ip]


class Visitor:
    """One asking's place, and its turn at the address that it connects to."""

    def __init__(self, places: Places) -> None:
        self._places = places
        self._has_place = False
        self._ip = ""
        self.limit: asyncio.Timeout | None = None
        """The time it has, which stands still while it waits for its turn."""
        self.waited = 0.0
        """Seconds, by the loop's clock."""

    async def enter(self) -> None:
        """Waits for a place."""
        await self._places.enter()
        self._has_place = True

    async def connect(self, ip: str) -> None:
        """Waits for the turn at an address, without a place meanwhile: others elsewhere need it."""
        if ip == self._ip:
            return
        self._disconnect()
        if self._places.has_room(ip):
            await self._places.connect(ip)
            self._ip = ip
            return
        loop = asyncio.get_running_loop()
        began, end = loop.time(), self.limit.when() if self.limit else None
        if self.limit:
            self.limit.reschedule(None)
        self._give_place()
        await self._places.connect(ip)
        self._ip = ip
        await self.enter()
        waited = loop.time() - began
        self.waited += waited
        if self.limit and end is not None:
            self.limit.reschedule(end + waited)

    def leave(self) -> None:
        """Gives back what it has."""
        self._disconnect()
        self._give_place()

    def _disconnect(self) -> None:
        if self._ip:
            self._places.disconnect(self._ip)
            self._ip = ""

    def _give_place(self) -> None:
        if self._has_place:
            self._places.leave()
            self._has_place = False
