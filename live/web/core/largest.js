// The largest number between two at which something still fits, as near as eight halvings lead; what
// fits at one number fits at every smaller one. It was tried last.
export function largest(low, high, fits) {
  let [small, large] = [low, high];
  for (let i = 0; i < 8; i++) {
    const middle = (small + large) / 2;
    if (fits(middle)) small = middle;
    else large = middle;
  }
  fits(small);
}
