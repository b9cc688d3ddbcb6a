"""The evidence for the claims about information quantities."""

import math
from collections.abc import Callable

import torch
from torch.nn import functional

from experiments.evidence.record import Curve, Evidence, curve
from losses.information import cross_entropy, entropy, kl_divergence, self_information

NOTES_P, NOTES_Q = (0.4, 0.3, 0.3), (0.3, 0.4, 0.3)  # the pair of the notes' snippet
SURE, SPREAD = (0.9, 0.05, 0.05), (0.3, 0.4, 0.3)
EXAMPLE = (0.7, 0.2, 0.1)  # the notes' example of an entropy
SHOWN = {"cross_entropy": "cross_entropy", "kl": "kl_divergence", "prediction": "entropy"}
"""The quantities that curves over Q show."""


def kl_snippet() -> Evidence:
    """The notes' call of `kl_div`, as they wrote it, while Q is mixed into P."""
    p, q = _tensor(NOTES_P), _tensor(NOTES_Q)

    def printed(model: torch.Tensor) -> float:
        return float(functional.kl_div(p.log(), model, reduction="batchmean", log_target=True))

    shares = torch.linspace(0, 1, 51, dtype=torch.float64)
    mixtures = [p + share * (q - p) for share in shares]
    right = [float(kl_divergence(truth=mixture, model=p)) for mixture in mixtures]
    return Evidence(
        numbers={
            "printed": printed(q),
            "printed_at_match": printed(p),
            "divergence": float(kl_divergence(truth=q, model=p)),
            "divergence_at_match": float(kl_divergence(truth=p, model=p)),
        },
        curves=(
            Curve("snippet", tuple(shares.tolist()), tuple(map(printed, mixtures))),
            Curve("kl", tuple(shares.tolist()), tuple(right), "kl_divergence"),
        ),
        x_label="share",
        y_label="value",
    )


def argument_order() -> Evidence:
    """Both directions for the notes' pair and for one that is not a rearrangement of itself."""
    p, q = _tensor(NOTES_P), _tensor(NOTES_Q)
    sure, spread = _tensor(SURE), _tensor(SPREAD)
    summed = functional.kl_div(p.log(), q, reduction="sum")
    near, middle, far = (_tensor(pair) for pair in ((0.5, 0.5), (0.9, 0.1), (0.99, 0.01)))
    return Evidence(
        numbers={
            "batchmean": float(functional.kl_div(p.log(), q, reduction="batchmean")),
            "summed": float(summed),
            "outcomes": float(len(NOTES_P)),
            "notes_there": _kl(p, q),
            "notes_back": _kl(q, p),
            "there": _kl(sure, spread),
            "back": _kl(spread, sure),
            "detour": _kl(near, middle) + _kl(middle, far),
            "direct": _kl(near, far),
        }
    )


def two_bases() -> Evidence:
    """Minus the log of a probability, to base e and to base 10."""
    probabilities = torch.linspace(0.02, 1, 99, dtype=torch.float64)
    nats = self_information(probabilities)
    low, high = _surprise(0.3), _surprise(0.5)
    ten = math.log(10)
    return Evidence(
        numbers={
            "nats_low": low,
            "nats_high": high,
            "bans_low": low / ten,
            "bans_high": high / ten,
            "factor": low / high,
            "mixed_factor": low / (high / ten),
        },
        curves=(curve("natural", probabilities, nats), curve("ten", probabilities, nats / ten)),
        x_label="probability",
        y_label="surprise",
    )


def nats_and_bits() -> Evidence:
    """The entropy of the notes' example in both units."""
    p = _tensor(EXAMPLE)
    nats, bits = entropy(p), entropy(p, unit="bits")
    return Evidence(numbers={"nats": float(nats), "bits": float(bits), "ratio": float(nats / bits)})


def not_a_distance() -> Evidence:
    """Cross-entropy and divergence of two outcomes, as Q passes P."""
    sure, even = _tensor((0.9, 0.1)), _tensor((0.5, 0.5))
    p = _tensor(EXAMPLE)
    return Evidence(
        numbers={
            "there": float(cross_entropy(truth=sure, model=even)),
            "back": float(cross_entropy(truth=even, model=sure)),
            "at_match": float(cross_entropy(truth=p, model=p)),
            "entropy": float(entropy(p)),
            "divergence_at_match": _kl(p, p),
        },
        curves=_over_q({"cross_entropy": _cross, "kl": _kl}),
        x_label="probability",
        y_label="value",
    )


def which_is_constant() -> Evidence:
    """Entropies and cross-entropy while only the prediction moves."""
    truth = _tensor((0.7, 0.3))
    first, second = _tensor((0.5, 0.5)), _tensor((0.9, 0.1))
    return Evidence(
        numbers={
            "entropy_of_labels": float(entropy(truth)),
            "first_prediction": float(entropy(first)),
            "second_prediction": float(entropy(second)),
            "first_gap": _cross(truth, first) - _kl(truth, first),
            "second_gap": _cross(truth, second) - _kl(truth, second),
        },
        curves=_over_q(
            {
                "labels": lambda truth, _: float(entropy(truth)),
                "prediction": lambda _, model: float(entropy(model)),
                "cross_entropy": _cross,
            }
        ),
        x_label="probability",
        y_label="value",
    )


def rounded_entropy() -> Evidence:
    """The entropy of the notes' example, rounded at the end and rounded on the way."""
    p = _tensor(EXAMPLE)
    early = (p * (self_information(p) * 100).round() / 100).sum()
    return Evidence(numbers={"entropy": float(entropy(p)), "rounded_early": float(early)})


def zeros() -> Evidence:
    """The divergence while a probability of Q goes to 0 where P is ½, and where P is 0."""
    exponents = torch.linspace(0.5, 12, 47, dtype=torch.float64)
    even, certain = _tensor((0.5, 0.5)), _tensor((1.0, 0.0))

    def model(exponent: float) -> torch.Tensor:
        return _tensor((1 - 10**-exponent, 10**-exponent))

    def column(truth: torch.Tensor) -> torch.Tensor:
        return _tensor([_kl(truth, model(float(e))) for e in exponents])

    return Evidence(
        numbers={
            "at_thousandth": _kl(even, model(3)),
            "at_billionth": _kl(even, model(9)),
            "without_p": _kl(certain, even),
            "infinite": float(math.isinf(_kl(even, certain))),
        },
        curves=(
            curve("p_half", exponents, column(even)),
            curve("p_zero", exponents, column(certain)),
        ),
        x_label="exponent",
        y_label="value",
    )


def binary_case() -> Evidence:
    """Cross-entropy of a yes-or-no label and its prediction, up to the ends."""
    zero, one = torch.zeros(1, dtype=torch.float64), torch.ones(1, dtype=torch.float64)
    soft = _tensor((0.7, 0.3))
    predictions = torch.linspace(0.005, 0.995, 100, dtype=torch.float64)
    return Evidence(
        numbers={
            "torch_at_zero": float(functional.binary_cross_entropy(zero, one)),
            "at_thousandth": _surprise(0.001),
            "label_entropy": float(entropy(soft)),
            "elsewhere": _cross(soft, _tensor((0.2, 0.8))),
        },
        curves=(
            curve("yes", predictions, self_information(predictions)),
            curve("no", predictions, self_information(1 - predictions)),
        ),
        x_label="probability",
        y_label="value",
    )


def entropy_plus_divergence() -> Evidence:
    """Cross-entropy minus entropy is the divergence, which many random pairs leave above 0."""
    p, q = _tensor(EXAMPLE), _tensor((0.5, 0.3, 0.2))
    generator = torch.Generator().manual_seed(0)
    logits = torch.randn(2, 10_000, 4, generator=generator, dtype=torch.float64)
    truth, model = torch.softmax(logits, -1)
    every = kl_divergence(truth=truth, model=model, reduction="none")
    return Evidence(
        numbers={
            "cross_entropy": _cross(p, q),
            "entropy": float(entropy(p)),
            "difference": _cross(p, q) - float(entropy(p)),
            "divergence": _kl(p, q),
            "pairs": float(len(every)),
            "smallest": float(every.min()),
        }
    )


def unbounded_surprise() -> Evidence:
    """What the true class costs as its probability goes from 0 to 1."""
    probabilities = torch.linspace(0.005, 1, 200, dtype=torch.float64)
    return Evidence(
        numbers={
            "at_half": _surprise(0.5),
            "nearly_sure": _surprise(0.999),
            "at_millionth": _surprise(1e-6),
        },
        curves=(curve("surprise_of_truth", probabilities, self_information(probabilities)),),
        x_label="probability",
        y_label="value",
    )


def two_directions() -> Evidence:
    """The divergence of a spreading Q from a sure P, in both directions."""
    sure, spread = _tensor(SURE), _tensor(SPREAD)
    shares = torch.linspace(0, 1, 51, dtype=torch.float64)
    mixtures = [sure + share * (spread - sure) for share in shares]
    return Evidence(
        numbers={"there": _kl(sure, spread), "back": _kl(spread, sure)},
        curves=(
            curve("forward", shares, _tensor([_kl(sure, q) for q in mixtures]), "divergence"),
            curve("reverse", shares, _tensor([_kl(q, sure) for q in mixtures]), "reverse"),
        ),
        x_label="share",
        y_label="value",
    )


def _tensor(values: tuple[float, ...] | list[float]) -> torch.Tensor:
    return torch.tensor(values, dtype=torch.float64)


def _kl(truth: torch.Tensor, model: torch.Tensor) -> float:
    return float(kl_divergence(truth=truth, model=model))


def _cross(truth: torch.Tensor, model: torch.Tensor) -> float:
    return float(cross_entropy(truth=truth, model=model))


def _surprise(probability: float) -> float:
    return float(self_information(torch.tensor(probability, dtype=torch.float64)))


def _over_q(
    quantities: dict[str, Callable[[torch.Tensor, torch.Tensor], float]],
) -> tuple[Curve, ...]:
    """Quantities of P = (0.7, 0.3) and Q = (q, 1 − q), over q."""
    truth = _tensor((0.7, 0.3))
    probabilities = torch.linspace(0.02, 0.98, 97, dtype=torch.float64).tolist()
    return tuple(
        Curve(
            name,
            tuple(probabilities),
            tuple(quantity(truth, _tensor((q, 1 - q))) for q in probabilities),
            SHOWN.get(name, ""),
        )
        for name, quantity in quantities.items()
    )
