"""What Streamlit runs for each gesture: every page of the app."""

from verbatims import ui

ui.main()
