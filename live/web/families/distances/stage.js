// The distances stage: two matrices, two sets of points, codes, or one weight under a penalty.

import { FormulaCard } from '../../parts/formula_card.js';
import { familyStage } from '../../stage/family_stage.js';
import { Views } from '../../stage/views.js';
import { CodesView } from './codes_view.js';
import { DistanceLosses } from './losses.js';
import { MatrixView } from './matrix_view.js';
import { PenaltyView } from './penalty_view.js';
import { PointSetsView } from './point_sets_view.js';

export default familyStage('families/distances/distances.css', (context) => {
  const { page, tapes, words, store, choose } = context;
  const viewOf = ({ loss }) => Object.keys(page.views).find((name) => page.views[name].includes(loss));
  const model = new DistanceLosses(page, tapes);
  const results = (state) => model.results(state, (id) => nowOf(id, state));
  const view = (Kind, name) =>
    new Kind({ ...context, model, results, losses: page.losses.filter(({ id }) => page.views[name].includes(id)) });
  const [matrices, penalty] = [view(MatrixView, 'matrices'), view(PenaltyView, 'penalty')];
  // Where its run has taken a loss.
  const nowOf = (id, state) => (page.views.penalty.includes(id) ? penalty.weight(id, state) : matrices.descent.at(id));
  return new Views({
    views: {
      matrices,
      points: view(PointSetsView, 'points'),
      codes: view(CodesView, 'codes'),
      penalty,
    },
    of: viewOf,
    card: new FormulaCard({ page, words, store }),
    words,
    store,
    change: (name) => choose(page.views[name][0]),
  });
});
