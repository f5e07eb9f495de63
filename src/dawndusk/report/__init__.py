"""Views of a result: terminal and HTML."""
