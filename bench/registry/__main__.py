"""`bronpoort` as it is, with the register of posts beside its own (process).

    python -m bench.registry serve --config <folder>

The register is put among the others before anything of the gateway is loaded; what runs is the
command line itself.
"""

import resolvers
from bench.registry import POSTS

setattr(resolvers, "REGISTRIES", (*resolvers.REGISTRIES, POSTS))  # noqa: B010  # one more of them

from gateway.cli import main  # noqa: E402  # not before the register is among the others

if __name__ == "__main__":
    main()
