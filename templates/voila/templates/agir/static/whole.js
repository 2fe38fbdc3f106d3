// A page that was cut short, since its server was killed while it wrote, is opened anew once there is a
// server again. No browser tells a page so: it goes on loading for ever. But a server that lives writes
// something every few seconds, until the page's end is there.

const MARK = "agir:cut", SILENCE = 20000, LOOK = 2500;
let heard = performance.now();
const watch = new MutationObserver(() => { heard = performance.now(); });
watch.observe(document, { childList: true, subtree: true });

// Any word of it will do: a newer version may no longer have the file.
async function serverAnswers() {
  try {
    return (await fetch(import.meta.url, { method: "HEAD", cache: "no-store" })).status < 500;
  } catch {
    return false;
  }
}

const look = setInterval(async () => {
  if (document.getElementById("agir-whole")) {
    clearInterval(look);
    watch.disconnect();
    return void sessionStorage.removeItem(MARK);
  }
  // More and more seldom where that does not help.
  const times = Number(sessionStorage.getItem(MARK));
  if (performance.now() - heard < SILENCE * Math.min(2 ** times, 16) || !(await serverAnswers())) return;
  clearInterval(look);
  sessionStorage.setItem(MARK, times + 1);
  setTimeout(() => location.reload(), Math.random() * 3000); // not all of a room at once
}, LOOK);
