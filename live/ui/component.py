"""Components whose JavaScript lies in `live/web`."""

from collections.abc import Callable
from functools import cache
from typing import Any

import streamlit as st

from live.modules import address


@cache
def component(module: str) -> Callable[..., Any]:
    """The component whose module is `live/web/<module>.js`.

    Streamlit sends a component's script again with every change of its data, so the script is one
    line that loads the module; the browser keeps that for ever.
    """
    return st.components.v2.component(
        f"lab_{module.replace('/', '_')}",
        html='<div class="lab"></div>',
        js=f"""
export default async (component) =>
  (await import(new URL("{address(module)}", document.baseURI))).default(component);
""",
        isolate_styles=False,
    )
