"""Long computations: fits, races and landscapes, in torch, without a page."""
