// Lets a police officer open the report form without a network. It keeps that one page, by user,
// and the files that the page names; nothing else of the product is kept, and no POST is touched.
const SETTINGS = {{ settings|safe }};
const PREFIX = "laporan-";
const PATIENCE = 3000; // milliseconds that the network has before the kept form is shown
const FRESH = 12 * 60 * 60 * 1000; // after that an opened page renews the kept form

const nameFor = (user) => `${PREFIX}${user}-${SETTINGS.version}`;

const drop = async (except = "") => {
  const names = await caches.keys();
  await Promise.all(
    names.filter((name) => name.startsWith(PREFIX) && name !== except).map((name) => caches.delete(name)),
  );
};

const kept = (path) => caches.match(path, { ignoreVary: true });

// The form counts as kept once every file that it names is: never a page without its scripts.
const keep = async (answer) => {
  if (!answer.ok || answer.redirected || answer.type !== "basic") return false;
  const page = await answer.clone().text();
  if (page.includes(" data-messages>")) return false; // words of the moment, out of place later
  const user = /<body[^>]* data-reporter="(\d+)"/.exec(page)?.[1];
  if (!user) return false;
  const cache = await caches.open(nameFor(user));
  const named = [...page.matchAll(/ (?:src|href)="([^"?#]+)"/g)].map(([, address]) => address);
  const files = new Set(named.filter((address) => address.startsWith(SETTINGS.files)));
  await Promise.all([...files].map(async (file) => {
    if (SETTINGS.version && await cache.match(file)) return;
    const got = (SETTINGS.version && await kept(file)) || await fetch(file);
    if (!got.ok) throw new Error(`${file}: ${got.status}`);
    await cache.put(file, got);
  }));
  await cache.put(SETTINGS.form, answer);
  await drop(nameFor(user));
  return true;
};

const renew = async () => keep(await fetch(SETTINGS.form, { credentials: "same-origin" }));

// Whether the form is kept for this user; another user's is thrown away.
const prepare = async (user) => {
  const cache = await caches.open(nameFor(user));
  const page = await cache.match(SETTINGS.form, { ignoreVary: true });
  if (!page) return renew();
  if (Date.now() - Date.parse(page.headers.get("Date")) > FRESH) await renew().catch(() => false);
  return true;
};

const offlinePage = () => new Response(SETTINGS.offline, {
  status: 503,
  headers: {
    "Content-Type": "text/html; charset=utf-8",
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; script-src 'self'; img-src data:",
  },
});

const form = async (event) => {
  const page = await kept(SETTINGS.form);
  const fresh = fetch(event.request);
  // An address with a query is filled in already: only the plain form is kept.
  if (!new URL(event.request.url).search) {
    event.waitUntil(fresh.then((answer) => keep(answer.clone())).catch(() => false));
  }
  const network = fresh
    .then((answer) => (answer.status >= 500 && page ? page : answer))
    .catch(() => page || offlinePage());
  if (!page) return network;
  const patience = new Promise((resolve) => setTimeout(resolve, PATIENCE, page));
  return Promise.race([network, patience]);
};

const file = async (request) => {
  if (!SETTINGS.version) return fetch(request).catch(async (error) => (await kept(request)) || Promise.reject(error));
  return (await kept(request)) || fetch(request);
};

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== self.location.origin) return;
  if (SETTINGS.apart.some((path) => pathname.startsWith(path))) return; // where people report
  if (request.mode === "navigate") {
    event.respondWith(pathname === SETTINGS.form ? form(event) : fetch(request).catch(offlinePage));
  } else if (pathname.startsWith(SETTINGS.files)) {
    event.respondWith(file(request));
  }
});

self.addEventListener("message", (event) => {
  if (event.data.forget) event.waitUntil(drop());
  if (event.data.prepare) {
    const told = prepare(event.data.prepare)
      .catch(() => false)
      .then((ready) => event.source?.postMessage({ ready }));
    event.waitUntil(told);
  }
});
