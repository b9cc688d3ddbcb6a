// What the static site does beside its stages: formulas in words, charts of the claims.

addEventListener('DOMContentLoaded', () => {
  for (const element of document.querySelectorAll('.lab-math')) {
    globalThis.katex.render(element.textContent, element, { throwOnError: false });
  }

  // The library that draws charts is large: it comes with the first claim that is opened.
  let library;
  const load = () =>
    new Promise((done, fail) => {
      const script = document.createElement('script');
      Object.assign(script, { src: 'plotly.min.js', onload: done, onerror: fail });
      document.head.append(script);
    });
  for (const claim of document.querySelectorAll('details')) {
    claim.addEventListener('toggle', async () => {
      const chart = claim.querySelector('[data-chart]:empty');
      if (!chart || !claim.open) return;
      library ??= load();
      await library;
      const { data, layout } = JSON.parse(chart.dataset.chart);
      const ink = getComputedStyle(document.body).color;
      const look = { ...layout, paper_bgcolor: 'transparent', plot_bgcolor: 'transparent', font: { color: ink } };
      globalThis.Plotly.newPlot(chart, data, look, { displayModeBar: false, responsive: true });
    });
  }

  // A claim that a link leads to stands open.
  const open = () => document.getElementById(location.hash.slice(1))?.setAttribute('open', '');
  addEventListener('hashchange', open);
  open();
});
