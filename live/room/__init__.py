"""The room: phones answer what the projector asks. Rules, what is kept, HTTP."""
