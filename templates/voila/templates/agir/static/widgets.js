// What Voilà's bundle expects of a page, and the end of the wait once the first part is there.
for (const name of ["voila_process", "voila_finish", "display_cells", "update_loading_text", "voila_heartbeat"]) window[name] = () => {};
window.cellLoaded = window.themeLoaded = true;

addEventListener("DOMContentLoaded", () => {
  const wait = document.getElementById("agir-wait");
  const done = () => document.querySelector("#rendered_cells .jupyter-widgets, #rendered_cells .tk *, #rendered_cells .agir-said, #rendered_cells agir-said");
  const late = setTimeout(() => { wait.querySelector("p").textContent = wait.dataset.late; }, 20000);
  const watch = new MutationObserver(() => {
    if (!done()) return;
    clearTimeout(late);
    wait.remove();
    watch.disconnect();
  });
  customElements.define("agir-progress", class extends HTMLElement {
    connectedCallback() {
      clearTimeout(late); // who reloads now would go to the end of the line
      wait.querySelector("p").textContent = this.dataset.text;
    }
  });
  watch.observe(document.body, { childList: true, subtree: true });
});
