"""The bridge from torch to the eye: tapes, state, stages and the Streamlit shell."""
