"""What the environment decides: the study to open, where to serve it, where shipped files are."""

from pathlib import Path
from sysconfig import get_path

STUDY_VARIABLE = "VERBATIMS_STUDY"
STUDIES_FOLDER = Path("etudes")
ADDRESS = "127.0.0.1"  # this machine only
PORT = 8501


def shipped(name: str) -> Path:
    """A file of the project's top folder: the checkout's, or the copy that was installed."""
    checkout = Path(__file__).parents[2] / name
    return checkout if checkout.exists() else Path(get_path("data"), "share", "verbatims", name)
