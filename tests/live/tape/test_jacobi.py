"""The decomposition that a tape has instead of torch's own, against LAPACK's."""

import pytest
import torch

from live.families.distances.rows import SHAPES
from live.tape.jacobi import singular_value_decomposition
from losses.distances.spectra import one_of_each, share_of_largest


def matrices(rows: int, columns: int) -> list[torch.Tensor]:
    """Whatever a hand can set, and those whose singular values vanish or coincide."""
    generator = torch.Generator().manual_seed(rows * columns)

    def whole(most: int, *shape: int) -> torch.Tensor:
        return torch.randint(-most, most + 1, shape, generator=generator).double()

    found = [torch.zeros(rows, columns).double()]
    for size in (1.0, 0.1, 0.7):
        found += [size * torch.eye(rows, columns).double().roll(k, 1) for k in range(columns)]
    if rows == columns == 3:  # three times a rotation
        found += [torch.tensor([[2.0, -1, 2], [2, 2, -1], [-1, 2, 2]]).double() / 10]
    for _ in range(200):
        found += [whole(2, rows, columns), whole(900, rows, columns) / 50]
        for rank in (1, 2):
            found.append(whole(3, rows, rank) @ whole(3, rank, columns) / 10)
    return found


@pytest.mark.parametrize(("rows", "columns"), SHAPES)
def test_it_is_torchs_own(rows, columns):
    for matrix in matrices(rows, columns):
        left, values, right = singular_value_decomposition(matrix)
        theirs = torch.linalg.svd(matrix, full_matrices=False)
        size = theirs.S[0].clamp(min=1e-300)
        assert ((values - theirs.S).abs() <= 3e-15 * size).all(), matrix
        assert ((left * values @ right - matrix).abs() <= 3e-15 * size).all(), matrix
        assert (values.diff() <= 0).all()
        for weights in (one_of_each, share_of_largest):  # the gradients of both norms
            ours = left * weights(values, matrix) @ right
            expected = theirs.U * weights(theirs.S, matrix) @ theirs.Vh
            torch.testing.assert_close(ours, expected, rtol=0, atol=1e-9)


@pytest.mark.parametrize("shape", [(4, 4), (2, 3, 3)])
def test_what_is_too_large_for_a_tape_is_refused(shape):
    with pytest.raises(ValueError, match="up to rank 3"):
        singular_value_decomposition(torch.ones(shape).double())
