// Draws an area within which projects are asked for: what is shown, a rectangle, or a polygon. The page around the map is
// then asked for with its corners. Whoever uses no pointer takes what is shown, moving the map with the keys.
"use strict";

// Four places are some ten metres, and keep the address short.
const PRECISION = 4;
const MOST_CORNERS = 60;

function offerArea(map, area) {
  const ring = area.ring.map(([longitude, latitude]) => [latitude, longitude]);
  if (ring.length) L.polygon(ring, outlined()).addTo(map);
  const drawing = { kind: null, corners: [], line: null };
  const box = L.DomUtil.create("div", "area");
  const buttons = {
    shown: () => ask(area, cornersOf(map.getBounds())),
    rectangle: () => begin("rectangle"),
    polygon: () => begin("polygon"),
    done: () => drawing.corners.length > 2 && ask(area, drawing.corners),
    cancel: () => begin(null),
    remove: () => ask(area, []),
  };
  for (const [name, act] of Object.entries(buttons)) {
    const button = L.DomUtil.create("button", "", box);
    button.type = "button";
    button.name = name;
    button.textContent = area.words[name];
    button.addEventListener("click", act);
  }
  const told = L.DomUtil.create("p", "", box);
  told.setAttribute("role", "status");
  L.DomEvent.disableClickPropagation(box);
  L.DomEvent.disableScrollPropagation(box);
  const control = L.control({ position: "topright" });
  control.onAdd = () => box;
  control.addTo(map);

  function begin(kind) {
    drawing.kind = kind;
    drawing.corners = [];
    tell();
  }

  function tell() {
    const { kind, corners } = drawing;
    drawing.line?.remove();
    drawing.line = corners.length ? L.polygon(corners, outlined()).addTo(map) : null;
    map.getContainer().classList.toggle("drawing", kind !== null);
    map.doubleClickZoom[kind ? "disable" : "enable"]();
    const button = (name) => box.querySelector(`[name=${name}]`);
    for (const name of ["rectangle", "polygon"]) button(name).setAttribute("aria-pressed", String(kind === name));
    button("done").hidden = kind !== "polygon" || corners.length < 3;
    button("cancel").hidden = kind === null;
    button("remove").hidden = !ring.length || kind !== null;
    const words = { rectangle: corners.length ? "second_corner" : "first_corner", polygon: "corners" }[kind];
    told.textContent = words ? area.words[words] : "";
  }

  map.on("click", ({ latlng }) => {
    if (!drawing.kind || drawing.corners.length >= MOST_CORNERS) return;
    drawing.corners.push(latlng);
    if (drawing.kind === "rectangle" && drawing.corners.length === 2) ask(area, cornersOf(L.latLngBounds(drawing.corners)));
    else tell();
  });
  document.addEventListener("keydown", (event) => event.key === "Escape" && drawing.kind && begin(null));
  tell();
}

function outlined() {
  return { color: ink("--ink"), weight: 2, dashArray: "6 6", fillOpacity: 0.05, interactive: false };
}

function cornersOf(bounds) {
  return [bounds.getSouthWest(), bounds.getSouthEast(), bounds.getNorthEast(), bounds.getNorthWest()];
}

// The page around the map has the same origin as the map, and its links may steer it.
function ask(area, corners) {
  const address = new URL(area.page, location.href);
  const on = (degrees, limit) => Number(Math.max(-limit, Math.min(limit, degrees)).toFixed(PRECISION));
  if (corners.length) address.searchParams.set("area", corners.map(({ lat, lng }) => `${on(lng, 180)},${on(lat, 90)}`).join(";"));
  const page = window.parent.document;
  const link = page.createElement("a");
  link.href = address.href;
  page.body.append(link);
  link.click();
  link.remove();
}
