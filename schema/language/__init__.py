"""How a published type is declared: fields, labels, scalars, paging, links, assemble, rules.

A field is *copied* from the source's object, *derived* from copied ones, or *linked* to another
read. Those are declarations, not resolver bodies, so one walk over an operation tells what the
caller may see, what each source must send and what it costs, before anything is fetched.
"""
