"""The portfolio: all projects of a filter, as a list, a map, a table or a timeline."""

import streamlit as st

from pages.components.portfolio_view import draw_portfolio
from pages.context import reading, say, visit
from pages.portfolio_address import View
from pages.readable.map import map_address
from pages.readable.projects import project_list

asked = visit()
with reading() as session:
    found = project_list(session, asked)

st.title(say("page.projects.title"))
st.caption(say("page.projects.description"))
draw_portfolio(
    head=found.head,
    results=found.results,
    foot=found.foot,
    map_address=map_address(found, asked) if found.asked.view is View.MAP else "",
    map_alt=say("map.alt"),
)
