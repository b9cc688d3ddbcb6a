"""Text in the reader's language, numbers as they are written, colours."""
