"""Home: what this is, and the map of the losses, each a door."""

from live.ui.home_page import map_page

map_page()
