/* Suggestions under a search box: a combobox whose options the server renders, after what this
   person asked before. Without script the box is an ordinary form. */
import { forgetQuestions, questions } from "./questions.js";

const SOURCE = "/zoeken/suggesties/";
const FEWEST_LETTERS = 2;
const PAUSE = 150; // milliseconds without a key before we ask
const MOST_RECENT = 5;
const MOST_RECENT_FITTING = 2; // beside titles

export function watchSuggestions(page) {
  for (const form of page.querySelectorAll("form[data-suggest]")) {
    const input = form.querySelector("input[name=q]");
    if (input) new Suggestions(form, input);
  }
}

class Suggestions {
  constructor(form, input) {
    this.input = input;
    this.list = this.makeList(form);
    this.status = this.makeStatus(form);
    this.pending = null;
    this.current = -1;
    this.typed = "";
    this.describeInput();
    this.listen(form);
  }

  makeList(form) {
    const list = document.createElement("ul");
    list.className = "kpo-suggest";
    list.id = `${this.input.id}-suggesties`;
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", "Suggesties");
    list.hidden = true;
    form.append(list);
    return list;
  }

  makeStatus(form) {
    const status = document.createElement("span");
    status.className = "kpo-vh";
    status.setAttribute("role", "status");
    form.append(status);
    return status;
  }

  describeInput() {
    const names = {
      role: "combobox",
      "aria-autocomplete": "list",
      "aria-haspopup": "listbox",
      "aria-controls": this.list.id,
      "aria-expanded": "false",
    };
    for (const [name, value] of Object.entries(names)) this.input.setAttribute(name, value);
  }

  listen(form) {
    this.input.addEventListener("input", () => this.plan());
    this.input.addEventListener("keydown", (event) => this.press(event));
    this.input.addEventListener("click", () => this.offerRecent());
    this.input.addEventListener("blur", () => this.close());
    form.addEventListener("submit", () => this.close());
    // The box keeps the focus, so that its blur does not close the list before the click.
    this.list.addEventListener("pointerdown", (event) => event.preventDefault());
    this.list.addEventListener("click", (event) => {
      const option = event.target.closest("[role=option]");
      if (option) this.follow(option);
    });
  }

  get options() {
    return [...this.list.querySelectorAll("[role=option]")];
  }

  plan() {
    clearTimeout(this.timer);
    this.pending?.abort();
    this.typed = this.input.value;
    if (this.typed.trim().length >= FEWEST_LETTERS) {
      this.timer = setTimeout(() => this.ask(this.typed), PAUSE);
    } else this.offerRecent();
  }

  /* What was asked before, while nothing is typed yet. */
  offerRecent() {
    if (this.input.value.trim() === "") this.show("");
    else if (this.input.value.trim().length < FEWEST_LETTERS) this.close();
  }

  recent() {
    const typed = this.input.value.trim().toLowerCase();
    const known = questions();
    if (typed === "") return known.slice(0, MOST_RECENT);
    const fitting = known.filter((text) => text.includes(typed) && text !== typed);
    return fitting.slice(0, MOST_RECENT_FITTING);
  }

  recentOptions() {
    const found = this.recent().map((text) => this.recentOption(text));
    if (found.length === 0 || this.input.value.trim() !== "") return found;
    return [...found, option("Vergeet wat ik eerder zocht", "", { forget: "" })];
  }

  /* With the box's own glass, where the server's options have the icon of their kind. */
  recentOption(text) {
    const made = option(text, "Eerder gezocht", { ask: text });
    made.prepend(this.input.form.querySelector(".kpo-icon").cloneNode(true));
    return made;
  }

  async ask(text) {
    this.pending = new AbortController();
    try {
      const response = await fetch(`${SOURCE}?${new URLSearchParams({ q: text })}`, {
        headers: { Accept: "text/html" },
        signal: this.pending.signal,
      });
      if (response.ok) this.show(await response.text());
      else this.close();
    } catch {
      // Asked again, or no connection: the box works without suggestions.
    }
  }

  show(html) {
    // Our own server's options, escaped there.
    this.list.innerHTML = html;
    this.list.prepend(...this.recentOptions());
    this.options.forEach((option, at) => (option.id = `${this.list.id}-${at}`));
    this.mark(-1);
    const count = this.options.length;
    if (count === 0 || document.activeElement !== this.input) {
      this.close();
      return;
    }
    this.list.hidden = false;
    this.input.setAttribute("aria-expanded", "true");
    this.status.textContent = count === 1 ? "1 suggestie" : `${count} suggesties`;
  }

  close() {
    clearTimeout(this.timer);
    this.pending?.abort();
    this.list.hidden = true;
    this.status.textContent = "";
    this.input.setAttribute("aria-expanded", "false");
    this.mark(-1);
  }

  mark(at) {
    this.current = at;
    this.options.forEach((option, n) => option.setAttribute("aria-selected", String(n === at)));
    const option = this.options[at];
    if (option) {
      this.input.setAttribute("aria-activedescendant", option.id);
      option.scrollIntoView({ block: "nearest" });
    } else this.input.removeAttribute("aria-activedescendant");
  }

  press(event) {
    if (event.isComposing) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") this.move(event);
    else if (this.list.hidden) return;
    else if (event.key === "Escape") this.dismiss(event);
    else if (event.key === "Enter" && this.options[this.current]) this.choose(event);
    else if (event.key === "Tab") this.close();
  }

  move(event) {
    event.preventDefault();
    if (this.list.hidden) {
      this.plan();
      return;
    }
    // One place more than there are options: there the box itself is current again.
    const places = this.options.length + 1;
    const step = event.key === "ArrowDown" ? 1 : -1;
    this.mark(((this.current + 1 + step + places) % places) - 1);
  }

  dismiss(event) {
    // A search box would also empty itself; the first Escape only puts the list away.
    event.preventDefault();
    event.stopPropagation();
    this.close();
  }

  choose(event) {
    event.preventDefault();
    this.follow(this.options[this.current]);
  }

  follow(option) {
    this.close();
    if ("forget" in option.dataset) this.forget();
    else if ("ask" in option.dataset) {
      this.input.value = option.dataset.ask;
      this.input.form.requestSubmit();
    } else window.location.assign(option.dataset.url);
  }

  forget() {
    forgetQuestions();
    this.status.textContent = "Vergeten";
  }
}

function option(text, kind, data) {
  const made = document.createElement("li");
  made.setAttribute("role", "option");
  made.setAttribute("aria-selected", "false");
  made.className = kind ? "kpo-suggest__recent" : "kpo-suggest__act";
  Object.assign(made.dataset, data);
  for (const [words, name] of [[text, ""], [kind, "kpo-meta"]]) {
    if (!words) continue;
    const part = document.createElement("span");
    part.textContent = words;
    if (name) part.className = name;
    made.append(part);
  }
  return made;
}
