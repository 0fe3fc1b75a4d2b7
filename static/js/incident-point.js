// Shows on a small map where an incident was, among the outlines of its regency's kecamatan.
window.incidentPoint = async (map) => {
  const box = map.getContainer();
  for (const [name, words] of [["in", box.dataset.zoomIn], ["out", box.dataset.zoomOut]]) {
    const button = box.querySelector(`.leaflet-control-zoom-${name}`);
    button?.setAttribute("title", words);
    button?.setAttribute("aria-label", words);
  }
  const spot = [Number(box.dataset.latitude), Number(box.dataset.longitude)];
  map.setView(spot, 12, { animate: false });
  const dot = L.circleMarker(spot, { radius: 9, className: "incident-dot", interactive: false });
  const answer = await fetch(box.dataset.boundaries, { credentials: "same-origin" }).catch(() => null);
  if (answer?.ok) {
    L.geoJSON(await answer.json(), {
      interactive: false,
      style: { className: "area area-none" },
      onEachFeature: ({ properties }, area) => {
        const name = document.createElement("span");
        name.textContent = properties.name;
        area.bindTooltip(name, { permanent: true, direction: "center", className: "map-label" });
      },
    }).addTo(map);
  }
  dot.addTo(map);
  dot.getElement()?.setAttribute("aria-label", box.dataset.mark);
  box.dataset.ready = "yes";
};
