// Reports of incidents that wait in this browser until the server has them. Each has a key made
// here; the server stores a key once, so that sending again after a lost answer adds nothing.
// Only the signed-in officer's own reports are read or sent, one tab at a time.
window.outbox = (() => {
  const DATABASE = "forkopimda";
  const FIRST_WAIT = 2000;
  const LONGEST_WAIT = 60000;
  const TIME_OUT = 180000; // photos over a weak signal take long
  const TOKEN_TIME_OUT = 15000;
  const SENT_STAYS = 24 * 60 * 60 * 1000; // how long a sent report's number stays listed

  const listeners = [];
  const others = "BroadcastChannel" in window ? new BroadcastChannel("outbox") : null;
  let user = "";
  let addresses = {};
  let database = null;
  let running = null;
  let again = false;
  let sending = null; // key of the report on its way from this tab
  let trouble = ""; // why what waits does not go: "offline", "server" or "signed-out"
  let wait = FIRST_WAIT;
  let timer = null;

  class Stopped extends Error {}

  const done = (request) => new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });

  const open = () => {
    const request = window.indexedDB.open(DATABASE, 1);
    request.onupgradeneeded = () => {
      request.result.createObjectStore("reports", { keyPath: "key" });
      request.result.createObjectStore("kept"); // drafts' photos and outlines, by user
    };
    return done(request);
  };

  const store = (name, mode = "readonly") => database.transaction(name, mode).objectStore(name);

  // Resolves once the change is on the disk, not merely asked for.
  const write = (name, change) => new Promise((resolve, reject) => {
    const transaction = database.transaction(name, "readwrite");
    transaction.oncomplete = () => resolve();
    transaction.onerror = transaction.onabort = () => reject(transaction.error);
    change(transaction.objectStore(name));
  });

  const everything = () => done(store("reports").getAll());
  const get = async (key) => {
    const report = await done(store("reports").get(key));
    return report?.user === user ? report : undefined;
  };
  const list = async () => {
    const reports = (await everything()).filter((report) => report.user === user);
    return reports.sort((one, other) => one.at - other.at);
  };

  const tell = () => {
    for (const listener of listeners) listener();
  };
  const changed = () => {
    others?.postMessage("changed");
    tell();
  };

  const keep = async (report) => {
    await write("reports", (reports) => reports.put(report));
    changed();
  };

  // Asked for anew before each sending: the page may be older than the session.
  const token = async () => {
    const answer = await fetch(addresses.token, {
      headers: { Accept: "application/json" },
      credentials: "same-origin",
      redirect: "manual",
      cache: "no-store",
      signal: AbortSignal.timeout(TOKEN_TIME_OUT),
    });
    if (answer.status === 401 || answer.type === "opaqueredirect") throw new Stopped("signed-out");
    if (!answer.ok) throw new Stopped("server");
    const { csrf, user: whose } = await answer.json();
    // Somebody else has signed in from another tab: what waits here is not theirs to send.
    if (String(whose) !== user) throw new Stopped("signed-out");
    return csrf;
  };

  const form = (report) => {
    const data = new FormData();
    data.set("key", report.key);
    for (const [name, value] of Object.entries(report.fields)) data.set(name, value);
    for (const photo of report.photos) {
      data.append("photo_keys", photo.key);
      data.append("photos", new File([photo.bytes], photo.name, { type: photo.type }));
    }
    return data;
  };

  const post = async (report, csrf) => fetch(addresses.report, {
    method: "POST",
    body: form(report),
    headers: { Accept: "application/json", "X-CSRFToken": csrf },
    credentials: "same-origin",
    redirect: "manual",
    signal: AbortSignal.timeout(TIME_OUT),
  });

  const facts = (answer) => answer.json().catch(() => ({}));

  // What became of a report, by the server's answer. Once it is there, its words leave this phone.
  const settle = async (report, answer) => {
    if (answer.status === 200 || answer.status === 201) {
      const { number, url, similar } = await facts(answer);
      const { key, at, title } = report;
      return keep({ key, user, at, title, state: "sent", number, url, similar, sent: Date.now() });
    }
    if (answer.status === 401 || answer.type === "opaqueredirect") throw new Stopped("signed-out");
    if (answer.status >= 500 || answer.status === 429) throw new Stopped("server");
    const { errors, error, confirm } = await facts(answer);
    if (error === "csrf") throw new Stopped("server");
    const code = error || String(answer.status);
    return keep({ ...report, state: "refused", errors: errors || {}, confirm: confirm || [], code });
  };

  const work = async () => {
    const due = (await list()).filter((report) => report.state === "waiting");
    if (!due.length) return;
    if (!navigator.onLine) throw new Stopped("offline");
    let behind = null;
    let csrf = await token();
    for (const { key } of due) {
      const report = await get(key);
      if (report?.state !== "waiting") continue;
      sending = key;
      changed();
      try {
        await settle(report, await post(report, csrf));
      } catch (error) {
        // The server stumbles over one report: the others are still tried.
        if (!(error instanceof Stopped) || error.message !== "server") throw error;
        behind = error;
        csrf = await token();
      } finally {
        sending = null;
      }
    }
    if (behind) throw behind;
  };

  const locked = (task) => (navigator.locks ? navigator.locks.request("outbox", task) : task());

  const later = () => {
    window.clearTimeout(timer);
    timer = window.setTimeout(send, wait);
    wait = Math.min(wait * 2, LONGEST_WAIT);
  };

  async function send() {
    if (!database) return;
    if (running) {
      again = true;
      return;
    }
    running = true;
    window.clearTimeout(timer);
    try {
      await locked(work);
      trouble = "";
      wait = FIRST_WAIT;
    } catch (error) {
      trouble = error instanceof Stopped ? error.message : "offline";
      later();
    }
    running = false;
    changed();
    if (again) {
      again = false;
      send();
    }
  }

  const now = () => {
    wait = FIRST_WAIT;
    send();
  };

  // Waits for a sending under way: what has just arrived is no longer there to be thrown away.
  const remove = (key) => locked(async () => {
    const report = await get(key);
    if (report) await write("reports", (reports) => reports.delete(key));
    changed();
  });

  const tidy = async () => {
    const old = (await list()).filter(({ state, sent }) => state === "sent" && Date.now() - sent > SENT_STAYS);
    await write("reports", (reports) => old.forEach(({ key }) => reports.delete(key)));
  };

  const start = async () => {
    const { reporter, report, reportToken, signIn } = document.body.dataset;
    if (!reporter || !window.indexedDB) return null;
    user = reporter;
    addresses = { report, token: reportToken, signIn };
    try {
      database = await open();
      await tidy();
    } catch {
      return null; // private windows of some browsers: the form then sends as any form does
    }
    others?.addEventListener("message", tell);
    window.addEventListener("online", now);
    window.addEventListener("offline", now);
    document.addEventListener("visibilitychange", () => {
      if (!document.hidden) now();
    });
    tell();
    now();
    return database;
  };

  const ready = new Promise((resolve) => {
    document.addEventListener("DOMContentLoaded", () => resolve(start()));
  });

  return {
    ready, // the database, or null where reports can't be kept
    list,
    get,
    keep,
    remove,
    send: now,
    listen: (listener) => listeners.push(listener),
    strangers: async () => (await everything()).filter(
      (report) => report.user !== user && report.state !== "sent",
    ).length,
    // How a report stands, in one word.
    standing: (report) => {
      if (report.state !== "waiting") return report.state;
      if (report.key === sending) return "sending";
      return navigator.onLine ? trouble || "waiting" : "offline";
    },
    // What a user's form keeps beside its reports, by name.
    shelf: {
      read: (name) => done(store("kept").get(`${user}:${name}`)),
      write: (name, value) => write("kept", (kept) => kept.put(value, `${user}:${name}`)),
      drop: (name) => write("kept", (kept) => kept.delete(`${user}:${name}`)),
    },
    get user() {
      return user;
    },
    get addresses() {
      return addresses;
    },
  };
})();
