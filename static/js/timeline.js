// The slider over past days, the link to what is shown, the full screen, and the print button.
(() => {
  const DAY = 24 * 60 * 60 * 1000;
  const SETTLE = 200; // milliseconds after the last move of the slider
  const FRAME = 900;
  const FRAMES_MOST = 60;

  const timeline = () => {
    const line = document.getElementById("time-line");
    if (!line) return;
    const slider = document.getElementById("time-day");
    const words = document.getElementById("time-words");
    const play = document.getElementById("time-play");
    const now = document.getElementById("time-now");
    const field = document.getElementById("per");
    const printed = document.getElementById("print-day");
    const first = Date.parse(line.dataset.first);
    const last = Math.max(0, Math.round((Date.parse(line.dataset.today) - first) / DAY));
    const format = new Intl.DateTimeFormat(document.documentElement.lang, { dateStyle: "long", timeZone: "UTC" });
    const dayAt = (step) => new Date(first + step * DAY).toISOString().slice(0, 10);
    const stepOf = (day) => (day ? Math.round((Date.parse(day) - first) / DAY) : last);
    let waiting = 0;
    let playing = 0;

    const say = () => {
      const step = Number(slider.value);
      const isNow = step >= last;
      words.textContent = isNow ? line.dataset.nowText : format.format(new Date(first + step * DAY));
      slider.setAttribute("aria-valuetext", words.textContent);
      now.hidden = isNow;
    };
    const go = () => {
      const step = Number(slider.value);
      const day = step >= last ? "" : dayAt(step);
      field.value = day;
      printed.textContent = format.format(new Date(first + step * DAY));
      document.getElementById("past-note")?.remove();
      window.riskLayers?.setDay(day);
    };
    const stop = () => {
      window.clearInterval(playing);
      playing = 0;
      play.textContent = line.dataset.playText;
    };
    slider.max = last;
    slider.value = stepOf(field.value);
    slider.disabled = last === 0;
    slider.addEventListener("input", () => {
      stop();
      say();
      window.clearTimeout(waiting);
      waiting = window.setTimeout(go, SETTLE);
    });
    now.addEventListener("click", () => {
      stop();
      slider.value = last;
      say();
      go();
    });
    // Who asked for less motion moves the slider by hand.
    play.hidden = last === 0 || window.matchMedia("(prefers-reduced-motion: reduce)").matches;
    play.addEventListener("click", () => {
      if (playing) {
        stop();
        return;
      }
      if (Number(slider.value) >= last) slider.value = 0;
      play.textContent = line.dataset.stopText;
      const stride = Math.max(1, Math.ceil(last / FRAMES_MOST));
      const next = () => {
        say();
        go();
        if (Number(slider.value) >= last) stop();
        else slider.value = Math.min(last, Number(slider.value) + stride);
      };
      playing = window.setInterval(next, FRAME);
      next();
    });
    say();
    line.hidden = false;
  };

  const link = () => {
    const button = document.getElementById("copy-link");
    const state = document.getElementById("link-state");
    button.hidden = false;
    button.addEventListener("click", async () => {
      try {
        await navigator.clipboard.writeText(window.location.href);
        state.textContent = button.dataset.doneText;
      } catch {
        // Browsers refuse the clipboard to pages without HTTPS.
        const field = document.createElement("input");
        Object.assign(field, { readOnly: true, value: window.location.href, className: "form-control" });
        field.setAttribute("aria-label", button.dataset.byHandText);
        state.replaceChildren(button.dataset.byHandText, field);
        field.select();
      }
    });
  };

  const fullScreen = () => {
    const button = document.getElementById("full-screen");
    const page = document.getElementById("levels-page");
    const set = (full) => {
      page.classList.toggle("command-room", full);
      button.textContent = full ? button.dataset.leaveText : button.dataset.enterText;
      const params = new URLSearchParams(window.location.search);
      if (full) params.set("penuh", "1");
      else params.delete("penuh");
      window.history.replaceState(null, "", `?${params.toString().replaceAll("%2C", ",")}`);
      window.riskLayers?.map.invalidateSize();
    };
    button.addEventListener("click", (event) => {
      event.preventDefault();
      const full = !page.classList.contains("command-room");
      set(full);
      if (full) document.documentElement.requestFullscreen?.().catch(() => {});
      else if (document.fullscreenElement) document.exitFullscreen();
    });
    document.addEventListener("fullscreenchange", () => {
      if (!document.fullscreenElement) set(false);
      else window.riskLayers?.map.invalidateSize();
    });
  };

  const printing = () => {
    const button = document.getElementById("print-page");
    button.hidden = false;
    button.addEventListener("click", () => window.print());
    window.addEventListener("beforeprint", () => window.riskLayers?.map.invalidateSize({ animate: false }));
    window.addEventListener("afterprint", () => window.riskLayers?.map.invalidateSize({ animate: false }));
  };

  document.addEventListener("DOMContentLoaded", () => {
    for (const part of [timeline, link, fullScreen, printing]) part();
  });
})();
