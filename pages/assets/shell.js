// What a page of ours does beside Streamlit. Each file is one subject; the first has to be done before Streamlit starts.
import "./address.js";
import "./takeover.js";
import "./shortcuts.js";
import "./drafts.js";
import "./receipt.js";
import "./filters.js";
import "./printing.js";
import "./labels.js";
