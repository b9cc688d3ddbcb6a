# Made from losses/boxes/formats.py of Loss Lab by `python -m tools.portable`.

import torch


def centre_to_corners(boxes):
    x, y, width, height = boxes.unbind(-1)
    return torch.stack(
        (x - width / 2, y - height / 2, x + width / 2, y + height / 2), -1
    )
