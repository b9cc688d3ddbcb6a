// The classification stage: one logit, several classes, or the whole way from features to the loss.

import { FormulaCard } from '../../parts/formula_card.js';
import { Playback } from '../../parts/playback.js';
import { familyStage } from '../../stage/family_stage.js';
import { Views } from '../../stage/views.js';
import { BatchView } from './batch_view.js';
import { BinaryView } from './binary_view.js';
import { ClassificationLosses } from './losses.js';
import { MulticlassView } from './multiclass_view.js';
import { PipelineView } from './pipeline_view.js';

export default familyStage('families/classification/classification.css', (context) => {
  const { tapes, words, store, turnTo } = context;
  // A crowd with both labels has a formula of its own, whatever the loss.
  const mixed = (loss) => ({
    ...loss,
    formula_with_values: [['mixed', context.page.mixed_numbers], ...loss.formula_with_values],
  });
  const page = { ...context.page, losses: context.page.losses.map(mixed) };
  const model = new ClassificationLosses(tapes);
  const descent = { advance: (state) => views.descent.advance(state), rewind: () => views.descent.rewind() };
  const playback = new Playback({ page, store, descent, speed: '¼×' }); // one for all views
  const names = words.class_names.split(/[,，] ?/);
  const lossesOf = (view) => page.losses.filter(({ id }) => page.views[view].includes(id));
  const view = (Kind, name) => new Kind({ ...context, page, model, playback, names, losses: lossesOf(name) });
  const binary = view(BinaryView, 'binary');
  const multiclass = view(MulticlassView, 'multiclass');
  const home = (scene) => scene.state.view ?? page.defaults.view;
  const views = new Views({
    views: { binary, multiclass, pipeline: view(PipelineView, 'pipeline'), batch: view(BatchView, 'batch') },
    card: new FormulaCard({ page, words, store }),
    words,
    store,
    change: turnTo,
    above: true,
    offered: (scene, { view: shown }) => home(scene) === shown,
    // Torch checks every loss, those of the other views too, and computes in float64. What two views
    // have is that of the one that is shown.
    checked: (state, results) =>
      new Map([...multiclass.results(state), ...binary.exact(state), ...(state.view === 'binary' ? [] : results)]),
  });
  return views;
});
