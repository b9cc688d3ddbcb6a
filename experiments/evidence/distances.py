"""The evidence for the claims about norms, distances and penalties."""

from statistics import median
from time import perf_counter

import torch

from experiments.evidence.record import Curve, Evidence
from losses.distances import (
    frobenius_norm,
    hamming_count,
    hamming_distance,
    nuclear_norm,
    pairwise_distance,
    row_norm,
    spectral_norm,
)

NORMS = {
    "frobenius": frobenius_norm,
    "row_mean": row_norm,
    "spectral": spectral_norm,
    "nuclear": nuclear_norm,
}
SHOWN = {name: norm.__name__ for name, norm in NORMS.items()}
CALLS = 200


def norms_told_apart() -> Evidence:
    """All norms of the notes' difference and of diag(3, 4), and what `dim=-1` gives there."""
    ones = torch.ones(2, 4, dtype=torch.float64)
    diagonal = torch.diag(torch.tensor([3.0, 4.0], dtype=torch.float64))
    numbers = {}
    for name, norm in NORMS.items():
        numbers[f"{name}_ones"] = float(norm(ones, torch.zeros_like(ones)))
        numbers[f"{name}_diagonal"] = float(norm(diagonal, torch.zeros_like(diagonal)))
    rows = torch.linalg.vector_norm(diagonal, dim=-1)
    numbers |= {"first_row": float(rows[0]), "second_row": float(rows[1])}
    # From the notes' kind of matrix (rank 1) to one with two equal directions, row lengths kept.
    angles = torch.linspace(0, torch.pi / 2, 91, dtype=torch.float64)
    second = torch.stack([angles.cos(), angles.sin()], -1)
    first = torch.tensor([1.0, 0.0], dtype=torch.float64).expand_as(second)
    turned = torch.stack([first, second], -2)
    values = {
        name: norm(turned, torch.zeros_like(turned), reduction="none")
        for name, norm in NORMS.items()
    }
    values["row_mean"] = values["row_mean"].mean(-1)
    degrees = tuple(torch.rad2deg(angles).tolist())
    return Evidence(
        numbers=numbers,
        curves=tuple(Curve(n, degrees, tuple(v.tolist()), SHOWN[n]) for n, v in values.items()),
        x_label="angle",
        y_label="value",
    )


def nuclear_and_rank() -> Evidence:
    """The nuclear and the Frobenius norm where the two singular values share one length."""
    matrix = torch.tensor([[1.0, 2.0], [3.0, 4.0]], dtype=torch.float64)
    _, singular, right = torch.linalg.svd(matrix)
    root = right.T @ torch.diag(singular) @ right
    square = matrix.T @ matrix
    angles = torch.linspace(0, torch.pi / 2, 91, dtype=torch.float64)
    family = torch.diag_embed(torch.stack([angles.cos(), angles.sin()], -1))
    zero = torch.zeros_like(family)
    nuclear = nuclear_norm(family, zero, reduction="none")
    frobenius = frobenius_norm(family, zero, reduction="none")
    degrees = tuple(torch.rad2deg(angles).tolist())
    return Evidence(
        numbers={
            "nuclear": float(nuclear_norm(matrix, torch.zeros_like(matrix))),
            "frobenius": float(frobenius_norm(matrix, torch.zeros_like(matrix))),
            "trace": float(root.trace()),
            "root_error": round(float((root @ root - square).abs().max()), 12),
            "at_rank_1": float(nuclear[0]),
            "at_rank_2": float(nuclear[45]),
        },
        curves=(
            Curve("nuclear_curve", degrees, tuple(nuclear.tolist()), "nuclear_norm"),
            Curve("frobenius_curve", degrees, tuple(frobenius.tolist()), "frobenius_norm"),
        ),
        x_label="angle",
        y_label="value",
    )


def one_timing() -> Evidence:
    """The notes' 1 × 2 problem in 3 dimensions, timed call by call on this machine, and what torch
    does with integers."""
    first = torch.tensor([[0, 0, 2]])
    second = torch.tensor([[0, 0, 1], [0, 1, 0]])
    refused = 0
    try:
        torch.cdist(first, second, p=0)
    except (RuntimeError, NotImplementedError):
        refused = 1
    left, right = first.double(), second.double()
    times = []
    for _ in range(CALLS):
        start = perf_counter()
        counts = torch.cdist(left, right, p=0)
        times.append(1000 * (perf_counter() - start))
    return Evidence(
        numbers={
            "refused": refused,
            "first_count": float(counts[0, 0]),
            "second_count": float(counts[0, 1]),
            "calls": CALLS,
            "slowest": max(times),
            "median": median(times),
            "ratio": max(times) / median(times),
        },
        curves=(Curve("one_call", tuple(range(1, CALLS + 1)), tuple(times)),),
        x_label="call",
        y_label="milliseconds",
        log_y=True,
    )


def two_hamming_scales() -> Evidence:
    """Both scales of the notes' example, by our functions and by `cdist`, and the gradient."""
    query = torch.tensor([0.0, 0.0, 2.0], dtype=torch.float64, requires_grad=True)
    codes = torch.tensor([[0.0, 0.0, 1.0], [0.0, 1.0, 0.0]], dtype=torch.float64)
    share = hamming_distance(query, codes, reduction="none")
    count = hamming_count(query, codes, reduction="none")
    by_cdist = torch.cdist(query.detach()[None], codes, p=0)[0]
    (slope,) = torch.autograd.grad(count.sum(), query)
    share, count = share.detach(), count.detach()
    return Evidence(
        numbers={
            "first_share": float(share[0]),
            "second_share": float(share[1]),
            "first_count": float(count[0]),
            "second_count": float(count[1]),
            "first_cdist": float(by_cdist[0]),
            "second_cdist": float(by_cdist[1]),
            "places": query.numel(),
            "gradient": float(slope.abs().max()),
        }
    )


def many_to_many() -> Evidence:
    """The notes' table of distances: two points against five."""
    first = torch.tensor([[1.0] * 3, [2.0] * 3], dtype=torch.float64)
    second = torch.tensor([[2.0] * 3, [1.0] * 3] * 2 + [[2.0] * 3], dtype=torch.float64)
    table = pairwise_distance(first, second)
    return Evidence(
        numbers={
            "rows": table.shape[0],
            "columns": table.shape[1],
            "apart": float(table[0, 0]),
            "same": float(table[0, 1]),
        }
    )


def frobenius_as_vector() -> Evidence:
    """The Frobenius norm of a matrix and the length of the same numbers as a vector."""
    matrix = torch.arange(1.0, 13.0, dtype=torch.float64).reshape(3, 4)
    norm = frobenius_norm(matrix, torch.zeros_like(matrix))
    return Evidence(
        numbers={
            "matrix": float(norm),
            "vector": float(torch.linalg.vector_norm(matrix.flatten())),
            "mse_way": float((matrix.numel() * matrix.square().mean()).sqrt()),
            "cells": matrix.numel(),
        }
    )


def hamming_per_sample() -> Evidence:
    """The notes' two samples of three labels."""
    prediction = torch.tensor([[0, 0, 1], [0, 1, 0]])
    target = torch.tensor([[1, 0, 1], [0, 1, 0]])
    first, second = hamming_distance(prediction, target, reduction="none").tolist()
    return Evidence(numbers={"first": round(first, 7), "second": second})
