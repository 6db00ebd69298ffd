"""What Streamlit runs for each gesture: every page of the app."""

import streamlit as st

from verbatims import ui
from verbatims.ui.server.address import is_elsewhere
from verbatims.ui.server.gate import FROM_HERE

if is_elsewhere():  # `streamlit run` of this very file goes through no gate
    st.error(FROM_HERE)
    st.stop()
ui.main()
