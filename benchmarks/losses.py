"""Losses, forward and backward, beside the same losses of other libraries and the copy bandwidth.

    python -m benchmarks.losses [--pairs 1000000] [--device cpu] [--only GIoU CIoU] [--peers FOLDER]

Everything is measured in the same run and takes turns, so that only the ratios matter. The floor is
the time in which the device moves the bytes that no implementation can avoid: the inputs in, the
gradient of the first out. What is not installed is skipped and named; `--peers` names a folder into
which the packages were put by `pip install --no-deps --target FOLDER`.
"""

import argparse
import math
import platform
import statistics
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass

import torch
from torch import Tensor

import losses
from benchmarks import loss_peers
from benchmarks.loss_peers import MARGIN, PEERS, SMOOTHING, TEMPERATURE, Loss

CLASSES, SIDE, DIMENSIONS = 128, 256, 128
WARM_UP = 3
DTYPES = {"float32": torch.float32, "bfloat16": torch.bfloat16}
Run = Callable[[], object]


@dataclass(frozen=True)
class Task:
    """One loss, on data that are made from the number of pairs.

    data: `data(pairs)`: the tensors that all implementations take; the first has a gradient.
    ours: our function, whose result is one number.
    columns: whether ours is also measured on one coordinate after the other, (4, N).
    """

    data: Callable[[int], tuple[Tensor, ...]]
    ours: Loss
    columns: bool = False


def _boxes(pairs: int) -> tuple[Tensor, Tensor]:
    centre = 600 * torch.rand(2, pairs, 2)
    half = 10 + 150 * torch.rand(2, pairs, 2)
    prediction, target = torch.cat((centre - half, centre + half), -1)
    return prediction, target


def _logits(pairs: int) -> tuple[Tensor, Tensor]:
    return 3 * torch.randn(pairs), (torch.rand(pairs) < 0.2).float()


def _classes(pairs: int) -> tuple[Tensor, Tensor, Tensor]:
    rows = max(pairs // CLASSES, 2)
    labels = torch.randint(CLASSES, (rows,))
    return 3 * torch.randn(rows, CLASSES), labels, 0.5 + torch.rand(CLASSES)


def _masks(pairs: int) -> tuple[Tensor, Tensor]:
    shape = max(pairs // SIDE**2, 1), 1, SIDE, SIDE
    return torch.rand(shape), (torch.rand(shape) < 0.3).float()


def _views(pairs: int) -> tuple[Tensor, Tensor]:
    first = torch.randn(max(math.isqrt(pairs), 8), DIMENSIONS)
    return first, first + torch.randn_like(first)


def _embeddings(pairs: int) -> tuple[Tensor, Tensor]:
    count = max(math.isqrt(pairs) // 8 * 4, 8)
    return torch.randn(count, DIMENSIONS), torch.arange(count) // 4


TASKS = {
    "GIoU": Task(_boxes, losses.giou_loss, columns=True),
    "CIoU": Task(_boxes, losses.ciou_loss, columns=True),
    "sigmoid focal": Task(_logits, losses.focal_loss),
    "cross-entropy": Task(
        _classes,
        lambda logits, labels, weights: losses.cross_entropy_loss(
            logits, labels, class_weight=weights, label_smoothing=SMOOTHING
        ),
    ),
    "Dice": Task(_masks, losses.dice_loss),
    "InfoNCE": Task(
        _views,
        lambda queries, keys: losses.info_nce_loss(queries, keys, temperature=TEMPERATURE),
    ),
    "batch-hard triplets": Task(
        _embeddings,
        lambda embeddings, labels: losses.batch_hard_triplet_loss(
            embeddings, labels, margin=MARGIN
        ),
    ),
}
SIZES = (
    f"N pairs of boxes, N logits, N / {CLASSES} × {CLASSES} classes with weights and smoothing, "
    f"pictures of {SIDE} × {SIDE} with N pixels together, √N queries and √N / 2 labelled "
    f"embeddings of {DIMENSIONS} dimensions"
)


@dataclass
class Entry:
    """One implementation on one set of data."""

    label: str
    loss: Loss
    data: tuple[Tensor, ...]

    def forward(self) -> Tensor:
        return self.loss(*self.data)

    def step(self) -> Tensor:
        return torch.autograd.grad(self.forward(), self.data[0])[0]


def seconds(runs: dict[str, Run], repeats: int, device: torch.device) -> dict[str, float]:
    """Median time of each run. They take turns, so that none has the warm end of the session."""

    def wait() -> None:
        if device.type == "cuda":
            torch.cuda.synchronize()

    times: dict[str, list[float]] = {label: [] for label in runs}
    for _ in range(repeats + WARM_UP):
        for label, run in runs.items():
            wait()
            start = time.perf_counter()
            run()
            wait()
            times[label].append(time.perf_counter() - start)
    return {label: statistics.median(taken[WARM_UP:]) for label, taken in times.items()}


def compiles(device: torch.device) -> bool:
    try:
        torch.compile(torch.sin)(torch.ones(2, device=device))
    except Exception as error:
        print(f"torch.compile does not work here ({type(error).__name__}): eager only\n")
        return False
    return True


def entries(name: str, data: tuple[Tensor, ...], compiled: bool) -> list[Entry]:
    """Ours and all peers that are at hand, eager and compiled."""
    task = TASKS[name]
    found = [("ours", task.ours, data)]
    if task.columns:
        prediction, target = (one.detach().mT.contiguous() for one in data)
        columns = prediction.requires_grad_(), target
        found.append(("ours on (4, N)", lambda p, t: task.ours(p.mT, t.mT), columns))
    for peer, load in PEERS[name].items():
        try:
            found.append((peer, load(), data))
        except Exception as error:
            print(f"skipped: {name} of {peer} ({type(error).__name__}: {error})\n")
    plain = [Entry(label, loss, given) for label, loss, given in found]
    if not compiled:
        return plain
    return plain + [
        Entry(f"{one.label}, compiled", torch.compile(one.loss, dynamic=False), one.data)
        for one in plain
    ]


def works(entry: Entry, expected: Tensor) -> str:
    """How its value stands to ours: "" for alike, a word otherwise, "fails" where it raises."""
    try:
        entry.step()
        value = entry.forward().detach()
    except Exception as error:
        print(
            f"skipped: {entry.label} ({type(error).__name__}: {str(error).partition(chr(10))[0]})\n"
        )
        return "fails"
    same = torch.allclose(value.float(), expected.float(), rtol=0.02)
    return "" if same else f" (value {value.item():.4g}, ours {expected.item():.4g})"


def rows(
    name: str, dtype: torch.dtype, device: torch.device, arguments: argparse.Namespace
) -> list[str]:
    """The rows of the table for one loss and dtype."""
    with device:
        given = TASKS[name].data(arguments.pairs)
    data = tuple(one.to(dtype) if one.is_floating_point() else one for one in given)
    data[0].requires_grad_()
    moved = sum(one.nbytes for one in data) + data[0].nbytes
    source = torch.rand(moved // 8, device=device)
    destination = torch.empty_like(source)
    expected = TASKS[name].ours(*data).detach()
    alike: dict[str, str] = {}
    runs: dict[str, Run] = {"floor": lambda: destination.copy_(source)}
    for entry in entries(name, data, arguments.compile):
        verdict = works(entry, expected)
        if verdict != "fails":
            alike[entry.label] = verdict
            runs[f"{entry.label} forward"] = entry.forward
            runs[f"{entry.label} both"] = entry.step
    taken = seconds(runs, arguments.repeats, device)
    floor = taken["floor"]
    peers = [
        taken[f"{label} both"]
        for label in alike
        if not label.startswith("ours") and "compiled" not in label
    ]
    kind = str(dtype).removeprefix("torch.")
    table = [f"| {name} | {kind} | floor: {moved:,} bytes | | {1e3 * floor:.3f} | 1.0 | |"]
    for label, verdict in alike.items():
        forward, both = taken[f"{label} forward"], taken[f"{label} both"]
        gain = f"{min(peers) / both:.2f}" if peers else ""
        table.append(
            f"| {name} | {kind} | {label}{verdict} | {1e3 * forward:.3f} | {1e3 * both:.3f} "
            f"| {both / floor:.1f} | {gain} |"
        )
    return table


def machine(device: torch.device) -> str:
    """What the figures belong to."""
    if device.type == "cuda":
        name = f"{torch.cuda.get_device_name(device)}, CUDA {torch.version.cuda}"
    else:
        name = f"{platform.processor() or platform.machine()}, {torch.get_num_threads()} threads"
    known = {package: loss_peers.installed(package) for package in loss_peers.packages()}
    known["torch"] = torch.__version__
    said = ", ".join(f"{package} {number}" for package, number in known.items() if number)
    missing = ", ".join(package for package, number in known.items() if not number)
    lacks = f"\n\nNot installed: {missing}." if missing else ""
    return f"{name}, Python {platform.python_version()}, {said}.{lacks}"


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--pairs", type=int, default=1_000_000)
    parser.add_argument("--repeats", type=int, default=20)
    parser.add_argument("--device", default=str(losses.best_device()))
    parser.add_argument("--only", nargs="+", choices=TASKS, default=list(TASKS), metavar="LOSS")
    parser.add_argument("--dtypes", nargs="+", choices=DTYPES, default=list(DTYPES))
    parser.add_argument("--peers", help="a folder with the packages of peers")
    parser.add_argument("--no-compile", dest="compile", action="store_false")
    arguments = parser.parse_args()
    if arguments.peers:
        sys.path.append(arguments.peers)
    device = torch.device(arguments.device)
    torch.manual_seed(0)
    print(f"{machine(device)}\n\nN = {arguments.pairs:,}: {SIZES}.\n")
    arguments.compile = arguments.compile and compiles(device)
    table = [
        "| loss | dtype | who | forward, ms | both, ms | × floor | best eager peer ÷ this |",
        "|---|---|---|---:|---:|---:|---:|",
    ]
    for name in arguments.only:
        for dtype in arguments.dtypes:
            torch.compiler.reset()
            table += rows(name, DTYPES[dtype], device, arguments)
    print("\n".join(table))


if __name__ == "__main__":
    main()
