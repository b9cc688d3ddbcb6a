// What is placed of a state: a row by its name, or several with commas between, as a list.

export const rowsOf = (place) => place.split(',');

export const placedIn = (state, place) => {
  const values = rowsOf(place).map((row) => state[row]);
  return values.length > 1 ? values : values[0];
};

export const withPlaced = (state, place, value) => {
  const rows = rowsOf(place);
  const values = rows.length > 1 ? value : [value];
  return { ...state, ...Object.fromEntries(rows.map((row, i) => [row, values[i]])) };
};
