"""Everything Rawi raises on purpose.

RawiError                   the root; its text names the thing and says what to do
  BadInput                  what was given cannot be used: a file, an address, an option
    QueryError              a search that cannot be understood; has the position
  NotFound                  no record of that id or address
  CannotRun                 this archive cannot be opened or written now
    ArchiveBusy             another process is writing to it
    SchemaTooNew            it was made by a later version of Rawi
    StorageFull             no room left on its disk
  StoreError                the database failed in a way only its keeper can mend
  CaptureError              a kept capture cannot be read back whole
  FetchError                an address could not be asked, or gave no answer; has the reason
    AddressRefused          the address is not public, or not HTTP: no connection was made
    HostRests               its host asked for a rest: this address was not asked
  MessageError              a message was not taken; says whether others would be
"""


class RawiError(Exception):
    """The root of the tree."""


class BadInput(RawiError):
    """What was given cannot be used; the message names it and says what to do."""


class QueryError(BadInput):
    """A search that cannot be understood.

    `position` is the offset (in characters, from 0) in the query where understanding ended.
    """

    def __init__(self, message: str, position: int) -> None:
        super().__init__(message)
        self.position = position


class NotFound(RawiError):
    """No record of that id or address."""


class CannotRun(RawiError):
    """This archive cannot be opened, or not be written, now."""


class ArchiveBusy(CannotRun):
    """Another process is writing to this archive."""


class SchemaTooNew(CannotRun):
    """The archive was made by a later version of Rawi."""


class StorageFull(CannotRun):
    """No room is left where the archive is kept."""


class StoreError(RawiError):
    """The database failed in a way only its keeper can mend."""


class CaptureError(RawiError):
    """A kept capture cannot be read back whole."""


class FetchError(RawiError):
    """An address could not be asked, or gave no usable answer.

    `reason` is a short word for the kind of failure ("timeout", "dns", "tls", "refused", "protocol", …).
    """

    def __init__(self, message: str, reason: str) -> None:
        super().__init__(message)
        self.reason = reason


class AddressRefused(FetchError):
    """The address is not public, or not HTTP: no connection was made."""

    def __init__(self, message: str) -> None:
        super().__init__(message, "address")


class HostRests(FetchError):
    """The host asked for a rest (429, 503) before this address's turn: it was not asked."""

    def __init__(self, message: str) -> None:
        super().__init__(message, "rests")


class MessageError(RawiError):
    """A message was not taken by its target.

    `is_of_way` says that the fault lies on the way (the mail server, a setting): others would fail now, too.
    """

    def __init__(self, message: str, *, is_of_way: bool = False) -> None:
        super().__init__(message)
        self.is_of_way = is_of_way
