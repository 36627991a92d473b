class LocalDatabaseError(Exception):
    """The local server cannot do what was asked; the message says what to do."""
