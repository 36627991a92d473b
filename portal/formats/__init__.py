"""Dates and numbers as they are written here: the same dates in both languages.

Django's own Vietnamese formats print month before day, its English ones read 01/02/2025 as
2 January. Nothing but dd/mm/yyyy and ISO 8601 is read.
"""
