# Made from losses/densities.py of Loss Lab by `python -m tools.portable`.

import math

import torch


def normal_log_density(x, mean, width):
    scaled = (x - mean) / width
    like = torch.zeros_like(scaled)
    return -(scaled * scaled) / 2 - torch.log(like + width) - math.log(2 * math.pi) / 2


def two_hump_log_density(x, means, widths, share):
    like = torch.zeros_like(x)
    first = normal_log_density(x, means[0], widths[0]) + torch.log(like + share)
    second = normal_log_density(x, means[1], widths[1]) + torch.log(1 - (like + share))
    larger = torch.maximum(first, second)
    return larger + torch.log((first - larger).exp() + (second - larger).exp())
