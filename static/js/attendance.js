// Says beside a row that its attendance could not be sent: the row keeps what was chosen.
document.addEventListener("DOMContentLoaded", () => {
  const failed = ({ target }) => {
    const form = target.closest?.("form[data-failed]");
    if (form) form.querySelector("[data-status]").textContent = form.dataset.failed;
  };
  document.body.addEventListener("htmx:sendError", failed);
  document.body.addEventListener("htmx:timeout", failed);
  document.body.addEventListener("htmx:responseError", (event) => {
    if (![409, 422].includes(event.detail.xhr.status)) failed(event);
  });
});
