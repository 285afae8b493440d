"""A messenger that only keeps what it is given: for tests and archives in memory."""

from rawi.model import Message


class KeptMessages:
    """Takes every message."""

    def __init__(self) -> None:
        self.messages: list[Message] = []

    def send(self, message: Message) -> None:
        self.messages.append(message)
