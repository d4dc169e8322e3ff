import re

import pytest
from django.core.management import call_command

from tasks.management import state_diagram
from tasks.management.commands import draw_states
from tasks.states import MOVES, Status
from tests.folders import ROOT

pytestmark = pytest.mark.once
FILE = ROOT / "docs" / "states.md"


def test_document_is_up_to_date():
    assert FILE.read_text(encoding="utf-8") == state_diagram.document(), (
        "docs/states.md is stale: run  manage.py draw_states"
    )


def test_diagram_has_an_arrow_for_every_way_of_the_table():
    arrows = re.findall(r"^    (\w+) --> (\w+): (.+)$", state_diagram.document(), re.MULTILINE)

    drawn = {(a, b, label) for a, b, labels in arrows for label in labels.split("、")}

    assert drawn == {
        (str(source), str(move.target), move.label)
        for move in MOVES.values()
        for source in move.sources
    }


def test_diagram_names_every_status_by_its_label():
    named = re.findall(r"^    (\w+): (\S+)$", state_diagram.document(), re.MULTILINE)

    assert named == [(str(status), status.label) for status in Status]


def test_command_writes_the_document(tmp_path, settings, monkeypatch, capsys):
    settings.BASE_DIR = tmp_path
    monkeypatch.setattr(draw_states, "FILE", tmp_path / "states.md")

    call_command("draw_states")

    assert (tmp_path / "states.md").read_text(encoding="utf-8") == state_diagram.document()
    assert capsys.readouterr().out == "states.md\n"
