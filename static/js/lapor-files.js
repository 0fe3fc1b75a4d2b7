// The files of a report: chosen one by one or together, looked at before they are sent, each with
// its own button to leave it out. Photos are drawn anew on the phone, which leaves behind where and
// with what they were taken, and makes them small.
window.chosenFiles = (() => {
  const MEGABYTE = 1024 * 1024;
  const PHOTO = /^image\/(jpeg|png|webp|heic|heif)$/;

  const size = ({ size: bytes }) => (
    bytes < MEGABYTE ? `${Math.max(1, Math.round(bytes / 1024))} KB` : `${(bytes / MEGABYTE).toFixed(1)} MB`
  );
  const fill = (words, most) => words.replace("{most}", most);

  // Takes over a file field; gives the chosen ones, and a way to mark those that were refused.
  const take = (input) => {
    const tools = document.querySelector("[data-file-tools]").content.firstElementChild.cloneNode(true);
    const words = tools.dataset;
    const list = tools.querySelector("[data-files]");
    const error = input.closest("[data-field]").querySelector("[data-error]");
    const most = Number(input.dataset.most);
    const mostBytes = Number(input.dataset.mostBytes);
    const mostTogether = Number(input.dataset.mostTogether);
    let chosen = [];

    const show = () => {
      list.replaceChildren(...chosen.map((entry) => {
        const line = document.querySelector("[data-file-line]").content.firstElementChild.cloneNode(true);
        const remove = line.querySelector("[data-remove]");
        line.querySelector("[data-name]").textContent = entry.file.name;
        line.querySelector("[data-size]").textContent = size(entry.file);
        line.querySelector("[data-problem]").textContent = entry.problem;
        remove.setAttribute("aria-label", `${remove.textContent}: ${entry.file.name}`);
        remove.addEventListener("click", () => {
          chosen = chosen.filter((other) => other !== entry);
          error.textContent = "";
          show();
          tools.querySelector("[data-add]").focus();
        });
        return line;
      }));
    };

    const refusal = (file) => {
      const together = chosen.reduce((sum, entry) => sum + entry.file.size, file.size);
      if (!file.size) return words.emptyText;
      if (file.size > mostBytes) return fill(words.bigText, mostBytes / MEGABYTE);
      if (together > mostTogether) return fill(words.togetherText, mostTogether / MEGABYTE);
      return "";
    };

    const prepared = async (file) => {
      if (!PHOTO.test(file.type)) return file;
      try {
        const { name, type, bytes } = await window.photos.shrink(file);
        return new File([bytes], name, { type });
      } catch {
        return file; // not a picture that this browser reads: the server says what it is
      }
    };

    const add = async () => {
      const files = [...input.files];
      const refused = [];
      input.value = "";
      tools.querySelector("[data-state]").textContent = files.length ? words.shrinkingText : "";
      for (const file of files) {
        if (chosen.length >= most) {
          refused.push(fill(words.manyText, most));
          break;
        }
        const ready = await prepared(file);
        const problem = refusal(ready);
        if (problem) refused.push(`${file.name}: ${problem}`);
        else chosen.push({ file: ready, problem: "" });
      }
      tools.querySelector("[data-state]").textContent = "";
      error.textContent = refused.join(" ");
      show();
    };

    input.hidden = true;
    input.after(tools);
    input.closest("[data-field]").querySelector("label").removeAttribute("for");
    tools.querySelector("[data-add]").addEventListener("click", () => input.click());
    input.addEventListener("change", add);

    return {
      all: () => chosen.map(({ file }) => file),
      mark: (places, problems) => {
        chosen.forEach((entry, place) => {
          entry.problem = problems[places.indexOf(place)] ?? "";
        });
        show();
      },
    };
  };

  return { take };
})();
