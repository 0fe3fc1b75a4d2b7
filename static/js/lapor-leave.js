// Leaves in a hurry: by the link in the header, or with Escape pressed twice. The page is emptied at
// once, and its place in the browser's history goes to the page that is opened instead. The form puts
// a second place of its own there (lapor.js), which is left first.
document.addEventListener("DOMContentLoaded", () => {
  const TWICE = 1500; // milliseconds between the two
  const PATIENCE = 300; // milliseconds that going back may take
  const link = document.querySelector("[data-leave]");
  let pressed = -Infinity;

  const leave = () => {
    const { href } = link;
    for (const form of document.forms) form.reset();
    document.title = "";
    document.body.replaceChildren();
    const open = () => window.location.replace(href);
    if (window.history.state !== "lapor") {
      open();
      return;
    }
    window.addEventListener("popstate", open);
    window.setTimeout(open, PATIENCE);
    window.history.back();
  };

  link.addEventListener("click", (event) => {
    event.preventDefault();
    leave();
  });
  document.addEventListener("keydown", ({ key, timeStamp }) => {
    if (key !== "Escape") return;
    if (timeStamp - pressed < TWICE) leave();
    pressed = timeStamp;
  });
});
