// A decision's permanent address is /decisions/<id>. Streamlit knows no addresses below another and calls the same page
// /decision?id=<id>. The server has answered the first; Streamlit is to start on the second.
const SINGULAR = { decisions: "decision", projects: "project" };

export function streamlitAddress(pathname, search) {
  const found = /^\/(decisions|projects)\/([^/]+)\/?$/.exec(pathname);
  if (!found) return null;
  const query = new URLSearchParams(search);
  query.set("id", decodeURIComponent(found[2]));
  return `/${SINGULAR[found[1]]}?${query}`;
}

const address = streamlitAddress(location.pathname, location.search);
if (address) history.replaceState(history.state, "", address + location.hash);

// Streamlit would look for its server below the address of the page first.
window.__streamlit = { BACKEND_BASE_URL: `${location.origin}/` };
