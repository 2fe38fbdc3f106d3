"""Have kernels born in the nursery, through Jupyter's own kernel manager."""

import contextlib
import os
from typing import Any

from jupyter_client.connect import KernelConnectionInfo
from jupyter_client.provisioning.local_provisioner import LocalProvisioner

from toolkit.serve.kernels import Kind
from toolkit.serve.kernels.channel import Request
from toolkit.serve.kernels.child import Child
from toolkit.serve.kernels.parent import NURSERIES, NoNurseryError

__all__ = ["NurseryProvisioner"]

#: What the interpreter and IPython read once, when they start: a kernel that is to have other
#: settings than the nursery cannot be born there.
_SETTLED = ("PYTHON", "IPYTHON")
#: What an ordinary kernel does first: from then on no cell changes whose visit it serves.
_SEAL = "__import__('toolkit.evaluation.visit', fromlist=['Visit']).Visit.seal()"
#: What a request can say; whoever asks for more (its own streams, say) gets an ordinary kernel.
_KNOWN = frozenset(("env", "cwd", "kernel_id", "extra_arguments"))


class NurseryProvisioner(LocalProvisioner):
    """Ask the nursery for a kernel; where that cannot be, start an ordinary one."""

    _told = False

    async def launch_kernel(
        self, cmd: list[str], *, nursery: Kind = Kind.FIGURES, **kwargs: Any
    ) -> KernelConnectionInfo:
        """Start the kernel, and return once it listens."""
        file = _file(cmd)
        if file and set(kwargs) <= _KNOWN and _as_the_server(kwargs["env"]):
            cwd = str(kwargs.get("cwd") or os.curdir)
            request = Request(file=file, env=kwargs["env"], cwd=_whole(cwd))
            born = await self._born(nursery, request)
            if born:
                self.process: Any = born
                self.pid = self.pgid = born.pid
                self.cwd = cwd
                return self.connection_info
        more = [f"--IPKernelApp.exec_lines={_SEAL}"] if file else []
        return await super().launch_kernel([*cmd, *more], **kwargs)

    async def wait(self) -> int | None:
        """Wait for its end."""
        if not isinstance(self.process, Child):
            return await super().wait()
        code = await self.process.ended()
        self.process = None
        return code

    async def send_signal(self, signum: int) -> None:
        """Send a signal to the kernel and to what it started, unless it has ended."""
        # Its process id is free as soon as the nursery has reaped it.
        if not isinstance(self.process, Child):
            await super().send_signal(signum)
        elif self.process.poll() is None:
            with contextlib.suppress(ProcessLookupError):  # reaped, and we are about to hear of it
                os.killpg(self.process.pid, signum)

    async def _born(self, nursery: Kind, request: Request) -> Child | None:
        with contextlib.suppress(NoNurseryError):
            return await NURSERIES[nursery].bear(request)
        if not NurseryProvisioner._told:
            NurseryProvisioner._told = True
            self.log.warning("Kernels cannot be forked here: ordinary ones serve, more slowly.")
        return None


def _file(cmd: list[str]) -> str | None:
    """Return the connection file if nothing else is asked for."""
    usual = cmd[1:4] == ["-m", "ipykernel_launcher", "-f"]
    return cmd[4] if usual and len(cmd) == 5 else None  # noqa: PLR2004


def _whole(folder: str) -> str:
    return os.path.abspath(os.path.expanduser(folder))  # noqa: PTH100, PTH111 - no I/O here


def _as_the_server(env: dict[str, str]) -> bool:
    settled = {name: text for name, text in env.items() if name.startswith(_SETTLED)}
    return all(os.environ.get(name) == text for name, text in settled.items())
