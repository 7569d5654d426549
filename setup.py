"""The build backend: hatchling, behind one sentence for a Python that is too old.

pip asks the backend before it looks at the lock, so the sentence comes before any complaint about a
pinned package. The file has this name because an old pip looks for no other.
"""

import sys

if sys.version_info < (3, 12):  # noqa: UP036
    sys.exit(
        "relmarket needs Python 3.12 or newer and this is Python {}.{}: install a newer one and "
        "make the environment with it, for example by python3.12 -m venv --clear .venv".format(
            *sys.version_info
        )
    )

from hatchling.build import *  # noqa: F403
