"""What a stage needs, as one JSON document for each page and language."""
