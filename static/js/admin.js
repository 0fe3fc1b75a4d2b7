// Gives the admin's search-as-you-type fields the name that their label says. Registered with the
// admin's own jQuery, after the code that makes those fields.
window.django?.jQuery?.(() => {
  for (const select of document.querySelectorAll("select.admin-autocomplete")) {
    const label = document.querySelector(`label[for="${select.id}"]`);
    if (!label) continue;
    label.id ||= `${select.id}-label`;
    const box = select.parentElement.querySelector(".select2-selection");
    box?.setAttribute("aria-labelledby", label.id);
    box?.querySelector(".select2-selection__rendered")?.setAttribute("aria-labelledby", label.id);
  }
});
