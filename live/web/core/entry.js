// An entry in the browser's history for what a stage opens: a scene, a view. Whatever else changes
// the state changes the entry (`shell/history.js`), and what the entry says comes with torch's answer.

export const addEntry = () => History.prototype.pushState.call(history, history.state, '');
