// Shows what waits in the outbox: how many in the page's head, and each report where a page lists
// them. Lines are changed in place, so that a screen reader says what became of a report.
document.addEventListener("DOMContentLoaded", async () => {
  const { outbox } = window;
  if (!(await outbox.ready)) return;
  const sign = document.querySelector("[data-outbox-count]");
  const box = document.querySelector("[data-outbox]");
  const lines = new Map();

  const words = (report) => {
    const { dataset } = box;
    const standing = outbox.standing(report);
    const state = {
      waiting: dataset.waiting,
      offline: dataset.offline,
      server: dataset.server,
      "signed-out": dataset.signedOut,
      sending: dataset.sending,
      sent: `${dataset.sent} ${report.number}`,
      refused: dataset.refused,
    };
    return state[standing];
  };

  const problems = ({ errors = {}, code }) => {
    const told = Object.values(errors).flat();
    if (told.length) return told;
    return [{ denied: box.dataset.denied, 413: box.dataset.large }[code] || box.dataset.unread];
  };

  const row = (...parts) => {
    const item = document.createElement("li");
    item.append(...parts);
    return item;
  };
  // Another report that seems to be of the same incident.
  const alike = ({ number, url }) => {
    const link = document.createElement("a");
    link.href = url;
    link.textContent = number;
    return row(`${box.dataset.similar} `, link);
  };

  const make = (report) => {
    const line = box.querySelector("template").content.firstElementChild.cloneNode(true);
    const part = (name) => line.querySelector(`[data-${name}]`);
    const asked = (asking) => {
      part("remove").hidden = asking;
      part("sure").hidden = !asking;
      (asking ? part("yes") : part("remove")).focus();
    };
    line.dataset.key = report.key;
    part("remove").addEventListener("click", async () => {
      const now = await outbox.get(report.key);
      if (!now || now.state === "sent") outbox.remove(report.key);
      else asked(true);
    });
    part("no").addEventListener("click", () => asked(false));
    part("yes").addEventListener("click", () => {
      outbox.remove(report.key);
      box.querySelector("h2").focus();
    });
    part("mend").href = `${outbox.addresses.report}?perbaiki=${report.key}`;
    part("mend").addEventListener("click", (event) => {
      const mend = new CustomEvent("outbox-mend", { detail: report.key, cancelable: true });
      // The page that has the form takes it from here.
      if (!document.dispatchEvent(mend)) event.preventDefault();
    });
    part("sign-in").href = `${outbox.addresses.signIn}?next=${window.location.pathname}`;
    return line;
  };

  const fill = (line, report) => {
    const part = (name) => line.querySelector(`[data-${name}]`);
    const standing = outbox.standing(report);
    const time = new Intl.DateTimeFormat(document.documentElement.lang, { dateStyle: "medium", timeStyle: "short" });
    part("title").textContent = report.title;
    part("when").textContent = time.format(report.at);
    part("words").textContent = report.fields?.description ?? "";
    part("photos").textContent = report.photos?.length ? `${report.photos.length} ${box.dataset.photos}` : "";
    if (part("state").textContent !== words(report)) part("state").textContent = words(report);
    line.dataset.state = standing;
    const told = standing === "refused" ? problems(report) : [];
    part("problems").replaceChildren(...told.map((problem) => row(problem)), ...(report.similar ?? []).map(alike));
    part("open").hidden = standing !== "sent";
    if (report.url) part("open").href = report.url;
    part("mend").hidden = standing !== "refused";
    part("sign-in").hidden = standing !== "signed-out";
    part("remove").textContent = standing === "sent" ? box.dataset.clear : box.dataset.remove;
    part("actions").hidden = standing === "sending";
    if (["sent", "sending"].includes(standing)) {
      part("sure").hidden = true;
      part("remove").hidden = false;
    }
  };

  const draw = async () => {
    const reports = await outbox.list();
    const waiting = reports.filter(({ state }) => state !== "sent").length;
    const strangers = await outbox.strangers();
    if (sign) {
      sign.hidden = !waiting;
      sign.querySelector("[data-number]").textContent = waiting;
    }
    if (!box) return;
    for (const report of reports) {
      if (!lines.has(report.key)) {
        lines.set(report.key, make(report));
        box.querySelector("[data-list]").prepend(lines.get(report.key));
      }
      fill(lines.get(report.key), report);
    }
    for (const [key, line] of lines) {
      if (reports.some((report) => report.key === key)) continue;
      line.remove();
      lines.delete(key);
    }
    box.hidden = !reports.length && !strangers;
    const idle = !reports.some(({ state }) => state === "waiting") || !navigator.onLine;
    box.querySelector("[data-try]").hidden = idle;
    const others = box.querySelector("[data-strangers]");
    others.hidden = !strangers;
    others.querySelector("[data-number]").textContent = strangers;
  };

  // One drawing at a time; what changes meanwhile is drawn right after.
  let drawing = null;
  let stale = false;
  const update = async () => {
    if (drawing) {
      stale = true;
      return;
    }
    drawing = true;
    do {
      stale = false;
      await draw();
    } while (stale);
    drawing = false;
  };
  box?.querySelector("[data-try]").addEventListener("click", outbox.send);
  outbox.listen(update);
  update();
});
