// Listens to the server's events and tells htmx which parts of the page to ask for again.
// Each event becomes "live-<topic>" on <body>. While the stream is away, the page polls.
(() => {
  const POLL_EVERY = 15000;
  const RETRY_AFTER = 5000;
  const GATHER = 100;

  document.addEventListener("DOMContentLoaded", () => {
    const { live, liveSince } = document.body.dataset;
    if (!live) return;
    const state = document.getElementById("live-state");
    let last = liveSince || "";
    let polling = null;
    let source = null;

    const show = (name) => {
      if (!state || state.dataset.state === name) return;
      state.dataset.state = name;
      state.textContent = state.dataset[`${name}Text`];
    };
    // A burst of events on one topic is told once, soon, however long the burst goes on.
    const waiting = new Map();
    const tell = (topic) => {
      if (waiting.has(topic)) return;
      waiting.set(topic, window.setTimeout(() => {
        waiting.delete(topic);
        document.body.dispatchEvent(new CustomEvent(`live-${topic}`));
      }, GATHER));
    };
    const all = () => tell("all");
    const poll = () => {
      if (polling) return;
      show(navigator.onLine ? "poll" : "off");
      polling = window.setInterval(() => {
        show(navigator.onLine ? "poll" : "off");
        if (navigator.onLine && !document.hidden) all();
      }, POLL_EVERY);
    };
    const connect = () => {
      source = new EventSource(last ? `${live}?sejak=${encodeURIComponent(last)}` : live);
      source.addEventListener("open", () => {
        window.clearInterval(polling);
        polling = null;
        show("live");
      });
      source.addEventListener("change", (event) => {
        last = event.lastEventId || last;
        tell(JSON.parse(event.data).topic);
      });
      source.addEventListener("reset", (event) => {
        last = event.lastEventId || last;
        all();
      });
      source.addEventListener("error", () => {
        poll();
        // A refused stream (signed out, server restarting) is not retried by the browser itself.
        if (source.readyState === EventSource.CLOSED) window.setTimeout(connect, RETRY_AFTER);
      });
    };
    connect();
    // What has just changed is marked for a moment.
    document.body.addEventListener("htmx:afterSwap", ({ target }) => {
      target.classList.remove("panel-changed");
      void target.offsetWidth; // starts the animation anew
      target.classList.add("panel-changed");
    });
    window.addEventListener("pagehide", () => source.close());
    window.addEventListener("pageshow", (event) => {
      if (event.persisted) connect();
    });
  });
})();
