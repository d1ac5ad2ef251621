// The code of a receipt comes in the fragment of the address, from its QR code: no server is sent a fragment. It is put
// into the field, and out of the address, before anybody else reads it.
import { write } from "./drafts.js";

const FIELD = ".st-key-receipt_code input";
const code = location.pathname === "/receipt" ? decodeURIComponent(location.hash.slice(1)) : "";

if (code) {
  history.replaceState(history.state, "", location.pathname + location.search);
  new MutationObserver((_, observer) => {
    const field = document.querySelector(FIELD);
    if (!field) return;
    observer.disconnect();
    write(field, code);
  }).observe(document.getElementById("root"), { childList: true, subtree: true });
}
