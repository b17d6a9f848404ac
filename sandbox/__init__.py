"""The sandbox, a fictional municipality: registries that answer in the real wire formats.

Operation phase of its own server (``python -m sandbox``), of the demonstration and of the tests;
what serves a real municipality never imports it. `sandbox.world` builds the people and buildings,
one module per registry serves them.
"""
