"""What the machine and the environment decide: threads, the study to open, the demo's files."""

import os
from pathlib import Path

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


def demo_files() -> Path:
    """The folder of the demo's survey, questionnaire and codebook: packaged, or the checkout's."""
    packaged = Path(__file__).parent / "demo_data"
    return packaged if packaged.is_dir() else Path(__file__).parents[2] / "data"


def demo_codebook() -> Path:
    packaged = demo_files() / "codebook.yaml"
    return packaged if packaged.is_file() else demo_files().parent / "codebook.yaml"
