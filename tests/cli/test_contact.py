"""``monitor run`` says why it wants a contact; with one it is quiet, and the sites are told."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest
from programs import config, monitor


@pytest.mark.parametrize("contact", ["", 'contact = "mailto:us@example.org"\n'])
def test_a_contact_is_wanted(tmp_path: Path, contact: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as nobody:
        host = f"http://127.0.0.1:{nobody.getsockname()[1]}"
    folder = config(tmp_path / "config", host)
    (folder / "monitor.toml").write_text(contact)
    ran = monitor("run", "--once", "--config", folder, "--db", tmp_path / "m.db", cwd=tmp_path)
    said = [line for line in ran.stderr.splitlines() if "no contact" in line]
    assert len(said) == (0 if contact else 1)
    assert contact or "set `contact` in monitor.toml" in said[0]
    assert "refused the connection" in ran.stderr
