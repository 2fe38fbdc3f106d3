"""What a page's kernel finds in its environment: what it needs to run, and whose visit it is."""

import os
from collections.abc import Mapping
from typing import Any

from voila._version import __version__ as voila_version

from toolkit.serve.doors.admission import Admission
from toolkit.serve.doors.doorkeeper import door_of
from toolkit.serve.environment import needed

__all__ = ["kernel_environment"]


def kernel_environment(
    handler: Any, admission: Admission, environment: Mapping[str, str] = os.environ
) -> dict[str, str]:
    """Return the environment of the kernel that serves one visit.

    A server may be started where passwords of other programs lie about: a kernel gets none of them,
    since what runs in it is as good as read by whoever finds a hole in a page.
    """
    door = door_of(handler)
    return needed(environment) | {
        "SERVER_SOFTWARE": f"voila/{voila_version}",
        "QUERY_STRING": f"lang={admission.language}",
        "AGIR_LINK": admission.token,
        "AGIR_ROLE": admission.role,
        "AGIR_LANGUAGE": admission.language,
        "AGIR_ADDRESS": door.address,
    }
