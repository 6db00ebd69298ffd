"""The parts of the page of themes: the codebook shown, changed, compared, exchanged."""
