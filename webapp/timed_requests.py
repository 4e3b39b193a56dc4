"""Requests to somebody else's server that are over by a deadline, however it sends its answer.

A socket's own timeout begins anew with each read, so that a server which sends a byte now and then
would hold a thread for ever, in the middle of its headers as in the answer itself. Here each read
gets the time that is left. Connecting has the timeout of the request, and so has each read.
"""

import io
import socket
from collections.abc import Callable
from functools import partial
from http.client import HTTPConnection, HTTPResponse, HTTPSConnection
from time import monotonic
from typing import Any
from urllib.request import (
    BaseHandler,
    HTTPHandler,
    HTTPSHandler,
    OpenerDirector,
    Request,
    build_opener,
)


def opener_for(seconds: float, *handlers: BaseHandler) -> OpenerDirector:
    """An opener whose answers are read within `seconds` from now. Reading raises TimeoutError."""
    return build_opener(_UntilHandler(monotonic() + seconds), *handlers)


class _UntilHandler(HTTPSHandler, HTTPHandler):
    def __init__(self, end: float) -> None:
        super().__init__()
        self._end = end

    def http_open(self, req: Request) -> HTTPResponse:
        return self.do_open(self._connecting(HTTPConnection), req)

    def https_open(self, req: Request) -> HTTPResponse:
        return self.do_open(self._connecting(HTTPSConnection), req)

    def _connecting(self, kind: type[HTTPConnection]) -> Callable[..., HTTPConnection]:
        def connection(host: str, **options: Any) -> HTTPConnection:
            made = kind(host, **options)
            made.response_class = partial(_UntilAnswer, end=self._end)  # type: ignore[assignment]
            return made

        return connection


class _UntilAnswer(HTTPResponse):
    def __init__(self, sock: socket.socket, *args: Any, end: float, **options: Any) -> None:
        super().__init__(sock, *args, **options)
        self.fp = io.BufferedReader(_UntilStream(self.fp.detach(), sock, end))


class _UntilStream(io.RawIOBase):
    """The bytes that a socket's own stream gives, as long as there is time for them."""

    def __init__(self, stream: io.RawIOBase, sock: socket.socket, end: float) -> None:
        super().__init__()
        self._stream, self._sock, self._end = stream, sock, end
        self._most = sock.gettimeout()

    def readable(self) -> bool:
        return True

    def readinto(self, into: Any) -> int | None:
        left = self._end - monotonic()
        if left <= 0:
            raise TimeoutError
        self._sock.settimeout(left if self._most is None else min(left, self._most))
        return self._stream.readinto(into)

    def close(self) -> None:
        self._stream.close()
        super().close()
