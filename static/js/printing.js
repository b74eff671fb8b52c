/* A print button means nothing without script, so script is what shows it. */
export function watchPrintButtons(page) {
  for (const button of page.querySelectorAll("[data-print]")) {
    button.hidden = false;
    button.addEventListener("click", () => window.print());
  }
}
