// The distances stage: two matrices, two sets of points, codes, or one weight under a penalty.

import { familyStage } from '../../stage/family_stage.js';
import { Views } from '../../stage/views.js';
import { CodesView } from './codes_view.js';
import { RemoteFormulaCard } from './formula_card.js';
import { DistanceLosses } from './losses.js';
import { MatrixView } from './matrix_view.js';
import { PenaltyView } from './penalty_view.js';
import { PointSetsView } from './point_sets_view.js';
import { RemoteLosses } from './remote_losses.js';

export default familyStage('families/distances/distances.css', (context) => {
  const { page, tapes, words, store, choose } = context;
  const viewOf = ({ loss }) => Object.keys(page.views).find((name) => page.views[name].includes(loss));
  const waits = ({ loss, losses }) => page.untaped.some((id) => id === loss || losses.includes(id));
  const remote = new RemoteLosses(store, (state) => viewOf(state) === 'matrices' && waits(state));
  const model = new DistanceLosses(page, tapes, remote);
  const results = (state, answer) => {
    remote.ask(state);
    return model.results(state, answer, (id) => nowOf(id, state));
  };
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
    card: new RemoteFormulaCard({ page, words, store, remote }),
    words,
    store,
    change: (name) => choose(page.views[name][0]),
    receive: (answer) => remote.receive(answer),
  });
});
