"""What Streamlit runs for each gesture: every page of the app."""

import streamlit as st

from verbatims import ui
from verbatims.language import _, listen
from verbatims.ui.server.address import is_elsewhere
from verbatims.ui.server.gate import FROM_HERE
from verbatims.ui.server.tongue import of_page

listen(of_page)  # callbacks and fragments, which run nothing of this file, hear it too

if is_elsewhere():  # `streamlit run` of this very file goes through no gate
    st.error(_(FROM_HERE))
    st.stop()
ui.main()
