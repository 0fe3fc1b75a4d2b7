// Where it happened: the phone's position, a tap on the map, or the list of regions. A point finds
// its region on the server; without a network, in the outlines that were kept for that.
window.place = (() => {
  const PATIENCE = 20000;
  const LOOKUP_TIME_OUT = 8000;
  const ROUGH = 500; // metres; a less exact position is said to be rough
  const NEAR = 11; // zoom around a found point: its kecamatan, with parts of the neighbours
  const STEP = 10; // pixels that an arrow key moves the mark

  let box;
  let fields;
  let moved = () => {};
  let outlines = null;
  let map = null;
  let marker = null;
  let asked = 0; // number of the newest lookup: answers to older ones are dropped
  let picked = false; // the region was chosen by hand: no lookup changes it

  const part = (name) => box.querySelector(`[data-${name}]`);
  const say = (words, state = "") => {
    part("place-state").textContent = words;
    part("place-state").dataset.state = state;
  };
  const point = () => {
    const [latitude, longitude] = [fields.latitude, fields.longitude].map(
      ({ value }) => Number.parseFloat(value.trim().replace(",", ".")),
    );
    return Number.isFinite(latitude) && Number.isFinite(longitude) ? { latitude, longitude } : null;
  };

  const inRing = ([x, y], ring) => {
    let inside = false;
    for (let i = 0, j = ring.length - 1; i < ring.length; j = i, i += 1) {
      const [xi, yi] = ring[i];
      const [xj, yj] = ring[j];
      if (yi > y !== yj > y && x < ((xj - xi) * (y - yi)) / (yj - yi) + xi) inside = !inside;
    }
    return inside;
  };
  const around = ({ latitude, longitude }) => outlines?.features.find(({ geometry }) => {
    const polygons = geometry.type === "Polygon" ? [geometry.coordinates] : geometry.coordinates;
    const spot = [longitude, latitude];
    return polygons.some(([shell, ...holes]) => inRing(spot, shell) && !holes.some((hole) => inRing(spot, hole)));
  });

  const choose = (code) => {
    if (picked) return;
    const known = [...fields.region.options].some(({ value }) => value === code);
    fields.region.value = known ? code : "";
  };

  const lookUp = async () => {
    const spot = point();
    asked += 1;
    const mine = asked;
    part("found").textContent = "";
    if (!spot) return;
    const words = box.dataset;
    try {
      const query = new URLSearchParams({ lat: spot.latitude, lon: spot.longitude });
      const answer = await fetch(`${words.where}?${query}`, {
        headers: { Accept: "application/json" },
        credentials: "same-origin",
        redirect: "manual",
        signal: AbortSignal.timeout(LOOKUP_TIME_OUT),
      });
      if (mine !== asked) return;
      if (!answer.ok && answer.status !== 422) throw new Error(answer.status);
      const { region, title, certain, allowed, message } = await answer.json();
      if (mine !== asked) return;
      if (allowed) {
        choose(region);
        part("found").textContent = certain ? title : `${title}, ${words.about}`;
      } else {
        choose("");
        say(message, "problem");
      }
    } catch {
      if (mine !== asked) return;
      const area = around(spot);
      part("found").textContent = area
        ? `${words.kecamatan} ${area.properties.name}, ${words.about}`
        : words.later;
    }
    moved();
  };

  const mark = () => {
    if (!map) return;
    const spot = point();
    if (!spot) {
      marker?.remove();
      marker = null;
      return;
    }
    if (marker) {
      marker.setLatLng([spot.latitude, spot.longitude]);
      return;
    }
    marker = window.L.marker([spot.latitude, spot.longitude], {
      draggable: true,
      icon: window.L.divIcon({ className: "report-mark", iconSize: [44, 44], iconAnchor: [22, 44] }),
    }).addTo(map);
    const sign = marker.getElement();
    sign.setAttribute("aria-label", box.dataset.mark);
    sign.addEventListener("keydown", (event) => {
      const steps = { ArrowUp: [0, -STEP], ArrowDown: [0, STEP], ArrowLeft: [-STEP, 0], ArrowRight: [STEP, 0] };
      const step = steps[event.key];
      if (!step) return;
      event.preventDefault();
      event.stopPropagation();
      const at = map.latLngToContainerPoint(marker.getLatLng()).add(step);
      put(map.containerPointToLatLng(at));
    });
    marker.on("dragend", () => put(marker.getLatLng()));
  };

  const set = (latitude, longitude, accuracy = "") => {
    fields.latitude.value = latitude.toFixed(6);
    fields.longitude.value = longitude.toFixed(6);
    fields.accuracy_m.value = accuracy;
    part("clear").hidden = false;
    mark();
    moved();
    lookUp();
  };

  function put({ lat, lng }) {
    say(box.dataset.tapped, "found");
    set(lat, lng);
  }

  const clear = () => {
    for (const name of ["latitude", "longitude", "accuracy_m"]) fields[name].value = "";
    part("clear").hidden = true;
    say("");
    choose("");
    mark();
    lookUp();
    moved();
  };

  const located = ({ coords }) => {
    const accuracy = Math.max(1, Math.round(coords.accuracy));
    const shown = new Intl.NumberFormat(document.documentElement.lang).format(accuracy);
    const rough = accuracy > ROUGH ? ` ${box.dataset.rough}` : "";
    say(`${box.dataset.located} ± ${shown} m.${rough}`, rough ? "rough" : "found");
    set(coords.latitude, coords.longitude, accuracy);
    map?.setView([coords.latitude, coords.longitude], Math.max(map.getZoom(), NEAR), { animate: false });
  };

  const locate = () => {
    const words = box.dataset;
    if (!window.isSecureContext || !navigator.geolocation) {
      say(words.insecure, "problem");
      return;
    }
    const button = part("gps");
    button.disabled = true;
    say(words.looking);
    const over = () => {
      button.disabled = false;
    };
    navigator.geolocation.getCurrentPosition(
      (position) => {
        over();
        located(position);
      },
      ({ code }) => {
        over();
        say({ 1: words.denied, 2: words.unavailable, 3: words.timeout }[code], "problem");
      },
      { enableHighAccuracy: true, timeout: PATIENCE, maximumAge: 30000 },
    );
  };

  // The newest outlines, else those kept from an earlier visit.
  const load = async (shelf) => {
    try {
      const answer = await fetch(box.dataset.boundaries, { credentials: "same-origin" });
      if (!answer.ok) throw new Error(answer.status);
      outlines = await answer.json();
      await shelf?.write("outlines", outlines);
    } catch {
      outlines ??= (await shelf?.read("outlines")) ?? null;
    }
    draw();
  };

  let drawn = null;
  function draw() {
    if (!map || !outlines || drawn || !part("map").open) return;
    drawn = window.L.geoJSON(outlines, {
      interactive: false,
      style: { className: "area area-none" },
      onEachFeature: ({ properties }, area) => {
        const label = document.createElement("span");
        label.textContent = properties.name;
        area.bindTooltip(label, { permanent: true, direction: "center", className: "map-label" });
      },
    }).addTo(map);
    if (!drawn.getLayers().length) return;
    map.fitBounds(drawn.getBounds(), { padding: [8, 8], animate: false });
    const spot = point();
    if (spot) map.setView([spot.latitude, spot.longitude], NEAR, { animate: false });
    part("map").dataset.drawn = "yes";
  }

  // Called by the map's own script, once the page is loaded.
  window.incidentMap = (made) => {
    map = made;
    const frame = map.getContainer();
    for (const [name, words] of [["in", frame.dataset.zoomIn], ["out", frame.dataset.zoomOut]]) {
      const button = frame.querySelector(`.leaflet-control-zoom-${name}`);
      button?.setAttribute("title", words);
      button?.setAttribute("aria-label", words);
    }
    map.on("click", ({ latlng }) => put(latlng));
    box ??= document.querySelector("[data-place]");
    const opened = () => {
      if (!part("map").open) return;
      map.invalidateSize({ animate: false });
      draw();
      mark();
    };
    part("map").addEventListener("toggle", opened);
    part("centre").addEventListener("click", () => {
      put(map.getCenter());
      marker.getElement().focus();
    });
    opened();
  };

  return {
    // `form` holds the fields; `changed` is called whenever point or region changed.
    start: (form, shelf, changed) => {
      box = document.querySelector("[data-place]");
      fields = form.elements;
      moved = changed;
      for (const shown of box.querySelectorAll("[data-with-script]")) shown.hidden = false;
      part("gps").addEventListener("click", locate);
      part("clear").addEventListener("click", clear);
      fields.region.addEventListener("change", () => {
        picked = fields.region.value !== "";
      });
      for (const name of ["latitude", "longitude"]) {
        fields[name].addEventListener("change", () => {
          fields.accuracy_m.value = "";
          part("clear").hidden = !point();
          mark();
          lookUp();
        });
      }
      return load(shelf);
    },
    // After the fields were filled from a draft, or emptied.
    show: (chosen) => {
      picked = chosen;
      part("clear").hidden = !point();
      say("");
      mark();
      lookUp();
    },
    get picked() {
      return picked;
    },
  };
})();
