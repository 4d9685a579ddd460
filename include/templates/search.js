// Finds days by all the words that are typed, in whatever order. Without it the page is whole, and can be read.
(() => {
  const box = document.getElementById("search");
  const field = document.getElementById("words");
  const told = document.getElementById("found");
  const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  const months = [...document.querySelectorAll("details.month")].map((month) => ({
    month,
    wasOpen: month.open,
    days: [...month.querySelectorAll("tbody > tr")].map((row) => ({ row, text: plain(row.textContent + " " + (row.dataset.words || "")) })),
  }));
  const find = () => {
    const words = plain(field.value).split(/\s+/).filter(Boolean);
    let count = 0;
    for (const { month, wasOpen, days } of months) {
      let here = 0;
      for (const { row, text } of days) {
        const hit = words.every((word) => text.includes(word));
        row.hidden = !hit;
        here += hit;
      }
      month.hidden = here === 0;
      month.open = words.length ? here > 0 : wasOpen;
      count += here;
    }
    told.textContent = words.length ? (count === 1 ? "1 day found." : `${count} days found.`) : "";
  };
  box.hidden = false;
  box.addEventListener("submit", (event) => event.preventDefault());
  field.addEventListener("input", find);
  find();
})();
