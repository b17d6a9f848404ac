"""From text to data: prepare, limits, plan, bind, fetch, complete.

Knows no registry, no tenant and no HTTP: it is handed a schema's facts, a set of labels and the
sources of one caller.
"""
