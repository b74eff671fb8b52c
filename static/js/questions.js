/* What this person asked lately, kept in this browser and nowhere else: under the person's own id, so
   that the next one to sign in on this machine does not see it, and gone at signing out. */
const PREFIX = "kpo-zocht:";
const MOST = 20;

export function keepQuestions(page) {
  const mine = keyOf(page);
  forgetQuestions(mine);
  for (const form of page.querySelectorAll("form[action$='/uitloggen/']")) {
    form.addEventListener("submit", () => forgetQuestions());
  }
  const asked = page.querySelector("#aantal[data-asked]")?.dataset.asked.trim().toLowerCase();
  if (mine && asked) store(mine, [asked, ...questions().filter((text) => text !== asked)]);
}

/* The last one first; none for who is not signed in. */
export function questions() {
  const mine = keyOf(document);
  if (!mine) return [];
  try {
    const known = JSON.parse(window.localStorage.getItem(mine) ?? "[]");
    return Array.isArray(known) ? known.filter((text) => typeof text === "string") : [];
  } catch {
    return []; // No storage, or not ours: then there is nothing to offer.
  }
}

/* Everything kept here, but what stands under `except`. */
export function forgetQuestions(except = null) {
  try {
    for (const key of Object.keys(window.localStorage)) {
      if (key.startsWith(PREFIX) && key !== except) window.localStorage.removeItem(key);
    }
  } catch {
    // No storage: nothing was kept.
  }
}

function keyOf(page) {
  const person = page.querySelector("[data-person]")?.dataset.person;
  return person ? `${PREFIX}${person}` : null;
}

function store(key, texts) {
  try {
    window.localStorage.setItem(key, JSON.stringify(texts.slice(0, MOST)));
  } catch {
    // Full or refused: searching goes on.
  }
}
