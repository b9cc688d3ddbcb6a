"""The rival of `benchmarks.drag`: the same losses, computed by a rerun for every pointer move.

As quick as a page by reruns can be: the picture moves in the browser at once, a fragment reruns,
the numbers travel in the data of the component, and one message is in flight at a time, so that no
queue builds up. Torch computes value and gradient of the same losses as on the page of the app.
"""

import math
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))

import streamlit as st  # noqa: E402

from live.families import PAGES  # noqa: E402
from live.families.page_tables import table  # noqa: E402

STAGE = """
const instances = new WeakMap();

function pump(s) {
  if (!s.pending || s.inFlight) return;
  s.inFlight = ++s.sequence;
  s.moved.set(s.sequence, s.pending.at);
  s.set("box", { prediction: s.pending.box, sequence: s.sequence });
  s.pending = undefined;
}

function wire(root, start) {
  const svg = root.querySelector("svg"), rect = root.querySelector("rect");
  const s = { sequence: 0, inFlight: 0, moved: new Map(), table: root.querySelector("tbody") };
  const place = ([x1, y1, x2, y2]) => {
    const attributes = { x: x1, y: y1, width: x2 - x1, height: y2 - y1 };
    for (const name in attributes) rect.setAttribute(name, 100 * attributes[name]);
  };
  place(start);
  const at = (e) => new DOMPoint(e.clientX, e.clientY).matrixTransform(svg.getScreenCTM().inverse());
  let box = start, from;
  rect.addEventListener("pointerdown", (e) => { rect.setPointerCapture(e.pointerId); from = at(e); });
  rect.addEventListener("pointermove", (e) => {
    if (!from) return;
    const { x, y } = at(e), dx = (x - from.x) / 100, dy = (y - from.y) / 100;
    place(box = [start[0] + dx, start[1] + dy, start[2] + dx, start[3] + dy]);
    s.pending = { box, at: e.timeStamp };
    pump(s);
  });
  rect.addEventListener("pointerup", () => { from = undefined; start = box; });
  return s;
}

export default ({ parentElement, data, setStateValue }) => {
  let s = instances.get(parentElement);
  if (!s) instances.set(parentElement, s = wire(parentElement, data.start));
  s.set = setStateValue;
  s.table.replaceChildren(...data.rows.map((row) => {
    const line = document.createElement("tr");
    for (const text of row) line.append(Object.assign(document.createElement("td"), { textContent: text }));
    return line;
  }));
  if (s.moved.has(data.sequence)) globalThis.numbersDrawn?.(s.moved.get(data.sequence));
  if (s.inFlight && data.sequence >= s.inFlight) { s.inFlight = 0; pump(s); }
};
"""  # noqa: E501
component = st.components.v2.component(
    "rerun_stage",
    html='<svg viewBox="0 0 800 600" width="640" style="touch-action:none;background:#eee">'
    '<rect fill="#0072B2"/></svg><table><tbody></tbody></table>',
    js=STAGE,
    isolate_styles=False,
)


@st.fragment
def stage() -> None:
    start = table("boxes").start()
    sent = (st.session_state.get("stage") or {}).get("box")
    prediction = tuple(sent["prediction"]) if sent else start["prediction"]
    answer = PAGES["boxes"].answer({**start, "prediction": prediction})
    rows = []
    for loss, value in answer["values"].items():
        length = math.hypot(*answer["gradients"][loss])
        rows.append([loss, f"{float(value):.3f}", f"{length:.3f}"])
    component(
        key="stage",
        data={
            "start": list(start["prediction"]),
            "rows": rows,
            "sequence": sent["sequence"] if sent else 0,
        },
        on_box_change=lambda: None,
    )


st.set_page_config(layout="wide")
stage()
