// The editor of minutes: each part saves itself soon after it was typed. What is not on the server
// is kept in this browser, sent again with growing waits, and offered when the page is opened anew.
// A part that somebody else has changed meanwhile is never overwritten: both texts are shown.
(() => {
  const PAUSE = 800;
  const FIRST_WAIT = 1000;
  const LONGEST_WAIT = 60000;
  const TIME_OUT = 15000;

  // The server trims texts and uses one kind of line end; to compare, so do we.
  const same = (one, other) => one.replace(/\r\n/g, "\n").trim() === other.replace(/\r\n/g, "\n").trim();

  const shelf = {
    read: (key) => {
      try {
        return JSON.parse(window.localStorage.getItem(key));
      } catch {
        return null;
      }
    },
    write: (key, value) => {
      try {
        window.localStorage.setItem(key, JSON.stringify(value));
      } catch {
        // A full or forbidden store: the text is still in the field.
      }
    },
    drop: (key) => {
      try {
        window.localStorage.removeItem(key);
      } catch {
        // As above.
      }
    },
  };

  class Part {
    constructor(form, words) {
      this.form = form;
      this.words = words;
      this.key = form.dataset.minutes;
      this.field = form.elements.text;
      this.seen = form.elements.seen;
      this.status = form.querySelector("[data-status]");
      this.other = form.querySelector("[data-other]");
      this.offer = form.querySelector("[data-offer]");
      this.server = form.dataset.server; // the text of the version in `seen`
      this.conflict = "inConflict" in form.dataset;
      this.sent = null; // what was last handed to the network
      this.busy = false;
      this.waits = FIRST_WAIT;
      this.timer = null;
      form.addEventListener("submit", (event) => {
        event.preventDefault();
        this.conflict = false;
        this.save();
      });
      this.field.addEventListener("input", () => this.typed());
      this.open();
    }

    get dirty() {
      return !same(this.field.value, this.server);
    }

    get offered() {
      return !this.offer.hidden;
    }

    say(state, words) {
      this.status.dataset.state = state;
      this.status.textContent = words;
    }

    // Offers what an earlier visit could not send.
    open() {
      const kept = shelf.read(this.key);
      if (this.conflict) return this.keep();
      // Typed while the page was still loading.
      if (!kept) return this.dirty ? this.typed() : undefined;
      if (same(kept.text, this.field.value)) return shelf.drop(this.key);
      this.offer.querySelector("[data-offer-text]").textContent = kept.text;
      this.offer.hidden = false;
      // Locked minutes take no text any more; what was kept can still be read and copied.
      this.locked = this.field.readOnly;
      this.offer.querySelector("[data-offer-use]").hidden = this.locked;
      this.field.readOnly = true;
      this.say("unsaved", this.words.unsaved);
      this.offer.querySelector("[data-offer-use]").addEventListener("click", () => {
        this.close();
        this.field.value = kept.text;
        // On top of the version that it was typed on: if that is not the newest, the server says so.
        this.seen.value = kept.version;
        this.save();
      });
      this.offer.querySelector("[data-offer-drop]").addEventListener("click", () => {
        this.close();
        shelf.drop(this.key);
        this.say("saved", "");
      });
      return undefined;
    }

    close() {
      this.offer.hidden = true;
      this.field.readOnly = this.locked;
      this.field.focus();
    }

    keep() {
      shelf.write(this.key, { text: this.field.value, version: this.seen.value });
    }

    typed() {
      this.keep();
      if (this.conflict) return;
      this.say("unsaved", this.words.unsaved);
      this.later(PAUSE);
    }

    later(wait) {
      window.clearTimeout(this.timer);
      this.timer = window.setTimeout(() => this.save(), wait);
    }

    async save() {
      window.clearTimeout(this.timer);
      if (this.busy || this.conflict || this.offered) return;
      this.busy = true;
      this.keep();
      this.say("unsaved", this.words.saving);
      const data = new FormData(this.form);
      const text = this.field.value;
      this.sent = text;
      try {
        const answer = await fetch(this.form.action, {
          method: "POST",
          body: data,
          headers: { Accept: "application/json" },
          credentials: "same-origin",
          redirect: "manual",
          signal: AbortSignal.timeout(TIME_OUT),
        });
        await this.answered(answer, text);
      } catch {
        this.retry(this.words.offline);
      } finally {
        this.busy = false;
      }
    }

    async answered(answer, text) {
      if (answer.status === 200) return this.stored(await answer.json());
      if (answer.status === 409) return this.clashed(await answer.json(), text);
      if (answer.status === 422) {
        const { error } = await answer.json();
        return this.say("unsaved", `${this.words.unsaved}: ${error}`);
      }
      if (answer.type === "opaqueredirect" || answer.status === 403) {
        return this.say("unsaved", this.words.signedOut);
      }
      return this.retry(this.words.offline);
    }

    stored(facts) {
      this.waits = FIRST_WAIT;
      this.adopt(facts);
      this.other.hidden = true;
      if (this.dirty) return this.typed();
      shelf.drop(this.key);
      return this.say("saved", `${this.words.saved} ${facts.at}`);
    }

    clashed(facts, text) {
      // What stands there is what we sent before an answer got lost: no clash, go on from there.
      if (this.lost !== undefined && same(facts.text, this.lost)) {
        this.adopt(facts);
        this.later(0);
        return;
      }
      this.conflict = true;
      this.adopt(facts);
      this.keep();
      this.other.querySelector("[data-other-who]").textContent = [facts.by, facts.at].filter(Boolean).join(", ");
      this.other.querySelector("[data-other-text]").textContent = facts.text;
      this.other.hidden = false;
      this.say("conflict", this.words.conflict);
    }

    adopt(facts) {
      this.seen.value = facts.version;
      this.server = facts.text;
      this.lost = undefined;
    }

    retry(words) {
      this.lost = this.sent;
      this.say("unsaved", words);
      this.later(this.waits);
      this.waits = Math.min(this.waits * 2, LONGEST_WAIT);
    }

    // What others wrote appears here only while this field holds nothing of its own.
    hear(facts) {
      const newer = Number(facts.version) > Number(this.seen.value);
      if (!newer || this.busy || this.conflict || this.offered || this.dirty) return;
      this.adopt(facts);
      this.field.value = facts.text;
      this.say("saved", `${this.words.by} ${facts.by}, ${facts.at}`);
    }
  }

  document.addEventListener("DOMContentLoaded", () => {
    const box = document.getElementById("notulen");
    const parts = new Map(
      [...box.querySelectorAll("form[data-minutes]")].map((form) => [form.dataset.item, new Part(form, box.dataset)]),
    );
    box.dataset.ready = "yes";
    const look = async () => {
      try {
        const answer = await fetch(box.dataset.now, { credentials: "same-origin", redirect: "manual" });
        if (!answer.ok) return;
        for (const [item, facts] of Object.entries((await answer.json()).parts)) parts.get(item)?.hear(facts);
      } catch {
        // The next event asks again.
      }
    };
    document.body.addEventListener("live-meetings", look);
    document.body.addEventListener("live-all", look);
    window.addEventListener("online", () => {
      for (const part of parts.values()) if (part.dirty) part.save();
    });
  });
})();
