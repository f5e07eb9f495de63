"""File formats: read and written only here."""
