"""The app's door: `streamlit run app.py`."""

from verbatims.ui import main

main()
