"""
The application: pages for people, feeds for machines, in one process.

``python app.py`` starts it, tuned; ``streamlit run app.py`` and ``uvicorn app:app`` start it too.
"""

import streamlit as st
from streamlit.runtime.pages_manager import PagesManager
from streamlit.runtime.scriptrunner import get_script_run_ctx

from data.feeds.proposals import proposal_routes
from data.feeds.routes import feed_routes
from data.feeds.updates import update_routes
from pages.context import current_account, current_language, visit
from pages.readable.example import example_notice
from pages.readable.present_only import present_notice
from pages.readable.renderers import RENDERERS
from pages.server import assets, health, language, maps, sign_in
from pages.server.navigation import FIRST, navigation
from pages.server.public_pages import public_pages
from pages.server.serving import apologize, lifespan, middleware, serve
from pages.server.settings import public_url

# This file is run in two ways. The server imports it once, for ``app``. Streamlit runs it for each visitor and each
# interaction, for the page. One file is both, rather than a second script in a folder of its own, because ``app.py``
# is where people and tests look for the pages (``AppTest.from_file``).
if get_script_run_ctx(suppress_warning=True) is None:
    app = st.App(
        __file__,
        routes=[
            *health.routes,
            *assets.routes,
            *language.routes,
            *sign_in.routes,
            *maps.routes,
            *feed_routes(public_url),
            *update_routes(),
            *proposal_routes(),
            *public_pages(RENDERERS),
        ],
        middleware=middleware(),
        lifespan=lifespan,
        on_script_error=apologize,
    )
    # A folder named ``pages`` beside the script switches on Streamlit's old way of finding pages: until a first
    # visitor has drawn the menu, a page would be run without this file, menu and permission included.
    PagesManager.uses_pages_directory = False
    if __name__ == "__main__":
        serve(app)
else:
    page = navigation(language=current_language(), account=current_account())
    st.set_page_config(page_title=page.title, layout="wide")
    if notices := example_notice(current_language()) + present_notice(page.url_path or FIRST, visit()):
        st.html(notices)
    page.run()
