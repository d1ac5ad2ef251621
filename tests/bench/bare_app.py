"""The floor of every page: a Streamlit page that shows a line and a number, served the same way."""

import gc
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx


@asynccontextmanager
async def _lifespan(_: st.App) -> AsyncIterator[None]:
    gc.collect()
    gc.freeze()
    yield


if get_script_run_ctx(suppress_warning=True) is None:
    app = st.App(__file__, lifespan=_lifespan)
else:
    st.write("Hello")
    st.number_input("Number", value=1)
