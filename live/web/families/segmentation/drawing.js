// Drawing on grids of cells.

// The edges between cells of the mask and cells beside it, as an SVG path in units of cells.
export function outline(cells, rows, columns) {
  const inside = (row, column) =>
    row >= 0 && row < rows && column >= 0 && column < columns && cells[row * columns + column] !== '0';
  let path = '';
  for (let row = 0; row <= rows; row++) {
    for (let column = 0; column <= columns; column++) {
      if (inside(row, column) !== inside(row - 1, column)) path += `M${column} ${row}h1`;
      if (inside(row, column) !== inside(row, column - 1)) path += `M${column} ${row}v1`;
    }
  }
  return path;
}
