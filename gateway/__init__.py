"""The machine: from one GraphQL operation to calls on registries and back; it knows no registry."""
