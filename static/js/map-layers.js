// The map of the page of levels: asks the server for each layer that is switched on, for the part
// and the zoom on the screen. What is shown stands in the address, so that a link shows it again.
window.layerMap = (map) => {
  const { Areas, marks, sign, text } = window.mapDraw;
  const box = map.getContainer();
  const words = box.dataset;
  const body = document.body;
  const asked = new URLSearchParams(window.location.search);
  const state = { per: asked.get("per") || "", sejak: asked.get("sejak") || "" };
  const INDONESIA = L.latLngBounds([-15, 90], [12, 150]);
  const SETTLE = 150;
  const NAMED_WITH_MARKS = 20;
  let layers = [];
  let active = new Set();
  const drawn = new Map(); // key -> { group, answer, address, control }

  document.getElementById("map-needs-script").hidden = true;
  for (const [name, label] of [["in", words.zoomIn], ["out", words.zoomOut]]) {
    const button = box.querySelector(`.leaflet-control-zoom-${name}`);
    button?.setAttribute("title", label);
    button?.setAttribute("aria-label", label);
  }
  map.options.zoomSnap = 0.25;

  const rows = () => [...document.querySelectorAll("#levels [data-region]")];
  const areas = new Areas(map, words.openText, (code) => {
    for (const row of rows()) row.classList.toggle("chosen", row.dataset.region === code);
  });

  // Names and marks of many regions would cover one another; a mark names its region itself.
  const roomForNames = () => {
    const marked = layers.some((layer) => layer.kind === "marks" && active.has(layer.key));
    box.classList.toggle("has-marks", marked && areas.byCode.size > NAMED_WITH_MARKS);
  };

  // Without a colouring the outlines are drawn all the same, uncoloured: marks need their ground.
  const colours = () => layers.filter((layer) => layer.kind === "areas");
  const ground = () => (colours().some((layer) => active.has(layer.key)) ? null : colours()[0]);
  const needed = (layer) => active.has(layer.key) || layer === ground();

  // --- The address -------------------------------------------------------------------------
  const remember = () => {
    const params = new URLSearchParams(window.location.search);
    const middle = map.getCenter();
    params.set("lapis", [...active].join(",") || "-");
    params.set("pusat", `${middle.lat.toFixed(5)},${middle.lng.toFixed(5)}`);
    params.set("z", map.getZoom());
    for (const name of ["per", "sejak"]) {
      if (state[name]) params.set(name, state[name]);
      else params.delete(name);
    }
    const readable = params.toString().replaceAll("%2C", ",");
    window.history.replaceState(null, "", `?${readable}`);
  };

  // Links and forms of the page keep the map as it is; each changes what it is about.
  const current = () => new URLSearchParams(window.location.search);
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("a[data-view], a[data-export]");
    if (!link || link.id === "full-screen") return;
    const to = new URL(link.href);
    const params = current();
    if (link.dataset.view === "wilayah") {
      params.delete("cari");
      params.delete("pusat");
      params.delete("z");
    }
    const changed = link.dataset.view === "wilayah" ? [...to.searchParams.keys()] : [link.dataset.view];
    for (const name of changed.filter(Boolean)) {
      if (to.searchParams.has(name)) params.set(name, to.searchParams.get(name));
      else params.delete(name);
    }
    to.search = params;
    link.href = to;
  }, true);
  document.getElementById("levels-form").addEventListener("formdata", ({ formData }) => {
    for (const name of ["lapis", "pusat", "z", "penuh"]) {
      if (current().has(name)) formData.set(name, current().get(name));
    }
  });

  // --- Asking ------------------------------------------------------------------------------
  // The box asked for is wider than the screen and lies on a grid: a small move asks for nothing.
  const wideBox = () => {
    const bounds = map.getBounds().pad(0.2);
    const step = 2 ** Math.ceil(Math.log2((bounds.getEast() - bounds.getWest()) / 8));
    const snap = (value, round) => round(value / step) * step;
    const clip = (value, low, high) => Math.min(high, Math.max(low, value));
    return [
      clip(snap(bounds.getWest(), Math.floor), 90, 149),
      clip(snap(bounds.getSouth(), Math.floor), -15, 11),
      clip(snap(bounds.getEast(), Math.ceil), 91, 150),
      clip(snap(bounds.getNorth(), Math.ceil), -14, 12),
    ].map((value) => Number(value.toFixed(6)));
  };
  const zoom = () => Math.floor(map.getZoom() * 2) / 2;

  const covers = (layer) => {
    const last = drawn.get(layer.key);
    if (!last || last.zoom !== zoom()) return false;
    const [west, south, east, north] = last.box;
    const clipped = map.getBounds();
    return last.everywhere || !INDONESIA.intersects(clipped)
      || L.latLngBounds([south, west], [north, east]).contains(L.latLngBounds(
        [Math.max(clipped.getSouth(), -15), Math.max(clipped.getWest(), 90)],
        [Math.min(clipped.getNorth(), 12), Math.min(clipped.getEast(), 150)],
      ));
  };

  const fail = () => {
    const note = document.getElementById("map-note");
    note.textContent = words.failedText;
    note.hidden = false;
  };

  const load = async (layer, { moved }) => {
    const last = drawn.get(layer.key) || {};
    last.control?.abort();
    const control = new AbortController();
    const asking = { box: wideBox(), zoom: zoom() };
    const params = new URLSearchParams({ wilayah: words.code, kotak: asking.box, z: asking.zoom });
    if (state.per) params.set("per", state.per);
    if (state.sejak) params.set("sejak", state.sejak);
    if (layer.kind === "areas" && !moved && last.outlines) params.set("garis", "0");
    drawn.set(layer.key, { ...last, control });
    try {
      const address = `${layer.url}?${params.toString().replaceAll("%2C", ",")}`;
      const answer = await fetch(address, { credentials: "same-origin", signal: control.signal });
      if (!answer.ok) throw new Error(answer.status);
      const shown = await answer.json();
      if (!needed(layer)) return;
      show(layer, shown, { ...asking, control, everywhere: shown.everywhere });
    } catch (error) {
      if (error.name !== "AbortError") fail();
    }
  };

  const show = (layer, shown, kept) => {
    const last = drawn.get(layer.key) || {};
    if (layer.kind === "areas") {
      const plain = ({ properties, ...rest }) => (
        { ...rest, properties: { ...properties, style: "none", sign: "", word: "", facts: [] } });
      areas.show(active.has(layer.key) ? shown.features : shown.features.map(plain));
      kept.outlines = true;
      const schematic = shown.features.some((feature) => feature.properties.schematic);
      const note = document.getElementById("map-note");
      note.textContent = schematic ? words.schematicText : "";
      note.hidden = !schematic;
    } else {
      last.group?.remove();
      const turn = layers.filter((other) => other.kind === "marks" && active.has(other.key)).indexOf(layer);
      kept.group = marks(map, shown.features, turn, words.openText).addTo(map);
    }
    roomForNames();
    drawn.set(layer.key, { ...kept, note: shown.note, count: shown.features.length });
    legend();
    if ([...active].every((key) => drawn.get(key)?.count !== undefined)) box.dataset.ready = "yes";
  };

  const reload = ({ moved = true, only = () => true } = {}) => {
    for (const layer of layers) if (needed(layer) && only(layer)) load(layer, { moved });
  };

  // --- Switches and legend -----------------------------------------------------------------
  const drop = (layer) => {
    drawn.get(layer.key)?.control?.abort();
    drawn.get(layer.key)?.group?.remove();
    drawn.delete(layer.key);
  };

  const turn = (layer, on) => {
    if (on) active.add(layer.key);
    else active.delete(layer.key);
    if (!on) drop(layer);
  };

  const switched = () => {
    for (const layer of colours()) if (!active.has(layer.key)) drop(layer);
    remember();
    legend();
    roomForNames();
    reload({ only: (layer) => !drawn.has(layer.key) || layer.kind === "marks" });
  };

  const choice = (type, name, layer, label, checked, onChange) => {
    const line = document.createElement("label");
    line.className = "choice";
    const input = document.createElement("input");
    Object.assign(input, { type, name, checked, value: layer?.key || "-", className: "form-check-input" });
    input.addEventListener("change", onChange);
    line.append(input, text("span", label));
    return line;
  };

  const switches = () => {
    const place = document.getElementById("layer-switches");
    for (const [kind, title] of [["areas", words.areasText], ["marks", words.marksText]]) {
      const offered = layers.filter((layer) => layer.kind === kind);
      if (!offered.length) continue;
      const set = document.createElement("fieldset");
      const choices = document.createElement("div");
      choices.className = "choices";
      set.append(text("legend", title, "form-label"), choices);
      for (const layer of offered) {
        const change = (event) => {
          if (kind === "areas") for (const other of offered) turn(other, other === layer);
          else turn(layer, event.target.checked);
          switched();
        };
        const type = kind === "areas" ? "radio" : "checkbox";
        choices.append(choice(type, `layer-${kind}`, layer, layer.title, active.has(layer.key), change));
      }
      if (kind === "areas") {
        const none = !offered.some((layer) => active.has(layer.key));
        choices.append(choice("radio", "layer-areas", null, words.noneText, none, () => {
          for (const other of offered) turn(other, false);
          switched();
        }));
      }
      place.append(set);
    }
    place.hidden = false;
  };

  const legend = () => {
    const parts = layers.filter((layer) => active.has(layer.key)).map((layer) => {
      const part = document.createElement("div");
      const now = state.per && !layer.dated ? ` (${words.nowOnlyText})` : "";
      part.append(text("strong", `${layer.title}${now}`));
      const list = document.createElement("ul");
      for (const key of layer.legend) {
        const line = document.createElement("li");
        line.append(sign(key.style, key.sign), text("span", ` ${key.word}`));
        list.append(line);
      }
      part.append(list);
      const note = drawn.get(layer.key)?.note;
      if (note) part.append(text("p", note, "map-note"));
      return part;
    });
    document.getElementById("layer-legend").replaceChildren(...parts);
  };

  // --- The table, days, live changes -------------------------------------------------------
  const table = () => window.htmx.ajax("GET", window.location.pathname + window.location.search, {
    target: "#levels", swap: "innerHTML",
  });
  const setDay = (day) => {
    if (day === state.per) return;
    state.per = day;
    remember();
    reload({ moved: false, only: (layer) => layer.dated });
    table();
  };
  const listen = () => {
    const topics = new Set([...layers.flatMap((layer) => layer.topics), "warnings", "all"]);
    for (const topic of topics) {
      body.addEventListener(`live-${topic}`, () => {
        if (state.per) return;
        reload({ moved: false, only: (layer) => topic === "all" || layer.topics.includes(topic) });
        if (["levels", "incidents", "warnings", "all"].includes(topic)) table();
      });
    }
  };
  body.addEventListener("mouseover", (event) => {
    const row = event.target.closest?.("#levels [data-region]");
    if (row) areas.choose(row.dataset.region);
  });

  const place = () => {
    const middle = (asked.get("pusat") || "").split(",").map(Number);
    if (middle.length === 2 && middle.every(Number.isFinite)) {
      map.setView(middle, Number(asked.get("z")) || 10, { animate: false });
      return;
    }
    const [west, south, east, north] = words.extent.split(",").map(Number);
    map.fitBounds([[south, west], [north, east]], { padding: [8, 8], animate: false });
  };

  const start = async () => {
    place();
    const answer = await fetch(words.layers, { credentials: "same-origin" });
    if (!answer.ok) return fail();
    ({ layers } = await answer.json());
    const wanted = asked.has("lapis") ? asked.get("lapis").split(",") : [layers[0].key];
    active = new Set(layers.map((layer) => layer.key).filter((key) => wanted.includes(key)));
    switches();
    legend();
    reload();
    listen();
    let timer = 0;
    map.on("moveend", () => {
      window.clearTimeout(timer);
      timer = window.setTimeout(() => {
        remember();
        reload({ only: (layer) => !covers(layer) });
      }, SETTLE);
    });
    window.riskLayers = { setDay, map };
    box.dispatchEvent(new CustomEvent("layers-ready", { bubbles: true }));
    return undefined;
  };
  start().catch(fail);
};
