// Whether anything waits in this browser, whoever gave it.
function keepsAnswers() {
  try { return Object.keys(localStorage).some((name) => name.startsWith("agir:")); } catch { return false; }
}

// What waits on this device for one person in one round of one evaluation; nothing without a key.
function waitingRoom(key) {
  const start = `agir:${key}/`, oldest = Date.now() - 30 * 24 * 3600e3;
  // A browser without storage, or with a full one, still sends.
  const trying = (act, otherwise) => { try { return key ? act() : otherwise; } catch { return otherwise; } };
  const all = (prefix) => Object.keys(localStorage).filter((name) => name.startsWith(prefix))
    .map((name) => ({ name, ...JSON.parse(localStorage.getItem(name)) }));
  // What nobody came back for: its round is long over.
  trying(() => all("agir:").filter(({ at }) => !(at > oldest)).forEach(({ name }) => localStorage.removeItem(name)));
  return {
    keep: (item) => trying(() => {
      const { slot, kind, data, known, sequence } = item;
      item.at = Date.now();
      localStorage.setItem(start + slot, JSON.stringify({ slot, kind, data, known, sequence, at: item.at }));
    }),
    // Not what was given since, in another tab.
    forget: ({ slot, at }) => trying(() => {
      const kept = JSON.parse(localStorage.getItem(start + slot));
      if (kept?.at === at) localStorage.removeItem(start + slot);
    }),
    left: () => trying(() => all(start).sort((one, other) => one.at - other.at), []),
    slot: (name) => (key && name?.startsWith(start) ? name.slice(start.length) : null),
  };
}
