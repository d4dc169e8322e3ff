"""Where the checkout lies, the samples of notices, and the material of the project beside it."""

from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SAMPLES = ROOT / "tests" / "notices" / "samples"
