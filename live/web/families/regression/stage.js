// The regression stage: one residual under all losses, the constant that they prefer, and the line.

import { CurveLosses } from '../../parts/curve_losses.js';
import { CurveView } from '../../parts/curve_view.js';
import { FormulaCard } from '../../parts/formula_card.js';
import { familyStage } from '../../stage/family_stage.js';
import { Views } from '../../stage/views.js';
import { LineView } from './line_view.js';
import { OptimumView } from './optimum_view.js';

export default familyStage('families/regression/regression.css', (context) => {
  const { page, tapes, words, store, turnTo } = context;
  const shared = { ...context, model: new CurveLosses(page.losses, tapes) };
  const views = { curve: new CurveView(shared), optimum: new OptimumView(shared), line: new LineView(shared) };
  const elsewhere = (state) => state.view === 'optimum' && state.loss === OptimumView.ownParameters;
  return new Views({
    views,
    card: new FormulaCard({ page, words, store, elsewhere }),
    words,
    store,
    change: turnTo,
  });
});
