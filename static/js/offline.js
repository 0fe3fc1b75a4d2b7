// Readies a police officer's phone for work without a network: registers the service worker and has
// it keep the report form, for this officer alone. Signing out throws the kept form away.
(() => {
  const workers = navigator.serviceWorker;
  if (!workers) return;

  document.addEventListener("DOMContentLoaded", () => {
    const { reporter, worker, signOut } = document.body.dataset;
    if (!reporter) return;
    workers.addEventListener("message", ({ data }) => {
      if (!data.ready) return;
      for (const sign of document.querySelectorAll("[data-offline-ready]")) sign.hidden = false;
    });
    workers.startMessages?.();
    workers.register(worker, { scope: "/" }).catch(() => {});
    workers.ready.then(({ active }) => active.postMessage({ prepare: reporter }));
    document.addEventListener("submit", ({ target }) => {
      const leaving = new URL(target.action, window.location.href).pathname === signOut;
      if (leaving && navigator.onLine) workers.controller?.postMessage({ forget: true });
    });
  });
})();
