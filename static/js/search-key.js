/* The key "/" goes to the search box, unless somebody is typing or has switched it off: a letter as
   a shortcut is in the way of who speaks to the computer. */
const SWITCHED_OFF = "kpo-zonder-zoektoets";
const TYPING = "input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]";

export function watchSearchKey(page) {
  page.addEventListener("keydown", (event) => {
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.closest?.(TYPING) || isSwitchedOff()) return;
    const box = page.querySelector("#zoek") ?? page.querySelector("#zoek-boven");
    if (!box) return;
    event.preventDefault();
    box.focus();
    box.select();
  });
  const choice = page.querySelector("[data-search-key]");
  if (choice) offerChoice(choice);
}

function offerChoice(choice) {
  const box = choice.querySelector("input");
  box.checked = !isSwitchedOff();
  box.addEventListener("change", () => switchKey(box.checked));
  choice.hidden = false;
}

function isSwitchedOff() {
  try {
    return window.localStorage.getItem(SWITCHED_OFF) !== null;
  } catch {
    return false;
  }
}

function switchKey(isOn) {
  try {
    if (isOn) window.localStorage.removeItem(SWITCHED_OFF);
    else window.localStorage.setItem(SWITCHED_OFF, "1");
  } catch {
    // Without storage the key stays as it is.
  }
}
