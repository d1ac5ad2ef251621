"""The portfolio as Streamlit draws it: the same HTML as the server's page, and the map in its frame."""

import streamlit as st

_MAP_HEIGHT = 560


def draw_portfolio(*, head: str, results: str, foot: str, map_address: str = "", map_alt: str = "") -> None:
    """
    Draw the parts of the page.

    :param map_address: where the map is; nothing in the views that have none
    :param map_alt: what the map shows, for those who do not see it
    """
    st.html(head)
    if map_address:
        beside = st.columns([3, 2])
        with beside[0]:
            st.iframe(map_address, height=_MAP_HEIGHT, alt=map_alt)
        with beside[1]:
            st.html(results)
    else:
        st.html(results)
    st.html(foot)
