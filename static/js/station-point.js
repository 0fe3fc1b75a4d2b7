// The form of a polling station: who stands at it fills in the point from the phone.
(() => {
  const PATIENCE = 20000;
  const DECIMALS = 6;

  const box = document.querySelector("[data-locate]");
  if (!box || !("geolocation" in navigator)) return;
  const form = box.closest("form");
  const status = box.querySelector("[role=status]");
  const button = box.querySelector("button");
  box.hidden = false;

  const found = ({ coords }) => {
    form.elements.latitude.value = coords.latitude.toFixed(DECIMALS);
    form.elements.longitude.value = coords.longitude.toFixed(DECIMALS);
    status.textContent = box.dataset.foundText.replace("{metres}", Math.round(coords.accuracy));
    button.disabled = false;
  };
  const failed = () => {
    status.textContent = box.dataset.failedText;
    button.disabled = false;
  };
  button.addEventListener("click", () => {
    button.disabled = true;
    status.textContent = box.dataset.askingText;
    navigator.geolocation.getCurrentPosition(found, failed, {
      enableHighAccuracy: true, timeout: PATIENCE, maximumAge: 0,
    });
  });
})();
