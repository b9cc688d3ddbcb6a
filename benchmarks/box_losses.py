"""Box losses, forward and backward, against a masked implementation and the copy bandwidth.

    python -m benchmarks.box_losses [--pairs 1000000] [--repeats 20]

Everything is measured in the same run, so that only the ratios matter. The floor is the time that
a device needs to move the bytes which no implementation can avoid: eight coordinates in, four
gradients out. On a GPU, a fused loss should come near it; an eager one cannot.
"""

import argparse
import math
import statistics
import time
from collections.abc import Callable

import torch

from losses import boxes

Loss = Callable[[torch.Tensor, torch.Tensor], torch.Tensor]
BYTES_PER_PAIR = (8 + 4) * 4
WARM_UP = 5


def masked_iou(p: torch.Tensor, t: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
    """IoU and union as many libraries compute them: boolean indexing, an epsilon."""
    corner = torch.maximum(p[:, :2], t[:, :2])
    opposite = torch.minimum(p[:, 2:], t[:, 2:])
    intersection = torch.zeros_like(p[:, 0])
    inside = (opposite > corner).all(1)
    intersection[inside] = (opposite[inside] - corner[inside]).prod(1)
    sides, target_sides = p[:, 2:] - p[:, :2], t[:, 2:] - t[:, :2]
    union = sides.prod(1) + target_sides.prod(1) - intersection
    return intersection / (union + 1e-7), union


def masked_giou_loss(p: torch.Tensor, t: torch.Tensor) -> torch.Tensor:
    iou, union = masked_iou(p, t)
    enclosing = torch.maximum(p[:, 2:], t[:, 2:]) - torch.minimum(p[:, :2], t[:, :2])
    area = enclosing.prod(1)
    return (1 - iou + (area - union) / (area + 1e-7)).mean()


def masked_ciou_loss(p: torch.Tensor, t: torch.Tensor) -> torch.Tensor:
    iou, _ = masked_iou(p, t)
    enclosing = torch.maximum(p[:, 2:], t[:, 2:]) - torch.minimum(p[:, :2], t[:, :2])
    offset = (p[:, :2] + p[:, 2:] - t[:, :2] - t[:, 2:]) / 2
    distance = (offset**2).sum(1) / ((enclosing**2).sum(1) + 1e-7)
    width, height = (p[:, 2:] - p[:, :2]).unbind(1)
    target_width, target_height = (t[:, 2:] - t[:, :2]).unbind(1)
    turn = torch.atan(target_width / target_height) - torch.atan(width / height)
    aspect = 4 / math.pi**2 * turn**2
    with torch.no_grad():
        weight = aspect / (1 - iou + aspect + 1e-7)
    return (1 - iou + distance + weight * aspect).mean()


def random_boxes(pairs: int, device: torch.device) -> torch.Tensor:
    centre = 600 * torch.rand(pairs, 2, device=device)
    half = 10 + 150 * torch.rand(pairs, 2, device=device)
    return torch.cat((centre - half, centre + half), 1)


def seconds(
    runs: dict[str, Callable[[], object]], repeats: int, device: torch.device
) -> dict[str, float]:
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


def step(loss: Loss, prediction: torch.Tensor, target: torch.Tensor, rows: bool) -> torch.Tensor:
    """Loss and gradient; with `rows` False the tensors hold one coordinate after the other."""
    if rows:
        return torch.autograd.grad(loss(prediction, target), prediction)[0]
    return torch.autograd.grad(loss(prediction.mT, target.mT), prediction)[0]


def compiles(device: torch.device) -> bool:
    try:
        torch.compile(torch.sin)(torch.ones(2, device=device))
    except Exception as error:
        print(f"torch.compile does not work here ({type(error).__name__}): eager only")
        return False
    return True


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--pairs", type=int, default=1_000_000)
    parser.add_argument("--repeats", type=int, default=20)
    arguments = parser.parse_args()
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    torch.manual_seed(0)
    prediction = random_boxes(arguments.pairs, device).requires_grad_()
    target = random_boxes(arguments.pairs, device)
    columns = prediction.detach().mT.contiguous().requires_grad_()
    target_columns = target.mT.contiguous()

    source = torch.rand(arguments.pairs * BYTES_PER_PAIR // 8, device=device)
    destination = torch.empty_like(source)
    name = torch.cuda.get_device_name() if device.type == "cuda" else "CPU"
    threads = "" if device.type == "cuda" else f", {torch.get_num_threads()} threads"
    print(f"{name}{threads}, torch {torch.__version__}, {arguments.pairs} pairs, float32")
    print(f"floor: reading and writing {BYTES_PER_PAIR} bytes a pair\n")
    print(f"{'':34}{'ms':>9}{'x floor':>9}{'masked / this':>15}")

    can_compile = compiles(device)
    for masked, loss in (
        (masked_giou_loss, boxes.giou_loss),
        (masked_ciou_loss, boxes.ciou_loss),
    ):
        expected = step(masked, prediction, target, rows=True)
        entries: list[tuple[str, Loss, bool]] = [
            ("masked, eager", masked, True),
            ("ours, eager", loss, True),
            ("ours, eager, (4, N)", loss, False),
        ]
        if can_compile:
            entries += [
                ("ours, compiled", torch.compile(loss, fullgraph=True), True),
                ("ours, compiled, (4, N)", torch.compile(loss, fullgraph=True), False),
            ]
        runs: dict[str, Callable[[], object]] = {"floor": lambda: destination.copy_(source)}
        for label, function, rows in entries:
            inputs = (prediction, target) if rows else (columns, target_columns)
            gradient = step(function, *inputs, rows)
            torch.testing.assert_close(
                gradient if rows else gradient.mT, expected, rtol=1e-3, atol=1e-3 / arguments.pairs
            )
            runs[label] = lambda f=function, i=inputs, r=rows: step(f, *i, r)
        taken = seconds(runs, arguments.repeats, device)
        for label, elapsed in taken.items():
            above_floor, gain = elapsed / taken["floor"], taken["masked, eager"] / elapsed
            name = f"{loss.__name__}, {label}"
            print(f"{name:34}{elapsed * 1e3:9.2f}{above_floor:9.1f}{gain:15.2f}")


if __name__ == "__main__":
    main()
