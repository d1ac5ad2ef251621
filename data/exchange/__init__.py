"""
Other people's files: read, shown before anything is written, and every row taken or reported with its reason.

- :func:`data.exchange.previews.preview` and :func:`data.exchange.projects.import_projects`: tables, GeoJSON, OC4IDS
- :func:`data.exchange.comments.import_comments`: comments that came in elsewhere
- :func:`data.exchange.drafts.import_draft`: a text as the next version of a draft
- :mod:`data.exchange.mapping`: which column means what; guessed, corrected by people, saved
- :mod:`data.exchange.report`: what became of each row
"""
