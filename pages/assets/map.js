// Draws the projects of the block of data in this page. Whatever people wrote is put into the page as text, never as HTML.
"use strict";

// So many lines and areas are drawn at once; more of them wait until the marks stand. More marks wait for one frame, so
// that it says meanwhile that they will come.
const FEW = 300;

function drawProjects(map) {
  const data = JSON.parse(document.getElementById("map-data").textContent);
  const quiet = matchMedia("(prefers-reduced-motion: reduce)").matches;
  map.attributionControl.setPrefix(false);
  map.getContainer().setAttribute("role", "region");
  map.getContainer().setAttribute("aria-label", data.title);
  map.zoomControl.getContainer().querySelectorAll("a").forEach((button, number) => {
    button.title = data.zoom[number];
    button.setAttribute("aria-label", data.zoom[number]);
  });

  L.control.scale({ imperial: false }).addTo(map);
  map.on("popupopen", ({ popup }) => popup.getElement().querySelector(".leaflet-popup-close-button").setAttribute("aria-label", data.close));

  // Above lines and areas, and beneath the marks.
  map.createPane("names").style.zIndex = 450;
  const bounds = L.latLngBounds([]);
  const outlined = L.latLngBounds([]);
  if (data.outline) {
    const outline = L.geoJSON(data.outline, {
      interactive: false,
      pointToLayer: (feature, place) => L.circleMarker(place, { radius: 1 }),
      style: ground,
      onEachFeature: (feature, layer) => nameOf(feature, layer, data),
    }).addTo(map);
    outlined.extend(outline.getBounds());
  }

  const group = L.markerClusterGroup({
    animate: !quiet,
    iconCreateFunction: (cluster) => groupIcon(cluster, data.group),
    maxClusterRadius: 48,
    showCoverageOnHover: false,
  });
  const icons = data.lights.map(([letter]) =>
    L.divIcon({ className: `mark mark-${letter}`, html: letter, iconSize: [24, 24], popupAnchor: [0, -10] }));
  const marks = new Map();
  // Of thousands of marks few are seen at a time: what a mark says is made when it comes into sight.
  map.on("layeradd", ({ layer }) => layer.options.row && describe(layer, data));
  const shapes = data.marks.filter((row) => row[6]);
  const hasFew = shapes.length <= FEW;
  for (const row of data.marks) {
    const place = L.latLng(row[4], row[3]);
    marks.set(row[0], L.marker(place, { icon: icons[row[2]], row }));
    bounds.extend(place);
  }
  for (const each of data.groups) bounds.extend(gathered(each, data).addTo(map).getLatLng());
  if (hasFew) for (const row of shapes) bounds.extend(shape(row, data).addTo(map).getBounds());
  for (const [longitude, latitude] of data.area?.ring ?? []) bounds.extend([latitude, longitude]);
  const seen = bounds.isValid() ? bounds : outlined;
  if (seen.isValid()) map.fitBounds(seen, { padding: [24, 24], maxZoom: 15, animate: false });
  // Marks are gathered at each step of zoom, so steps at which all are one are not offered.
  map.setMinZoom(Math.max(0, map.getZoom() - 3));

  if (marks.size) legend(data).addTo(map);
  else if (!data.groups.length) notice(map, data.empty);
  followKeyboard(map, group);
  if (data.area) offerArea(map, data.area);
  const show = () => {
    const asked = marks.get(decodeURIComponent(location.hash.slice(1)));
    if (asked) group.zoomToShowLayer(asked, () => asked.openPopup());
  };
  const draw = () => {
    // A group that is on the map already does not look through all that wait for each that is added.
    map.addLayer(group);
    group.addLayers([...marks.values()]);
    document.getElementById("soon").remove();
    if (!hasFew) requestAnimationFrame(() => setTimeout(drawLater, 0, shapes, data, map));
    addEventListener("hashchange", show);
    show();
  };
  if (marks.size <= FEW) draw();
  else requestAnimationFrame(() => setTimeout(draw));
}

function describe(mark, data) {
  const [, title, light] = mark.options.row;
  const described = `${title} – ${data.lights[light][0]} ${data.lights[light][1]}`;
  mark.getElement().title = described;
  mark.getElement().setAttribute("aria-label", described);
  if (!mark.getPopup()) mark.bindPopup(() => card(mark.options.row, data), { minWidth: 180, maxWidth: 280 });
}

function shape(row, data) {
  const [letter, , tone] = data.lights[row[2]];
  return L.geoJSON(row[6], {
    pointToLayer: (feature, place) => L.circleMarker(place, { radius: 5 }),
    style: { color: ink(tone), weight: 3, fillOpacity: 0.15, dashArray: letter === "R" ? "9 6" : null },
  }).bindPopup(() => card(row, data), { minWidth: 180, maxWidth: 280 });
}

function drawLater(rows, data, map) {
  for (const row of rows.slice(0, FEW)) shape(row, data).addTo(map);
  if (rows.length > FEW) setTimeout(drawLater, 0, rows.slice(FEW), data, map);
}

function card([id, title, light, , , late], data) {
  const [letter, words] = data.lights[light];
  const box = document.createElement("div");
  const link = document.createElement("a");
  const day = new URLSearchParams(location.search).get("as_of");
  link.href = `/projects/${encodeURIComponent(id)}${day ? `?as_of=${encodeURIComponent(day)}` : ""}`;
  link.target = "_top";
  link.textContent = title;
  link.addEventListener("click", leaveFrame);
  const state = document.createElement("p");
  const sign = document.createElement("span");
  sign.className = `mark mark-${letter}`;
  sign.textContent = letter;
  state.append(sign, ` ${words}`);
  if (late) state.append(` · ${data.slips[late > 0 ? 0 : 1].replace("#", Math.abs(late))}`);
  box.append(link, state);
  return box;
}

// Streamlit's frames may not steer the page around them, but a link of that page may. Pages of ours have one origin.
function leaveFrame(event) {
  if (window.parent === window || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  const twin = window.parent.document.createElement("a");
  twin.href = event.currentTarget.href;
  window.parent.document.body.append(twin);
  twin.click();
  twin.remove();
}

// Projects of which there are too many for a mark each: whoever chooses them asks for the area in which they lie.
function gathered([longitude, latitude, count, [west, south, east, north]], data) {
  const area = L.latLngBounds([south, west], [north, east]);
  const choose = ({ type, originalEvent }) => (type === "click" || originalEvent.key === "Enter") && ask(data.area, cornersOf(area));
  return L.marker([latitude, longitude], { icon: countIcon(count, data.group) }).on("click keypress", choose);
}

function groupIcon(cluster, words) {
  return countIcon(cluster.getChildCount(), words);
}

function countIcon(count, words) {
  const size = 30 + 6 * Math.floor(Math.log10(count));
  const label = document.createElement("span");
  label.textContent = count;
  const unseen = document.createElement("span");
  unseen.className = "unseen";
  unseen.textContent = ` ${words}`;
  label.append(unseen);
  return L.divIcon({ className: "marks", html: label, iconSize: [size, size] });
}

function legend(data) {
  const control = L.control({ position: "bottomright" });
  control.onAdd = () => {
    const list = L.DomUtil.create("ul", "legend");
    const used = new Set(data.marks.map((row) => row[2]));
    data.lights.forEach(([letter, words], light) => {
      if (!used.has(light)) return;
      const item = L.DomUtil.create("li", "", list);
      L.DomUtil.create("span", `mark mark-${letter}`, item).textContent = letter;
      item.append(words);
    });
    return list;
  };
  return control;
}

// Whoever opens a card with a key finds its link next, and is back at the mark when it closes.
function followKeyboard(map, group) {
  let from = null;
  document.addEventListener("keydown", (event) => {
    if (event.key === "Enter") from = event.target.closest(".mark") ?? from;
    if (event.key === "Escape") map.closePopup();
  });
  group.on("clusterkeypress", ({ layer, originalEvent }) => {
    if (originalEvent.key !== "Enter") return;
    if (map.getZoom() === map.getMaxZoom()) layer.spiderfy();
    else layer.zoomToBounds({ padding: [20, 20] });
    map.getContainer().focus({ preventScroll: true });
  });
  map.on("popupopen", ({ popup }) => from && popup.getElement().querySelector(".leaflet-popup-content a").focus({ preventScroll: true }));
  map.on("popupclose", () => {
    from?.focus({ preventScroll: true });
    from = null;
  });
}

function notice(map, words) {
  L.DomUtil.create("p", "notice", map.getContainer()).textContent = words;
}

// What lies under the marks: areas a shade darker than the paper, water in the colour of what is not late.
function ground({ properties }) {
  const tone = ink(["river", "lake"].includes(properties?.kind) ? "--accent" : "--quiet");
  return { color: tone, weight: 1, fillColor: tone, fillOpacity: 0.07, opacity: 0.6 };
}

function nameOf({ properties }, layer, { language, outline }) {
  const name = properties?.[`name_${language}`] ?? properties?.name;
  if (typeof name !== "string" || (outline.features?.length ?? 0) > 40) return;
  const label = document.createElement("span");
  label.textContent = name;
  layer.bindTooltip(label, { className: "place", direction: "center", pane: "names", permanent: true });
}

// Lines are drawn on a canvas, which knows no style sheet.
function ink(name) {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}
