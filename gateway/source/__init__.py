"""HTTP out (operation): what a registry is to the gateway, and every rule of asking it.

In the order of one call: `read` names the question, `cache` answers what it may, `source` is one
upstream for one operation, `upstream` holds what outlives the operation (connections, breaker,
credentials), `transports` puts bytes on the wire and `body` takes them off again.
"""
