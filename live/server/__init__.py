"""HTTP: our own routes beside Streamlit's, and what wraps both."""
