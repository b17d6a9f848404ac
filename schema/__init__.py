"""What is published: one module per registry, written in the language of `schema.language`."""
