"""How fast answers are taken in and the form is given out, beside what the disk itself allows."""

import http.client
import re
import sqlite3
import statistics
import tempfile
import threading
import time
from pathlib import Path
from urllib.parse import urlencode, urlsplit

SURVEY = "/soderhamn/dialoger/oppen"
CLIENTS = 8
REQUESTS = 60
_KEY = re.compile(r'name="key"[^>]*value="([^"]+)"')


def _connection(url: str) -> http.client.HTTPConnection:
    parts = urlsplit(url)
    return http.client.HTTPConnection(parts.hostname or "", parts.port)


def _visit(url: str, gets: list[float], posts: list[float], failures: list[int]) -> None:
    connection = _connection(url)
    for number in range(REQUESTS):
        started = time.perf_counter()
        connection.request("GET", SURVEY)
        page = connection.getresponse().read().decode("utf-8")
        gets.append(time.perf_counter() - started)
        found = _KEY.search(page)
        form = {
            "key": found[1] if found else "",
            "q1": "2",
            "q2": "ja",
            "places-0-words": f"Vid tunneln {number}",
            "q3": "Mer ljus vid gångvägen.",
        }
        body = urlencode(form).encode()
        started = time.perf_counter()
        connection.request(
            "POST", SURVEY, body, {"Content-Type": "application/x-www-form-urlencoded"}
        )
        answer = connection.getresponse()
        answer.read()
        posts.append(time.perf_counter() - started)
        if answer.status != 200:
            failures.append(answer.status)
    connection.close()


def durable_commits_per_second(seconds: float = 2.0) -> float:
    """The anchor: one small row a commit, WAL, synchronous=FULL, nothing else."""
    with tempfile.TemporaryDirectory() as folder:
        connection = sqlite3.connect(Path(folder) / "anchor.sqlite3", isolation_level=None)
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=FULL")
        connection.execute("CREATE TABLE row (id INTEGER PRIMARY KEY, text TEXT)")
        done, started = 0, time.perf_counter()
        while time.perf_counter() - started < seconds:
            connection.execute("INSERT INTO row (text) VALUES (?)", ("Mer ljus.",))
            done += 1
        elapsed = time.perf_counter() - started
        connection.close()
    return done / elapsed


def _line(name: str, times: list[float], wall: float) -> str:
    ordered = sorted(times)
    p99 = ordered[int(len(ordered) * 0.99) - 1]
    middle = statistics.median(ordered)
    rate = len(ordered) / wall
    return f"{name:28} {rate:>8.0f}/s  p50 {middle * 1e3:>7.1f} ms  p99 {p99 * 1e3:>7.1f} ms"


def report(url: str) -> None:
    """Print the rates of form and submission with eight phones at once."""
    gets: list[float] = []
    posts: list[float] = []
    failures: list[int] = []
    threads = [
        threading.Thread(target=_visit, args=(url, gets, posts, failures)) for _ in range(CLIENTS)
    ]
    started = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    wall = time.perf_counter() - started
    anchor = durable_commits_per_second()
    print(f"\nIntake: {CLIENTS} clients, each form then answer, client on the same machine")
    print(_line("form (GET)", gets, wall))
    print(_line("stored answer (POST)", posts, wall))
    print(f"{'failed':28} {len(failures):>8}")
    print(f"{'bare durable commit':28} {anchor:>8.0f}/s")
    print(f"{'anchor / stored answer':28} {anchor / (len(posts) / wall):>8.1f}x")
