// Finds days and editions by all the words that are typed, in whatever order. Without it the page is whole.
(() => {
  const box = document.getElementById("search");
  const field = document.getElementById("words");
  const told = document.getElementById("found");
  const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  const months = [...document.querySelectorAll("details.month")].map((month) => ({
    month,
    kind: month.closest("section").getAttribute("aria-labelledby"),
    wasOpen: month.open,
    rows: [...month.querySelectorAll("tbody > tr")].map((row) => ({ row, text: plain(row.textContent + " " + (row.dataset.words || "")) })),
  }));
  const found = (count, noun) => (count === 1 ? `1 ${noun}` : `${count} ${noun}s`);
  const find = () => {
    const words = plain(field.value).split(/\s+/).filter(Boolean);
    const counts = { days: 0, editions: 0 };
    for (const { month, kind, wasOpen, rows } of months) {
      let here = 0;
      for (const { row, text } of rows) {
        const hit = words.every((word) => text.includes(word));
        row.hidden = !hit;
        here += hit;
      }
      month.hidden = here === 0;
      month.open = words.length ? here > 0 : wasOpen;
      counts[kind] += here;
    }
    told.textContent = words.length ? `${found(counts.days, "day")} and ${found(counts.editions, "edition")} found.` : "";
  };
  box.hidden = false;
  box.addEventListener("submit", (event) => event.preventDefault());
  field.addEventListener("input", find);
  find();
})();
