// What the server wrote is shown until Streamlit has drawn its own: its heading, or all of a page without one. A script
// that has ended may still wait for the code that draws its first element, and shows a grey bar for it meanwhile.
const HEADING = '[data-testid="stMain"] h1';
const ENDED = '[data-testid="stApp"][data-test-script-state="notRunning"] [data-testid="stMain"]:not(:has([data-testid="stSkeleton"])) [data-testid="stElementContainer"]';
const READY = `${HEADING}, ${ENDED}`;

const readable = document.getElementById("ssr");
const root = document.getElementById("root");

function takeOver(observer) {
  if (!document.querySelector(READY)) return;
  observer.disconnect();
  readable.remove();
}

if (readable && root) {
  new MutationObserver((_, observer) => takeOver(observer)).observe(root, {
    attributeFilter: ["data-test-script-state"],
    childList: true,
    subtree: true,
  });
}

// The links to the other languages come back to where the visitor is by then.
document.getElementById("languages")?.addEventListener("click", (event) => {
  const link = event.target.closest("a");
  if (link) link.search = new URLSearchParams({ next: location.pathname + location.search });
});
