"""Where the checkout lies, the samples of notices, and what the reader learns from."""

from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
LESSONS = ROOT / "tests" / "notices" / "lessons"
SAMPLES = ROOT / "tests" / "notices" / "samples"
