// The information stage: two distributions under every quantity, and a Gaussian fitted to two humps.

import { FormulaCard } from '../../parts/formula_card.js';
import { familyStage } from '../../stage/family_stage.js';
import { Views } from '../../stage/views.js';
import { BarsView } from './bars_view.js';
import { GaussiansView } from './gaussians_view.js';
import { InformationLosses } from './losses.js';

export default familyStage('families/information/information.css', (context) => {
  const { page, tapes, words, store, turnTo } = context;
  const shared = { ...context, model: new InformationLosses(tapes) };
  // The unit is one control for all, under the picture.
  const losses = page.losses.map((loss) => ({ ...loss, options: [] }));
  return new Views({
    views: { bars: new BarsView(shared), gaussians: new GaussiansView(shared) },
    card: new FormulaCard({ page: { ...page, losses }, words, store }),
    words,
    store,
    change: turnTo,
  });
});
