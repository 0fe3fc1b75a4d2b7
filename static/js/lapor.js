// The report form step by step. Without this script it is one long page that is sent as it is.
document.addEventListener("DOMContentLoaded", () => {
  const form = document.getElementById("lapor");
  const notice = document.querySelector("[data-notice]");
  const steps = [...form.querySelectorAll("[data-step]")];
  const { dataset: words } = form;
  const part = (name) => form.querySelector(`[data-${name}]`);
  const files = window.chosenFiles.take(form.elements.files);
  let current = -1; // the notice
  let sending = false;
  let stop = null;

  const errorOf = (field) => field.querySelector("[data-error]");
  const inputsOf = (field) => [...field.querySelectorAll("input:not([type=hidden]):not([hidden]), select, textarea, button")];
  const say = (field, told) => {
    errorOf(field).textContent = told;
    for (const input of field.querySelectorAll("input, select, textarea")) {
      input.classList.toggle("is-invalid", Boolean(told) && !["radio", "file"].includes(input.type));
      if (told) input.setAttribute("aria-invalid", "true");
      else input.removeAttribute("aria-invalid");
    }
  };
  const general = (told) => {
    part("general").textContent = told;
    part("general").hidden = !told;
  };

  const show = (to, { focus = true } = {}) => {
    current = to;
    notice.hidden = to >= 0;
    // Another language is another page: it is chosen before anything is typed.
    document.querySelector(".language-switch").hidden = to >= 0;
    form.hidden = to < 0;
    steps.forEach((step, place) => {
      step.hidden = place !== to;
    });
    const last = to === steps.length - 1;
    part("send").hidden = !last;
    part("next").hidden = last;
    part("back").hidden = false;
    part("progress").textContent = words.stepText
      .replace("{step}", to + 1)
      .replace("{steps}", steps.length);
    if (!focus) return;
    (steps[to] ?? notice).querySelector("h2").focus({ preventScroll: true });
    window.scrollTo({ top: 0, behavior: "instant" });
  };

  // What is asked for on a step and was left empty; a field that is not shown asks for nothing.
  const lacking = (step) => [...step.querySelectorAll("[data-need]")].filter((field) => {
    if (!field.getClientRects().length) return false;
    const radios = field.querySelectorAll("[type=radio]");
    if (radios.length) return ![...radios].some((radio) => radio.checked);
    return ![...field.querySelectorAll("input, textarea")].some((input) => input.value.trim());
  });
  const checked = () => {
    const empty = lacking(steps[current]);
    for (const field of steps[current].querySelectorAll("[data-need]")) {
      say(field, empty.includes(field) ? field.dataset.need : "");
    }
    if (empty.length) inputsOf(empty[0])[0].focus();
    return !empty.length;
  };

  const begin = () => {
    window.history.pushState("lapor", "");
    show(0);
  };
  const forward = () => {
    if (checked()) show(current + 1);
  };
  const back = () => {
    if (current === 0) window.history.back();
    else show(current - 1);
  };

  const showErrors = ({ errors = {}, files: places = [] }) => {
    const fields = [...form.querySelectorAll("[data-field]")];
    for (const field of fields) say(field, "");
    const loose = [];
    for (const [name, told] of Object.entries(errors)) {
      const field = fields.find((each) => each.dataset.field === name);
      if (!field) loose.push(...told);
      else if (name !== "files" || !places.length) say(field, told.join(" "));
    }
    files.mark(places, errors.files ?? []);
    general(loose.join(" "));
    const first = fields.find(({ dataset: { field } }) => errors[field]);
    if (!first) {
      part("general").focus();
      return;
    }
    show(steps.indexOf(first.closest("[data-step]")), { focus: false });
    inputsOf(first)[0].focus();
  };

  const transfer = (percent) => {
    const bar = part("transfer").querySelector("progress");
    part("transfer").hidden = false;
    if (percent === null || percent === 100) bar.removeAttribute("value");
    else bar.value = percent;
    let told = `${words.sendingText} ${percent}%`;
    if (percent === null) told = words.preparingText;
    if (percent === 100) told = words.storingText;
    if (part("transfer-text").textContent !== told) part("transfer-text").textContent = told;
  };
  const busy = (on) => {
    sending = on;
    for (const name of ["send", "back"]) part(name).disabled = on;
    part("stop").hidden = !on;
    part("transfer").hidden = !on;
    if (!on) stop = null;
  };

  const hear = ({ status, said }) => {
    if (said.next) {
      window.location.replace(said.next);
      return;
    }
    if (said.page) {
      const page = new DOMParser().parseFromString(said.page, "text/html");
      document.getElementById("isi").replaceChildren(...page.body.children);
      window.readyReceipt();
      document.querySelector("[data-receipt] h1").focus();
      return;
    }
    busy(false);
    if (said.errors && Object.keys(said.errors).length) {
      showErrors(said);
      return;
    }
    const told = { 0: words.offlineText, "-1": words.stoppedText, 413: words.largeText };
    general(told[status] ?? words.failedText);
    part("general").focus();
  };

  const send = async () => {
    if (!checked()) return;
    general("");
    busy(true);
    hear(await window.sendReport(form, files.all(), {
      program: words.worker,
      stoppable: (way) => {
        stop = way;
      },
      tell: transfer,
    }));
  };

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (sending) return;
    if (current < steps.length - 1) forward();
    else send();
  });
  form.addEventListener("input", ({ target }) => {
    const field = target.closest("[data-field]");
    if (field && target.type !== "file" && errorOf(field).textContent) say(field, "");
  });
  part("next").addEventListener("click", forward);
  part("back").addEventListener("click", back);
  part("stop").addEventListener("click", () => stop?.());
  notice.querySelector("[data-begin]").addEventListener("click", begin);
  // The phone's own back button goes one step back; the page keeps what was typed.
  window.addEventListener("popstate", () => {
    if (!document.contains(form)) return;
    if (current > 0 && !sending) show(current - 1);
    if (current > 0 || sending) window.history.pushState("lapor", "");
    else show(-1);
  });

  const wrong = form.querySelector("[data-error]:not(:empty)")?.closest("[data-step]");
  notice.querySelector("[data-begin]").hidden = false;
  part("progress").hidden = false;
  if (wrong || !part("general").hidden) {
    window.history.pushState("lapor", "");
    show(wrong ? steps.indexOf(wrong) : steps.length - 1, { focus: false });
  } else {
    show(-1, { focus: false });
  }
  const { challenge: text, rounds, bound } = words;
  window.puzzle.start({ text, rounds: Number(rounds), bound: Number(bound) }, words.worker);
  form.dataset.ready = "yes";
});
