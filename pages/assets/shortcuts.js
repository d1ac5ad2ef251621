// Streamlit runs a page anew at the key "r" and clears caches at "c", also for those who move by voice or by keys and
// never asked for it (WCAG 2.1.4).
const KEYS = new Set(["r", "c"]);
const WRITING = 'input, textarea, select, [contenteditable="true"], [role="textbox"]';

window.addEventListener(
  "keydown",
  (event) => {
    const isPlain = !event.ctrlKey && !event.metaKey && !event.altKey;
    if (isPlain && KEYS.has(event.key.toLowerCase()) && !event.target.closest?.(WRITING)) {
      event.stopImmediatePropagation();
    }
  },
  { capture: true },
);
