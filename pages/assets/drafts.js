// Keeps what somebody is writing, in this browser alone, so that a reload, a crash or a lost connection costs no words.
// A field or a choice is kept when its key begins with "draft_". When the page has accepted it, it shows an element with
// data-draft-clear="<beginning of the keys>", and what was kept for this address under those keys is forgotten.
// With data-draft-show it is brought into sight.
// The field "draft_token" is different: the page fills it itself, and nobody sees it. It is kept for this tab alone, and
// given back after a reload, so that what is sent again is known to be the same.
const PREFIX = "throughline:draft:";
const DAYS_KEPT = 30;
const FIELDS = '[class*="st-key-draft_"] textarea, [class*="st-key-draft_"] input[type="text"]';
const GROUP = '[class*="st-key-draft_"] [role="radiogroup"]';
const CHOICES = `${GROUP} input[type="radio"]`;
const TOKEN = '[class*="st-key-draft_token"] input';
const ATTEMPTS = 20;
const met = new WeakSet();
const cleared = new Set();
let tokenOf = null;
let waiting = 0;

function keyOf(field) {
  const holder = field.closest('[class*="st-key-draft_"]');
  const name = [...(holder?.classList ?? [])].find((part) => part.startsWith("st-key-draft_"));
  return name?.slice("st-key-".length);
}

function place() {
  return `${PREFIX}${location.pathname}${location.search}:`;
}

function store(action) {
  // A browser may refuse to store anything. Then nothing is kept, and everything else works.
  try {
    return action(localStorage);
  } catch {
    return undefined;
  }
}

function storeInTab(action) {
  try {
    return action(sessionStorage);
  } catch {
    return undefined;
  }
}

function keep(field) {
  const key = keyOf(field);
  if (!key) return;
  met.add(field);
  cleared.delete(key);
  store((storage) => {
    if (field.value) storage.setItem(place() + key, JSON.stringify({ at: Date.now(), value: field.value }));
    else storage.removeItem(place() + key);
  });
}

function keepChoices() {
  for (const choice of document.querySelectorAll(`${CHOICES}:checked`)) {
    const key = keyOf(choice);
    cleared.delete(key);
    const value = choicesOf(choice.closest(GROUP)).indexOf(choice);
    store((storage) => storage.setItem(place() + key, JSON.stringify({ at: Date.now(), value })));
  }
}

function choicesOf(group) {
  return [...group.querySelectorAll('input[type="radio"]')];
}

function restoreChoice(group) {
  if (met.has(group)) return;
  met.add(group);
  setTimeout(() => {
    const key = keyOf(group);
    if (!key || cleared.has(key) || group.querySelector("input:checked")) return;
    choicesOf(group)[kept(key)]?.click();
  }, 250);
}

function keepToken() {
  const value = document.querySelector(TOKEN)?.value;
  if (value && tokenOf === place()) storeInTab((storage) => storage.setItem(place() + "draft_token", value));
}

function restoreToken() {
  if (tokenOf === place() || !document.querySelector(TOKEN)) return;
  tokenOf = place();
  const value = storeInTab((storage) => storage.getItem(place() + "draft_token"));
  if (value) giveBackToken(value, ATTEMPTS);
  else setTimeout(keepToken, 250);
}

function giveBackToken(value, attempts) {
  // While the page is still being drawn, what is written into a field may be undone; so it is looked at again, until
  // somebody presses something.
  if (attempts === 0) return;
  waiting = setTimeout(() => {
    const field = document.querySelector(TOKEN);
    if (field && field.value !== value) write(field, value);
    giveBackToken(value, attempts - 1);
  }, 250);
}

function kept(key) {
  const text = store((storage) => storage.getItem(place() + key));
  return text ? JSON.parse(text).value : "";
}

function restore(field) {
  if (met.has(field)) return;
  met.add(field);
  // The message that the field was accepted may arrive just after the field itself.
  setTimeout(() => {
    const key = keyOf(field);
    if (!key || cleared.has(key) || field.value || !field.isConnected) return;
    const value = kept(key);
    if (value) write(field, value);
  }, 250);
}

export function write(field, value) {
  // React remembers the value it set itself; only the browser's own setter makes it see another.
  const kind = field instanceof HTMLTextAreaElement ? HTMLTextAreaElement : HTMLInputElement;
  Object.getOwnPropertyDescriptor(kind.prototype, "value").set.call(field, value);
  field.dispatchEvent(new Event("input", { bubbles: true }));
  // Streamlit takes a text over when its field is left.
  setTimeout(() => {
    if (document.activeElement !== field) field.dispatchEvent(new FocusEvent("focusout", { bubbles: true }));
  }, 50);
}

function forget(prefix) {
  store((storage) => {
    for (const name of Object.keys(storage)) {
      if (!name.startsWith(place() + prefix)) continue;
      cleared.add(name.slice(place().length));
      storage.removeItem(name);
    }
  });
}

function forgetOld() {
  const oldest = Date.now() - DAYS_KEPT * 24 * 3600 * 1000;
  store((storage) => {
    for (const name of Object.keys(storage)) {
      if (name.startsWith(PREFIX) && !(JSON.parse(storage.getItem(name)).at > oldest)) storage.removeItem(name);
    }
  });
}

function look() {
  for (const sign of document.querySelectorAll("[data-draft-clear]")) {
    if (met.has(sign)) continue;
    met.add(sign);
    forget(sign.dataset.draftClear);
    if ("draftShow" in sign.dataset) sign.scrollIntoView();
  }
  document.querySelectorAll(FIELDS).forEach(restore);
  document.querySelectorAll(GROUP).forEach(restoreChoice);
  restoreToken();
}

forgetOld();
document.addEventListener("input", (event) => event.isTrusted && event.target.matches?.(FIELDS) && keep(event.target));
// Streamlit's choices tell nobody that they changed.
for (const kind of ["click", "keyup"]) document.addEventListener(kind, (event) => event.isTrusted && setTimeout(keepChoices, 50));
document.addEventListener("click", (event) => event.isTrusted && event.target.closest("button") && clearTimeout(waiting), true);
addEventListener("pagehide", keepToken);
new MutationObserver(look).observe(document.getElementById("root") ?? document.body, { childList: true, subtree: true });
