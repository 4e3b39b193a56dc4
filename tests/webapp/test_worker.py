"""The job process itself: it starts, works and stops when it is asked to."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import create_engine
from sqlalchemy.orm import Session

from surveys.models.hotspot import HotspotRun, RunState
from tests.conftest import NOW
from tests.factories.dialogues import make_dialogue
from tests.factories.hotspots import make_cluster
from tests.factories.municipalities import make_municipality
from webapp.database import upgrade_database


@pytest.mark.skipif(sys.platform == "win32", reason="asks the process to stop by a POSIX signal")
def test_the_worker_finds_work_does_it_and_stops_when_asked(tmp_path: Path) -> None:
    folder = tmp_path / "instans å"
    folder.mkdir()
    url = f"sqlite:///{folder / 'trygghetsdialog.sqlite3'}"
    upgrade_database(url)
    engine = create_engine(url)
    with Session(engine) as session:
        municipality = make_municipality(session)
        make_cluster(session, make_dialogue(session, municipality))
        session.commit()
    environment = os.environ | {"INSTANCE_PATH": str(folder), "DATABASE_URL": ""}
    with subprocess.Popen(
        [sys.executable, "-m", "webapp.cli", "worker"],
        env=environment,
        stderr=subprocess.PIPE,
        text=True,
    ) as worker:
        assert worker.stderr is not None
        said = ""
        for line in worker.stderr:
            said += line
            if "is done" in line:
                break
        worker.send_signal(signal.SIGTERM)
        said += worker.stderr.read()
    assert worker.returncode == 0, said
    assert "stopped" in said
    with Session(engine) as session:
        run = session.query(HotspotRun).one()
        assert run.state is RunState.DONE
        assert run.requested_at > NOW
        assert run.hotspots
    engine.dispose()
