"""Long computations: fits, races and landscapes, in torch, and the evidence for claims."""
