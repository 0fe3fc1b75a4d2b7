// Sends the report with its files in one request, and tells how far it is. What comes back is one of
// { next }, { page }, { errors, files }, each said by `heard`; a request that failed says why.
window.sendReport = (() => {
  const TIMES = 3; // that a puzzle is solved anew, or a protection renewed, before giving up

  const post = (form, files, solved, tell) => {
    const request = new XMLHttpRequest();
    const body = new FormData(form);
    body.delete("files");
    for (const file of files) body.append("files", file, file.name);
    body.set("challenge", solved.text);
    body.set("solution", solved.number);
    const answered = new Promise((resolve) => {
      request.upload.addEventListener("progress", ({ loaded, total }) => {
        tell(Math.floor((100 * loaded) / total));
      });
      request.upload.addEventListener("load", () => tell(100));
      request.addEventListener("load", () => resolve(request));
      request.addEventListener("error", () => resolve({ status: 0 }));
      request.addEventListener("abort", () => resolve({ status: -1 }));
    });
    request.open("POST", form.getAttribute("action"));
    request.setRequestHeader("Accept", "application/json");
    request.send(body);
    return { answered, stop: () => request.abort() };
  };

  const read = ({ responseText }) => {
    try {
      return JSON.parse(responseText);
    } catch {
      return {};
    }
  };

  // The page's protection had expired, for example by signing in beside it: takes a fresh one.
  const renewProtection = async (form) => {
    const answer = await fetch(window.location.href, { cache: "no-store" });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const field = page.querySelector("#lapor [name=csrfmiddlewaretoken]");
    if (field) form.elements.csrfmiddlewaretoken.value = field.value;
    return Boolean(field);
  };

  // `stoppable` gets what stops it; `tell` the per cent sent, null while it is prepared.
  return async (form, files, { program, stoppable, tell }) => {
    for (let turn = 1; ; turn += 1) {
      tell(null);
      const solved = await window.puzzle.solved();
      const { answered, stop } = post(form, files, solved, tell);
      stoppable(stop);
      const answer = await answered;
      const said = read(answer);
      if (said.challenge) window.puzzle.start(said.challenge, program);
      const again = answer.status === 428
        || (answer.status === 403 && await renewProtection(form).catch(() => false));
      if (!again || turn === TIMES) return { status: answer.status, said };
    }
  };
})();
