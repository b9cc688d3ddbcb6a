"""One Python wrapper per stage: it mounts the component and checks what the browser sends."""
