# Made from losses/densities.py of Loss Lab by `python -m tools.portable`.


def divergence_of_densities(truth, model, spacing):
    return (truth.exp() * (truth - model)).sum(-1) * spacing
