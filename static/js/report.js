// The report form on a phone. What is typed is kept at once and is there again after a reload; the
// finished report goes into the outbox, which sends it now or when there is a network again.
document.addEventListener("DOMContentLoaded", async () => {
  const CLOCK = 15000;
  const STALE = 10 * 60 * 1000; // a draft's "now" older than this is a time, not now
  const { outbox, place, photos: camera } = window;
  const form = document.getElementById("report");
  const { elements: fields, dataset: words } = form;
  const names = [
    "category", "severity", "description", "occurred_at", "region", "latitude", "longitude",
    "accuracy_m", "place", "people", "station",
  ];
  const boxes = ["confirm_region", "confirm_time"];
  const part = (name) => form.querySelector(`[data-${name}]`);
  const message = (name) => form.querySelector(`[data-error="${name}"]`);

  let ready = false;
  let whole = null; // the outbox's promise of a database
  let photos = [];
  let key = "";
  let now = true; // the time follows the clock until it is touched
  let started = null;
  let handed = ""; // key of the report that was last put into the outbox from here

  // randomUUID is missing where the page came over plain HTTP.
  const newKey = () => {
    if (window.crypto.randomUUID) return window.crypto.randomUUID();
    const bytes = window.crypto.getRandomValues(new Uint8Array(16));
    bytes[6] = (bytes[6] & 0x0f) | 0x40;
    bytes[8] = (bytes[8] & 0x3f) | 0x80;
    const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
    return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
  };

  // In the region's zone, whatever zone the phone is set to; that is how the server reads it.
  const clock = (moment = new Date()) => new Intl.DateTimeFormat("sv-SE", {
    timeZone: words.zone, dateStyle: "short", timeStyle: "short",
  }).format(moment).replace(" ", "T");
  const follow = () => {
    if (now) fields.occurred_at.value = clock();
    part("now").hidden = now;
    part("is-now").hidden = !now;
  };

  const read = () => Object.fromEntries(names.map((name) => [name, fields[name].value]));
  // A group of radio buttons takes no empty value by itself.
  const write = (name, value) => {
    const field = fields[name];
    if (field instanceof RadioNodeList) for (const radio of field) radio.checked = radio.value === value;
    else field.value = value;
  };
  const empty = () => {
    const { description, category, severity, place: where, people, latitude, region } = read();
    return ![description, category, severity, where, people, latitude, region].some(Boolean) && !photos.length;
  };

  const draftName = () => `laporan:${outbox.user}`;
  const saveDraft = () => {
    if (!ready) return;
    started ??= Date.now();
    const draft = { key, now, started, picked: place.picked, fields: read() };
    try {
      if (empty()) window.localStorage.removeItem(draftName());
      else window.localStorage.setItem(draftName(), JSON.stringify(draft));
    } catch {
      // A full or forbidden store: what was typed is still in the form.
    }
  };
  const savePhotos = () => outbox.shelf.write("photos", { key, photos }).catch(() => {
    message("photos").textContent = words.full;
  });
  const readDraft = () => {
    try {
      return JSON.parse(window.localStorage.getItem(draftName()));
    } catch {
      return null;
    }
  };
  const dropDraft = async () => {
    window.localStorage.removeItem(draftName());
    await outbox.shelf.drop("photos");
  };

  const showErrors = (errors, asked = []) => {
    for (const line of form.querySelectorAll("[data-error]")) line.textContent = "";
    const loose = [];
    for (const [name, told] of Object.entries(errors)) {
      const line = message(name);
      if (line) line.textContent = told.join(" ");
      else loose.push(...told);
    }
    part("general").hidden = !loose.length;
    part("general").textContent = loose.join(" ");
    for (const name of boxes) form.querySelector(`[data-confirm="${name}"]`).hidden = !asked.includes(name);
    const first = [...form.querySelectorAll("[data-error]")].find((line) => line.textContent);
    if (!first && !loose.length) return;
    const field = first?.closest("[data-field]").querySelector("input:not([type=hidden]), select, textarea, button");
    (field ?? part("general")).focus();
  };

  const showPhotos = async () => {
    const lines = await Promise.all(photos.map(async (photo, index) => {
      const line = document.createElement("li");
      const remove = document.createElement("button");
      remove.type = "button";
      remove.className = "btn btn-outline-secondary";
      remove.textContent = words.removePhoto;
      remove.setAttribute("aria-label", `${words.removePhoto}: ${words.photo} ${index + 1}`);
      remove.addEventListener("click", () => {
        photos = photos.filter((other) => other !== photo);
        savePhotos();
        saveDraft();
        showPhotos();
        part("camera").focus();
      });
      line.append(await camera.preview(photo, `${words.photo} ${index + 1}`), remove);
      return line;
    }));
    part("previews").replaceChildren(...lines);
  };

  const addPhotos = async ({ target }) => {
    const files = [...target.files];
    const refused = [];
    target.value = "";
    part("photos-state").textContent = words.shrinking;
    for (const file of files) {
      if (photos.length >= Number(fields.photos.dataset.most)) {
        refused.push(words.tooMany);
        break;
      }
      try {
        photos.push({ key: newKey(), ...(await camera.shrink(file)) });
      } catch {
        refused.push(`${file.name}: ${words.notPicture}`);
      }
    }
    part("photos-state").textContent = "";
    message("photos").textContent = refused.join(" ");
    await showPhotos();
    await savePhotos();
    saveDraft();
  };

  const fill = (report) => {
    ({ key } = report);
    photos = report.photos ?? [];
    for (const name of names) write(name, report.fields[name] ?? "");
    for (const name of boxes) fields[name].checked = false;
    part("more").open = Boolean(part("more").querySelector(":checked"));
    now = report.now ?? false;
    started = report.started ?? report.at ?? null;
    if (report.now && Date.now() - started > STALE) now = false;
    follow();
    place.show(report.picked ?? false);
    showPhotos();
  };
  const reset = () => {
    fill({ key: newKey(), fields: {}, now: true });
    started = null;
    part("restored").hidden = true;
    showErrors({});
  };

  const mend = async (wanted) => {
    const report = await outbox.get(wanted);
    if (report?.state !== "refused") return;
    // A key that is somebody else's will never be taken.
    fill({ ...report, key: report.code === "key" ? newKey() : report.key });
    if (report.code === "key") await outbox.remove(wanted);
    showErrors(report.errors, report.confirm);
    saveDraft();
    savePhotos();
  };

  const lacking = () => {
    const errors = {};
    const { category, severity, description, latitude, longitude, region } = read();
    if (!category) errors.category = [words.needCategory];
    if (!severity) errors.severity = [words.needSeverity];
    if (!description.trim()) errors.description = [words.needWords];
    if (!region && !(latitude && longitude)) errors.region = [words.needPlace];
    return errors;
  };

  const hand = async () => {
    const errors = lacking();
    showErrors(errors, boxes.filter((name) => !form.querySelector(`[data-confirm="${name}"]`).hidden));
    if (Object.keys(errors).length) return;
    if (now) fields.occurred_at.value = clock();
    const confirmed = boxes.filter((name) => fields[name].checked).map((name) => [name, "on"]);
    const title = form.querySelector("[name=category]:checked").closest("label").textContent.trim();
    const report = {
      key,
      user: outbox.user,
      at: Date.now(),
      title,
      state: "waiting",
      picked: place.picked,
      fields: { ...read(), ...Object.fromEntries(confirmed) },
      photos,
    };
    try {
      await outbox.keep(report);
    } catch {
      showErrors({ "": [words.full] });
      return;
    }
    handed = key;
    await dropDraft();
    reset();
    document.getElementById("menunggu-judul").focus();
    outbox.send();
  };

  let handing = false;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (handing) return;
    handing = true;
    try {
      // Where nothing can be kept, the form goes its plain way.
      if (await whole) await hand();
      else form.submit();
    } finally {
      handing = false;
    }
  });

  const watch = () => {
    form.addEventListener("input", (event) => {
      if (event.target === fields.occurred_at) {
        now = false;
        follow();
      }
      saveDraft();
    });
    form.addEventListener("change", saveDraft);
    part("now").addEventListener("click", () => {
      now = true;
      follow();
      fields.occurred_at.focus();
      saveDraft();
    });
    for (const input of form.querySelectorAll("[data-files]")) input.addEventListener("change", addPhotos);
    for (const name of ["camera", "gallery"]) {
      part(name).addEventListener("click", () => form.querySelector(`[data-files="${name}"]`).click());
    }
    part("fresh").addEventListener("click", async ({ target }) => {
      if (!("sure" in target.dataset)) {
        target.dataset.sure = "";
        target.textContent = words.sure;
        return;
      }
      await dropDraft();
      reset();
      fields.description.focus();
    });
    document.addEventListener("outbox-mend", (event) => {
      event.preventDefault();
      mend(event.detail);
    });
    outbox.listen(async () => {
      const report = handed && await outbox.get(handed);
      if (report?.state !== "refused" || !empty()) return;
      handed = "";
      mend(report.key);
    });
    const net = () => {
      part("no-network").hidden = navigator.onLine;
    };
    window.addEventListener("online", net);
    window.addEventListener("offline", net);
    net();
  };

  const restore = async () => {
    const query = new URLSearchParams(window.location.search);
    if ("bound" in words) return;
    if (query.has("perbaiki")) {
      window.history.replaceState(null, "", window.location.pathname);
      await mend(query.get("perbaiki"));
      if (!empty()) return;
    }
    if (query.size && !query.has("perbaiki")) return;
    const draft = readDraft();
    if (!draft) return;
    const shelf = await outbox.shelf.read("photos");
    fill({ ...draft, photos: shelf?.key === draft.key ? shelf.photos : [] });
    part("restored").hidden = false;
  };

  whole = outbox.ready;
  const database = await whole;
  place.start(form, database && outbox.shelf, saveDraft);
  follow();
  window.setInterval(follow, CLOCK);
  if (!database) {
    fields.occurred_at.addEventListener("input", () => {
      now = false;
    });
    return;
  }
  for (const shown of form.querySelectorAll("[data-with-outbox]")) shown.hidden = false;
  for (const shown of form.querySelectorAll("[data-without-outbox]")) shown.hidden = true;
  key = fields.key.value || newKey();
  watch();
  await restore();
  ready = true;
  form.dataset.ready = "yes";
});
