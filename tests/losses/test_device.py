"""The choice of a device, on a machine that pretends to have others."""

from collections.abc import Callable, Iterator

import pytest
import torch

from losses.device import best_device, device_name

REAL_ONES = torch.ones


@pytest.fixture(autouse=True)
def _forget() -> Iterator[None]:
    best_device.cache_clear()
    yield
    best_device.cache_clear()


@pytest.fixture
def pretend(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    def machine(*, reported: set[str], broken: tuple[str, ...] = (), name: str = "") -> None:
        def ones(*shape: int, device: str) -> torch.Tensor:
            if device in broken:
                raise RuntimeError(f"{device} is out of memory")
            return REAL_ONES(*shape)

        monkeypatch.setattr(torch.cuda, "is_available", lambda: "cuda" in reported)
        monkeypatch.setattr(torch.backends.mps, "is_available", lambda: "mps" in reported)
        monkeypatch.setattr(torch.cuda, "get_device_name", lambda device: name)
        monkeypatch.setattr(torch, "ones", ones)

    return machine


@pytest.mark.parametrize(
    ("reported", "broken", "chosen", "badge"),
    [
        (set(), (), "cpu", "CPU"),
        ({"mps"}, (), "mps", "Apple GPU"),
        ({"cuda"}, (), "cuda", "Card 9000"),
        ({"cuda", "mps"}, (), "cuda", "Card 9000"),
        ({"cuda", "mps"}, ("cuda",), "mps", "Apple GPU"),
        ({"cuda", "mps"}, ("cuda", "mps"), "cpu", "CPU"),
    ],
)
def test_first_that_works(
    pretend: Callable[..., None],
    caplog: pytest.LogCaptureFixture,
    reported: set[str],
    broken: tuple[str, ...],
    chosen: str,
    badge: str,
) -> None:
    pretend(reported=reported, broken=broken, name="Card 9000")
    assert best_device() == torch.device(chosen)
    assert device_name() == badge
    assert [record.args[0] for record in caplog.records] == list(broken)
    assert all("out of memory" in record.getMessage() for record in caplog.records)


def test_check_that_fails_itself_is_no_crash(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken_driver() -> bool:
        raise RuntimeError("driver and library do not match")

    monkeypatch.setattr(torch.cuda, "is_available", broken_driver)
    monkeypatch.setattr(torch.backends.mps, "is_available", lambda: False)
    assert best_device() == torch.device("cpu")


def test_torch_without_cuda_is_skipped(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    if torch.cuda.is_available():
        pytest.skip("this machine has a GPU")
    monkeypatch.setattr(torch.cuda, "is_available", lambda: True)
    monkeypatch.setattr(torch.backends.mps, "is_available", lambda: False)
    assert best_device() == torch.device("cpu")
    assert "cuda is reported but does not work" in caplog.text


def test_asked_once(monkeypatch: pytest.MonkeyPatch) -> None:
    first = best_device()
    monkeypatch.setattr(torch.cuda, "is_available", lambda: pytest.fail("asked again"))
    assert best_device() == first
    assert best_device().type in ("cuda", "mps", "cpu")
