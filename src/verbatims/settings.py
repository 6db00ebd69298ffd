"""What the machine and the environment decide: threads, ports, where shipped files are."""

import os
from pathlib import Path
from sysconfig import get_path

STUDY_VARIABLE = "VERBATIMS_STUDY"
STUDIES_FOLDER = Path("etudes")
PORT = 8501

_BLAS_VARIABLES = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS")


def pin_threads() -> None:
    """One BLAS thread per process, unless the user chose: two are slower on short answers.

    Takes effect only before numpy is imported.
    """
    for variable in _BLAS_VARIABLES:
        os.environ.setdefault(variable, "1")


def shipped(name: str) -> Path:
    """A file of the project's top folder: the checkout's, or the copy that was installed."""
    checkout = Path(__file__).parents[2] / name
    return checkout if checkout.exists() else Path(get_path("data"), "share", "verbatims", name)
