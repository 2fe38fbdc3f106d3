"""Flip bytes of a file of answers, one at a time: is each seen, and does none end in a traceback?

    python tests/faults/flipped.py                # 200 flips of the sample coalition's file
    python tests/faults/flipped.py --flips 2000 --seed 7

Each flip is made in a fresh copy, as it lies when nobody serves it. It is seen if `verify` names
it; then the evaluation is opened and read, which works or ends in a sentence. Ends with status 1 if
a flip was not seen, or ended in anything else.
"""

import argparse
import sys
import tempfile
from pathlib import Path
from random import Random

sys.path.insert(0, str(Path(__file__).parents[2]))

from toolkit.errors import ToolkitError
from toolkit.evaluation import Evaluation
from toolkit.evaluation.folder import STORE
from toolkit.serve.demo import make_demo
from toolkit.storage.engine import let_go
from toolkit.storage.verify import verify


def flipped(folder, content, at, bit):
    """Flip one bit, and return whether it was seen and what went wrong but in a sentence."""
    for part in folder.glob(f"{STORE}-[ws]*"):
        if not part.name.endswith("-seal"):
            part.unlink()
    changed = bytearray(content)
    changed[at] ^= 1 << bit
    (folder / STORE).write_bytes(changed)
    seen, wrong = True, None
    try:
        seen = bool(verify(folder / STORE))
    except ToolkitError:
        pass
    except Exception as error:  # noqa: BLE001  # whatever it is, it is a traceback to somebody
        wrong = repr(error)
    try:
        evaluation = Evaluation.open(folder)
        evaluation.summary(by_group=True)
        evaluation.ratings(history=True)
        evaluation.links.everything()
    except ToolkitError:
        pass
    except Exception as error:  # noqa: BLE001
        wrong = repr(error)
    let_go()
    return seen, wrong


def scene(flips, seed):
    chance = Random(seed)
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "demo"
        make_demo(folder, "fr", conversation=True)._store.close()
        content, seal = (folder / STORE).read_bytes(), (folder / f"{STORE}-seal").read_bytes()
        unseen, wrong = [], []
        for _ in range(flips):
            at, bit = chance.randrange(len(content)), chance.randrange(8)
            (folder / f"{STORE}-seal").write_bytes(seal)
            seen, failed = flipped(folder, content, at, bit)
            unseen += [] if seen else [(at, bit)]
            wrong += [(at, bit, failed)] if failed else []
    print(f"{flips} bytes flipped of {len(content)}: {len(unseen)} unseen, {len(wrong)} tracebacks")
    print(*unseen[:10], *wrong[:10], sep="\n")
    return not unseen and not wrong


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--flips", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    sys.exit(0 if scene(asked.flips, asked.seed) else 1)
