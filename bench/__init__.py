"""Measurements, by `make bench`: figures in documents and notes come from here."""
