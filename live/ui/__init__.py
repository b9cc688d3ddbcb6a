"""Streamlit: the shell, the sidebar and the sections of a page."""
