// Many codes were tried lately: a browser that works on a puzzle need not wait. Without this script,
// or without the means for a puzzle, waiting a minute does as well.
document.addEventListener("DOMContentLoaded", () => {
  const form = document.querySelector("[data-code]");
  const { challenge, rounds, bound, worker } = form.dataset;
  window.puzzle.start({ text: challenge, rounds: Number(rounds), bound: Number(bound) }, worker);

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    form.querySelector("[data-working]").hidden = false;
    const { text, number } = await window.puzzle.solved();
    form.elements.challenge.value = text;
    form.elements.solution.value = number;
    form.submit();
  });
});
