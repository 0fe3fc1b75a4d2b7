// How a layer's features look on the map: areas with patterns, marks with sign and number, popups.
// Whatever the server sends becomes text, never markup.
window.mapDraw = (() => {
  const SVG = "http://www.w3.org/2000/svg";
  const SLANT = "M-2,2 l4,-4 M0,8 l8,-8 M6,10 l4,-4";
  const BACK = "M-2,6 l4,4 M0,0 l8,8 M6,-2 l4,4";
  const FLAT = "M0,2 h8 M0,6 h8";
  const CROSS = "M4,1 v6 M1,4 h6";
  const PATTERNS = { medium: [SLANT], high: [SLANT, BACK], up: [SLANT, BACK], down: [FLAT], new: [CROSS] };
  // With more areas than this, names and tab stops would be in one another's way.
  const NAMED_MOST = 60;
  const STACK = 26; // pixels from one layer's mark of a region to the next one's

  const svg = (name, attributes) => {
    const element = document.createElementNS(SVG, name);
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    return element;
  };

  const patterns = (root) => {
    if (root.querySelector("#pattern-medium")) return;
    const defs = svg("defs", {});
    for (const [name, lines] of Object.entries(PATTERNS)) {
      const tile = svg("pattern", {
        id: `pattern-${name}`, width: 8, height: 8, patternUnits: "userSpaceOnUse",
      });
      tile.append(svg("rect", { width: 8, height: 8, class: `pattern-${name}-ground` }));
      for (const d of lines) tile.append(svg("path", { d, class: `pattern-${name}-line` }));
      defs.append(tile);
    }
    root.prepend(defs);
  };

  const text = (tag, words, className = "") => {
    const element = document.createElement(tag);
    element.textContent = words;
    if (className) element.className = className;
    return element;
  };

  const sign = (style, signText) => {
    const element = text("span", signText, `swatch swatch-${style}`);
    element.setAttribute("aria-hidden", "true");
    return element;
  };

  const popup = (facts, openText) => {
    const box = document.createElement("div");
    box.className = "map-popup";
    box.append(text("strong", facts.name));
    const state = document.createElement("div");
    state.append(sign(facts.style, facts.sign), text("span", ` ${facts.word}`));
    box.append(state);
    if (facts.facts) {
      const list = document.createElement("dl");
      for (const [label, value] of facts.facts) list.append(text("dt", label), text("dd", value));
      box.append(list);
    }
    if (facts.link) {
      const link = text("a", openText);
      link.href = facts.link;
      box.append(link);
    }
    return box;
  };

  // What slides while it opens slips from under a finger: the map makes room first, at once. The
  // popup belongs to the map, so that a mark that is drawn again does not close it.
  const openAt = (map, place, body) => {
    map.panInside(place, { paddingTopLeft: [130, 180], paddingBottomRight: [130, 20], animate: false });
    L.popup({ autoPan: false, maxWidth: 240 }).setLatLng(place).setContent(body).openOn(map);
  };

  const pressable = (element, label, reachable, press) => {
    element.setAttribute("aria-label", label);
    if (!reachable) return;
    element.setAttribute("role", "button");
    element.setAttribute("tabindex", "0");
    element.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" && event.key !== " ") return;
      event.preventDefault();
      press();
    });
  };

  // Names that would cover one another give way: the graver first.
  const thin = (areas) => {
    const rank = { high: 0, up: 0, medium: 1, new: 1 };
    const taken = [];
    const ordered = [...areas.values()].sort((a, b) => (rank[a.facts.style] ?? 2) - (rank[b.facts.style] ?? 2));
    for (const { path } of ordered) {
      const label = path.getTooltip()?.getElement();
      if (!label) continue;
      const box = label.getBoundingClientRect();
      const covered = taken.some((other) => box.left + 8 < other.right && box.right - 8 > other.left
        && box.top < other.bottom && box.bottom > other.top);
      label.classList.toggle("crowded", covered);
      if (!covered) taken.push(box);
    }
  };

  // The areas on the map, kept between answers: a day that only changes colours sends no outlines.
  class Areas {
    constructor(map, openText, onChoose) {
      this.map = map;
      this.openText = openText;
      this.onChoose = onChoose;
      this.byCode = new Map();
      map.on("zoomend", () => window.requestAnimationFrame(() => thin(this.byCode)));
    }

    show(features) {
      const named = features.length <= NAMED_MOST;
      const wanted = new Set(features.map((feature) => feature.properties.code));
      for (const [code, { path }] of this.byCode) {
        if (wanted.has(code)) continue;
        path.remove();
        this.byCode.delete(code);
      }
      for (const { properties, geometry } of features) this.one(properties, geometry, named);
      thin(this.byCode);
    }

    one(facts, geometry, named) {
      let area = this.byCode.get(facts.code);
      if (!area && !geometry) return;
      if (area && geometry) area.path.setLatLngs(L.GeoJSON.coordsToLatLngs(geometry.coordinates, 2));
      if (!area) area = this.added(facts, geometry, named);
      area.facts = facts;
      const element = area.path.getElement();
      const chosen = element.classList.contains("chosen") ? " chosen" : "";
      element.setAttribute("class", `area area-${facts.style} leaflet-interactive${chosen}`);
      element.setAttribute("aria-label", [facts.name, facts.word].filter(Boolean).join(": "));
    }

    added(facts, geometry, named) {
      const path = L.polygon(L.GeoJSON.coordsToLatLngs(geometry.coordinates, 2)).addTo(this.map);
      const area = { path, facts };
      const open = () => {
        const body = popup(area.facts, this.openText);
        openAt(this.map, path.getBounds().getCenter(), body);
      };
      path.on("click", open);
      path.on("mouseover", () => this.choose(facts.code));
      const element = path.getElement();
      pressable(element, facts.name, named, open);
      element.addEventListener("focus", () => this.choose(facts.code));
      path.bindTooltip(text("span", facts.name), named
        ? { permanent: true, direction: "center", className: "map-label" }
        : { sticky: true });
      this.byCode.set(facts.code, area);
      patterns(this.map.getPane("overlayPane").querySelector("svg"));
      return area;
    }

    choose(code) {
      for (const [other, { path }] of this.byCode) {
        path.getElement()?.classList.toggle("chosen", other === code);
      }
      this.onChoose(code);
    }
  }

  const icon = (facts, place) => {
    const body = document.createElement("span");
    body.className = `mark-body swatch-${facts.style}`;
    const shown = text("span", facts.sign);
    shown.setAttribute("aria-hidden", "true");
    body.append(shown);
    if (facts.label) body.append(text("span", facts.label, "mark-number"));
    const stacked = facts.kind === "group" ? STACK * (place + 0.6) : 0;
    return L.divIcon({
      html: body, className: `mark mark-${facts.kind}`, iconSize: [0, 0], iconAnchor: [0, -stacked],
    });
  };

  // One layer's marks. `place` is the layer's turn: marks of one region stand below one another.
  const marks = (map, features, place, openText) => {
    const group = L.layerGroup();
    const reachable = features.length <= NAMED_MOST;
    for (const { properties: facts, geometry } of features) {
      const [longitude, latitude] = geometry.coordinates;
      const mark = L.marker([latitude, longitude], {
        icon: icon(facts, place), keyboard: reachable, title: `${facts.name}: ${facts.word}`, riseOnHover: true,
      });
      mark.on("click", () => {
        if (facts.kind === "cluster") map.setView([latitude, longitude], map.getZoom() + 2);
        else openAt(map, [latitude, longitude], popup(facts, openText));
      });
      mark.on("add", () => {
        const element = mark.getElement();
        element.setAttribute("aria-label", `${facts.name}: ${facts.label || ""} ${facts.word}`);
      });
      group.addLayer(mark);
    }
    return group;
  };

  return { Areas, marks, sign, text };
})();
