/* The search page: on a wide screen a ticked filter works at once. Everywhere else, and without
   script, the button under the filters does the same. htmx replaces the part of the page that
   the server renders whole anyway, so every state has an address and "back" works. */
const PAGE = "#zoekpagina";
const CLICK = "/zoeken/klik/";
const WIDE = window.matchMedia("(width >= 60rem)");

export function watchSearchPage(page) {
  if (!page.querySelector(PAGE)) return;
  // What htmx would put back on "back" has no script of ours attached: load it anew.
  window.htmx.config.refreshOnHistoryMiss = true;
  page.addEventListener("formdata", (event) => leaveOutEmpty(event.formData));
  page.addEventListener("change", (event) => {
    const form = event.target.closest("form[data-refine]");
    if (form && WIDE.matches && event.target.type === "checkbox") form.requestSubmit();
  });
  tellWhetherAHitWasOpened(page);
  page.addEventListener("htmx:beforeRequest", (event) => {
    if (isOurs(event)) event.detail.target.setAttribute("aria-busy", "true");
  });
  page.addEventListener("htmx:afterSettle", (event) => {
    if (isOurs(event)) announce(page);
  });
}

/* An address to share names what was chosen and nothing else. */
function leaveOutEmpty(data) {
  for (const [name, value] of [...data]) if (value === "") data.delete(name);
}

function isOurs(event) {
  return event.detail.target?.matches?.(PAGE) ?? false;
}

/* Who ticked a box keeps the focus there, and hears the new number; who used the button, which is
   in a drawer that has closed, goes to the heading. */
function announce(page) {
  const heading = page.querySelector("#aantal");
  page.querySelector("#zoekstatus").textContent = heading.innerText;
  if (!page.activeElement || page.activeElement === page.body || !WIDE.matches) heading.focus();
}

/* Once a question, and without who: whether one of its hits was opened. */
function tellWhetherAHitWasOpened(page) {
  const tell = (opened) => {
    const asked = page.querySelector(".kpo-hits") && page.querySelector("#aantal").dataset.asked;
    if (!asked) return;
    const said = new URLSearchParams({ q: asked, gevolgd: opened ? "1" : "0" });
    navigator.sendBeacon?.(CLICK, said);
  };
  let isOpened = false;
  for (const kind of ["click", "auxclick"]) {
    page.addEventListener(kind, (event) => {
      if (!event.target.closest?.(".kpo-hits a[href]")) return;
      isOpened = true;
      tell(true);
    });
  }
  window.addEventListener("pagehide", () => isOpened || tell(false));
}
