# Made from losses/boxes/formats.py of Loss Lab by `python -m tools.portable`.

from keras import ops


def centre_to_corners(boxes):
    x, y, width, height = ops.unstack(boxes, axis=-1)
    return ops.stack((x - width / 2, y - height / 2, x + width / 2, y + height / 2), -1)
