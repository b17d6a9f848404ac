"""Measurements of the gateway (process): one module each, `python -m bench.<name>`."""
