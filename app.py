"""The app's door: `streamlit run app.py`."""

from streamlit import App

from verbatims.ui import server

server.settle()
app = App(server.SCRIPT, routes=server.routes(), middleware=server.middleware())
