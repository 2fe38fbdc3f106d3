"""A kernel to talk to, and how tests wait for what a process does."""

import ast

import psutil

from tests.running import PATIENCE, eventually

__all__ = ["Kernel", "lives"]


class Kernel:
    """A kernel and somebody who talks to it."""

    def __init__(self, manager):
        self.manager = manager
        self.client = manager.client()
        self.client.start_channels()
        self.client.wait_for_ready(timeout=PATIENCE)
        self.pid = manager.provisioner.pid

    def run(self, code):
        """Run a cell, and return its reply and what it published."""
        shown = []
        reply = self.client.execute_interactive(code, timeout=PATIENCE, output_hook=shown.append)
        return reply["content"], shown

    def value(self, expression):
        """Return what a Python literal in the kernel is."""
        while (reply := self._asked(expression))["status"] == "aborted":
            continue  # for a moment after an interrupt, a kernel answers nothing
        said = reply["user_expressions"]["it"]
        assert said["status"] == "ok", said
        return ast.literal_eval(ast.literal_eval(said["data"]["text/plain"]))

    def _asked(self, expression):
        it = {"it": f"repr({expression})"}
        return self._reply(self.client.execute("", user_expressions=it))

    def _reply(self, asked):
        while True:
            reply = self.client.get_shell_msg(timeout=PATIENCE)
            if reply["parent_header"]["msg_id"] == asked:
                return reply["content"]

    def leave(self, code):
        """Run a cell that never answers."""
        self.client.execute(code)

    def keep_busy(self):
        """Run a cell that never ends, and return once it runs."""
        before = psutil.Process(self.pid).cpu_times().user
        self._busy = self.client.execute("while True: pass")
        eventually(lambda: psutil.Process(self.pid).cpu_times().user > before + 0.2)

    def interrupt(self):
        """Interrupt that cell."""
        self.manager.interrupt_kernel()
        assert self._reply(self._busy)["ename"] == "KeyboardInterrupt"

    def ended(self):
        """Wait until the kernel's manager knows of its end, and return the exit code."""
        eventually(lambda: not self.manager.is_alive())
        return self.manager.provisioner.process.poll()


def lives(pid):
    """Return whether a process runs; one that only waits to be buried does not."""
    try:
        return psutil.Process(pid).status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False
