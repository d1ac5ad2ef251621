// Draws the projects of the block of data in this page. Whatever people wrote is put into the page as text, never as HTML.
"use strict";

function drawProjects(map) {
  const data = JSON.parse(document.getElementById("map-data").textContent);
  const quiet = matchMedia("(prefers-reduced-motion: reduce)").matches;
  map.attributionControl.setPrefix(false);
  map.getContainer().setAttribute("role", "region");
  map.getContainer().setAttribute("aria-label", data.title);

  const bounds = L.latLngBounds([]);
  if (data.outline) {
    const outline = L.geoJSON(data.outline, {
      interactive: false,
      pointToLayer: (feature, place) => L.circleMarker(place, { radius: 1 }),
      style: { className: "outline", color: "#9a948a", weight: 1, fillColor: "#8f8a80", fillOpacity: 0.06 },
    }).addTo(map);
    bounds.extend(outline.getBounds());
  }

  const group = L.markerClusterGroup({
    animate: !quiet,
    iconCreateFunction: groupIcon,
    maxClusterRadius: 48,
    showCoverageOnHover: false,
  });
  const marks = data.marks.map((row) => mark(row, data.states));
  group.addLayers(marks);
  map.addLayer(group);
  for (const row of data.marks) {
    bounds.extend([row[4], row[3]]);
    if (row[5]) bounds.extend(shape(row, data.states).addTo(map).getBounds());
  }

  if (bounds.isValid()) map.fitBounds(bounds, { padding: [24, 24], maxZoom: 15, animate: false });
  if (marks.length) legend(data).addTo(map);
  else notice(map, data.empty);
}

function mark(row, states) {
  const [id, title, state, longitude, latitude] = row;
  const icon = L.divIcon({
    className: `mark mark-${states[state][0]}`,
    html: states[state][1],
    iconSize: [24, 24],
    popupAnchor: [0, -10],
  });
  const described = `${title} – ${states[state][2]}`;
  const drawn = L.marker([latitude, longitude], { icon, title: described });
  drawn.on("add", () => drawn.getElement()?.setAttribute("aria-label", described));
  return drawn.bindPopup(() => card(id, title, states[state]), { minWidth: 180, maxWidth: 280 });
}

function shape(row, states) {
  const [id, title, state, , , geometry] = row;
  return L.geoJSON(geometry, {
    pointToLayer: (feature, place) => L.circleMarker(place, { radius: 5 }),
    style: { color: "#0B5C6B", weight: 3, fillOpacity: 0.15 },
  }).bindPopup(() => card(id, title, states[state]), { minWidth: 180, maxWidth: 280 });
}

function card(id, title, [, sign, words]) {
  const box = document.createElement("div");
  const link = document.createElement("a");
  link.href = `/projects/${encodeURIComponent(id)}`;
  link.target = "_top";
  link.textContent = title;
  const state = document.createElement("p");
  state.textContent = `${sign} ${words}`;
  box.append(link, state);
  return box;
}

function groupIcon(cluster) {
  const count = cluster.getChildCount();
  const size = 30 + 6 * Math.floor(Math.log10(count));
  return L.divIcon({ className: "marks", html: `<span>${count}</span>`, iconSize: [size, size] });
}

function legend(data) {
  const control = L.control({ position: "bottomright" });
  control.onAdd = () => {
    const list = L.DomUtil.create("ul", "legend");
    const used = new Set(data.marks.map((row) => row[2]));
    data.states.forEach(([code, sign, words], state) => {
      if (!used.has(state)) return;
      const item = L.DomUtil.create("li", "", list);
      L.DomUtil.create("span", `mark mark-${code}`, item).textContent = sign;
      item.append(words);
    });
    return list;
  };
  return control;
}

function notice(map, words) {
  L.DomUtil.create("p", "notice", map.getContainer()).textContent = words;
}
