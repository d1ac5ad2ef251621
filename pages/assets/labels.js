// Streamlit's own labels are in English whatever the page is in, and no setting changes that
// (https://github.com/streamlit/streamlit/issues/1353). On Chinese pages they are replaced as they appear.
import { EXACT, PATTERNS } from "./labels.zh.js";

const ATTRIBUTES = ["aria-label", "aria-roledescription", "placeholder", "title"];
// What the pages themselves have written is never touched.
const OURS = [
  // Streamlit writes the label of its button for files as it writes what pages say.
  '[data-testid="stMarkdownContainer"]:not([data-testid="stFileUploaderDropzone"] button *)',
  ...["stHtml", "stText", "stTable", "stCode", "stHeading", "stMetric", "stJson"].map((name) => `[data-testid="${name}"]`),
  "#ssr", "textarea", "code", "pre", "[contenteditable]",
].join(",");

export function translate(text) {
  const words = text.trim();
  if (!words) return text;
  const exact = EXACT[words];
  if (exact) return text.replace(words, exact);
  for (const [pattern, replacement] of PATTERNS) {
    if (pattern.test(words)) return text.replace(words, words.replace(pattern, replacement));
  }
  return text;
}

function translateText(node) {
  if (node.parentElement?.closest(OURS)) return;
  const translated = translate(node.nodeValue);
  if (translated !== node.nodeValue) node.nodeValue = translated;
}

function translateAttributes(element) {
  for (const name of ATTRIBUTES) {
    const value = element.getAttribute(name);
    const translated = value && translate(value);
    if (translated !== value) element.setAttribute(name, translated);
  }
}

function translateAll(node) {
  if (node.nodeType === Node.TEXT_NODE) translateText(node);
  if (node.nodeType !== Node.ELEMENT_NODE) return;
  const walker = document.createTreeWalker(node, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT);
  for (let each = node; each; each = walker.nextNode()) {
    if (each.nodeType === Node.TEXT_NODE) translateText(each);
    else translateAttributes(each);
  }
}

function translateChanges(changes) {
  for (const change of changes) {
    if (change.type === "childList") change.addedNodes.forEach(translateAll);
    else if (change.type === "characterData") translateText(change.target);
    else translateAttributes(change.target);
  }
}

if (document.documentElement.lang.startsWith("zh")) {
  new MutationObserver(translateChanges).observe(document.body, {
    attributeFilter: ATTRIBUTES,
    characterData: true,
    childList: true,
    subtree: true,
  });
}
