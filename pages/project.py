"""One project: four sentences, then its parts, of which one is open."""

import streamlit as st

from pages.components.tabs import open_tab
from pages.components.timeline import timeline, timeline_config
from pages.context import current_language, reading, visit
from pages.readable.plain import not_found
from pages.readable.project import head_html, part_html, part_titles, project_record
from pages.readable.project_timeline import chart_alt, chart_rows, chart_words
from pages.rendering import LANGUAGE_TAGS
from pages.words import word

asked = visit()
language = current_language()
with reading() as session:
    record = project_record(session, asked)
if record is None:
    st.html(not_found(asked).body_html)
    st.stop()

st.set_page_config(page_title=record.said.title)
st.html(head_html(record, asked))
page = record.page
if page is None:
    st.stop()

part, tab = open_tab(part_titles(language, record))
with tab:
    location = page.rows.locations
    if part == "timeline" and page.milestones:
        rows = chart_rows(page, language)
        st.plotly_chart(
            timeline(
                rows,
                today=page.on,
                words=chart_words(today=page.on, is_past=asked.as_of is not None, language=language),
                theme=st.context.theme.type or "light",
            ),
            config=timeline_config(
                tag=LANGUAGE_TAGS[language], dictionary={"Download plot as a PNG": word("project.picture", language)}
            ),
            alt=chart_alt(rows, today=page.on, language=language),
            key="timeline",
        )
    if part == "map" and location:
        place = word("project.form." + location[-1].geometry["type"], language)
        alt = word("project.map_alt", language, title=page.said.title, place=place)
        st.iframe(f"/map/project/{page.id}", height=480, alt=alt)
    st.html(part_html(part, record, asked))
