"""What a page's state is: one table, read from a link, a scene or the browser."""
