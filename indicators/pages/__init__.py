"""What the lists of indicators and of targets show."""
