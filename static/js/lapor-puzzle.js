// The proof of work in front of the report form: worked on beside the page while the person writes.
// Where the browser has no means for it, there is no solution, and the server takes a few of those.
window.puzzle = (() => {
  let worker = null;
  let text = "";
  let solution = Promise.resolve("");

  // Begins anew with a challenge of the server's: { text, rounds, bound }.
  const start = (challenge, program) => {
    worker?.terminate();
    worker = null;
    ({ text } = challenge);
    solution = Promise.resolve("");
    if (!window.Worker || !window.crypto?.subtle) return;
    solution = new Promise((resolve) => {
      worker = new Worker(program);
      worker.addEventListener("message", ({ data }) => resolve(data));
      worker.addEventListener("error", () => resolve(""));
      worker.postMessage(challenge);
    });
  };

  // The challenge with its number, "" where there is none, once it is found.
  const solved = async () => ({ text, number: await solution });

  return { start, solved };
})();
