// Draws the regions of a list on a map. The list is the data: each row names its region and its
// level, so that map and list can't differ; when the list changes, the map is coloured again.
(() => {
  const SVG = "http://www.w3.org/2000/svg";

  const patterns = (svg) => {
    if (svg.querySelector("#pattern-medium")) return;
    const defs = document.createElementNS(SVG, "defs");
    const pattern = (name, lines) => {
      const tile = document.createElementNS(SVG, "pattern");
      tile.setAttribute("id", `pattern-${name}`);
      tile.setAttribute("width", "8");
      tile.setAttribute("height", "8");
      tile.setAttribute("patternUnits", "userSpaceOnUse");
      const ground = document.createElementNS(SVG, "rect");
      ground.setAttribute("width", "8");
      ground.setAttribute("height", "8");
      ground.setAttribute("class", `pattern-${name}-ground`);
      tile.append(ground);
      for (const path of lines) {
        const line = document.createElementNS(SVG, "path");
        line.setAttribute("d", path);
        line.setAttribute("class", `pattern-${name}-line`);
        tile.append(line);
      }
      defs.append(tile);
    };
    pattern("medium", ["M-2,2 l4,-4 M0,8 l8,-8 M6,10 l4,-4"]);
    pattern("high", ["M-2,2 l4,-4 M0,8 l8,-8 M6,10 l4,-4", "M-2,6 l4,4 M0,0 l8,8 M6,-2 l4,4"]);
    svg.prepend(defs);
  };

  const rows = () => new Map(
    [...document.querySelectorAll("[data-region]")].map((row) => [row.dataset.region, row]),
  );

  const choose = (areas, code) => {
    for (const [other, layer] of areas) layer.getElement()?.classList.toggle("chosen", other === code);
    for (const [other, row] of rows()) row.classList.toggle("chosen", other === code);
  };

  const colour = (areas) => {
    const listed = rows();
    for (const [code, layer] of areas) {
      const path = layer.getElement();
      if (!path) continue;
      const row = listed.get(code);
      const level = row?.dataset.level || "none";
      path.setAttribute("class", `area area-${level} leaflet-interactive`);
      path.setAttribute("role", "link");
      path.setAttribute("tabindex", "0");
      path.setAttribute("aria-label", row ? `${row.dataset.name}: ${row.dataset.levelName}` : code);
    }
  };

  // Names that would cover one another give way: higher levels first, then the order of the list.
  const thin = (areas) => {
    const rank = { high: 0, medium: 1 };
    const listed = [...rows()].sort(
      ([, a], [, b]) => (rank[a.dataset.level] ?? 2) - (rank[b.dataset.level] ?? 2),
    );
    const taken = [];
    for (const [code] of listed) {
      const label = areas.get(code)?.getTooltip()?.getElement();
      if (!label) continue;
      const box = label.getBoundingClientRect();
      const covered = taken.some(
        // A few pixels are margin: the boxes are wider than their words.
        (other) => box.left + 8 < other.right && box.right - 8 > other.left
          && box.top < other.bottom && box.bottom > other.top,
      );
      label.classList.toggle("crowded", covered);
      if (!covered) taken.push(box);
    }
  };

  window.riskMap = async (map) => {
    const box = map.getContainer();
    document.getElementById("map-needs-script").hidden = true;
    for (const [name, words] of [["in", box.dataset.zoomIn], ["out", box.dataset.zoomOut]]) {
      const button = box.querySelector(`.leaflet-control-zoom-${name}`);
      button?.setAttribute("title", words);
      button?.setAttribute("aria-label", words);
    }
    const answer = await fetch(box.dataset.boundaries, { credentials: "same-origin" });
    if (!answer.ok) return;
    const outlines = await answer.json();
    const areas = new Map();
    const layer = L.geoJSON(outlines, {
      onEachFeature: (feature, area) => {
        const { code, name } = feature.properties;
        areas.set(code, area);
        const visit = () => {
          const link = rows().get(code)?.querySelector("a");
          if (link) window.location.href = link.href;
        };
        area.on("click", visit);
        area.on("mouseover", () => choose(areas, code));
        area.on("add", () => {
          area.getElement().addEventListener("focus", () => choose(areas, code));
          area.getElement().addEventListener("keydown", (event) => {
            if (event.key === "Enter") visit();
          });
        });
        const label = document.createElement("span");
        label.textContent = name;
        area.bindTooltip(label, { permanent: true, direction: "center", className: "map-label" });
      },
    }).addTo(map);
    if (areas.size === 0) return;
    patterns(box.querySelector(".leaflet-overlay-pane svg"));
    map.options.zoomSnap = 0.25;
    map.fitBounds(layer.getBounds(), { padding: [8, 8], animate: false });
    const draw = () => {
      colour(areas);
      thin(areas);
    };
    draw();
    map.on("zoomend", () => window.requestAnimationFrame(() => thin(areas)));
    document.getElementById("map-note").hidden = !outlines.features.some(
      (feature) => feature.properties.schematic,
    );
    box.dataset.ready = "yes";
    document.body.addEventListener("htmx:afterSettle", draw);
    document.body.addEventListener("mouseover", (event) => {
      const row = event.target.closest?.("[data-region]");
      if (row && areas.has(row.dataset.region)) choose(areas, row.dataset.region);
    });
  };
})();
