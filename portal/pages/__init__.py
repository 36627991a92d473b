"""What each composed page shows: loaded here, drawn by the template of the same name."""
