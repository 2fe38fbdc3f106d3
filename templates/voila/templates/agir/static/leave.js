// Answers that this browser still keeps for whoever leaves it: that is said before they go; then they
// are gone with them, and those of other people stay.
const line = document.getElementById("agir-waiting");
const names = line.dataset.names.split(" ").map((name) => `agir:${name}/`);

function waiting() {
  try {
    return Object.keys(localStorage).filter((key) => names.some((name) => key.startsWith(name)));
  } catch {
    return []; // a browser without storage keeps nothing
  }
}

if (waiting().length) line.textContent = line.dataset.text;
addEventListener("submit", ({ target }) => {
  if (target.elements.who.value === "left") waiting().forEach((key) => localStorage.removeItem(key));
});
