"""The gateway beside those that a user would pick instead (process): `python -m bench.gateways`."""
