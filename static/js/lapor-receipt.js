// The receipt: copies the code, prints the page. Also for a receipt that came in place of the form.
window.readyReceipt = () => {
  const receipt = document.querySelector("[data-receipt]");
  if (!receipt) return;
  const copy = receipt.querySelector("[data-copy]");
  const print = receipt.querySelector("[data-print]");
  if (navigator.clipboard) {
    copy.hidden = false;
    copy.addEventListener("click", async () => {
      await navigator.clipboard.writeText(receipt.querySelector("[data-code]").textContent.trim());
      copy.textContent = copy.dataset.copiedText;
    });
  }
  print.hidden = false;
  print.addEventListener("click", () => window.print());
};
document.addEventListener("DOMContentLoaded", () => window.readyReceipt());
