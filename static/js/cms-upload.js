// Sends each chosen or dropped file by itself, so that progress and refusals are per file.
// Without this script the same form sends them together.

const MEGABYTE = 1024 * 1024;
const VIDEO = /\.(mp4|webm)$/i;

function row(list, name) {
  const item = document.createElement("li");
  item.className = "kpo-upload__item";
  const title = document.createElement("span");
  title.className = "kpo-upload__name";
  title.textContent = name;
  const bar = document.createElement("progress");
  bar.max = 100;
  bar.value = 0;
  bar.setAttribute("aria-label", `Voortgang van ${name}`);
  const message = document.createElement("span");
  message.className = "kpo-upload__message";
  message.textContent = "Wacht op zijn beurt.";
  item.append(title, bar, message);
  list.append(item);
  return { item, title, bar, message };
}

function settle(parts, answer) {
  parts.bar.remove();
  parts.item.classList.add(answer.is_stored ? "is-stored" : "is-refused");
  const verdict = answer.is_stored ? "Toegevoegd." : "Niet toegevoegd.";
  parts.message.textContent = `${verdict} ${answer.message}`;
  if (answer.url) {
    const link = document.createElement("a");
    link.href = answer.url;
    link.textContent = answer.title;
    parts.title.replaceChildren(link);
  }
}

function refusal(message) {
  return { is_stored: false, message };
}

function send(form, file, parts) {
  return new Promise((done) => {
    const data = new FormData(form);
    data.delete("files");
    data.append("files", file);
    const request = new XMLHttpRequest();
    request.open("POST", form.action || window.location.href);
    request.setRequestHeader("Accept", "application/json");
    parts.message.textContent = "Wordt verstuurd.";
    request.upload.addEventListener("progress", (event) => {
      if (!event.lengthComputable) return;
      parts.bar.value = Math.round((100 * event.loaded) / event.total);
      parts.message.textContent = parts.bar.value < 100 ? `${parts.bar.value}%` : "Wordt gecontroleerd.";
    });
    request.addEventListener("load", () => {
      try {
        done(JSON.parse(request.responseText).files[0]);
      } catch {
        done(refusal("De server gaf geen antwoord. Probeer het nog eens."));
      }
    });
    request.addEventListener("error", () => done(refusal("De verbinding viel weg. Probeer het nog eens.")));
    request.send(data);
  });
}

export function watchUploads(root) {
  const form = root.querySelector("[data-upload]");
  if (!form) return;
  const list = root.querySelector("[data-upload-list]");
  const heading = root.querySelector("[data-upload-heading]");
  const error = form.querySelector("[data-upload-error]");
  const zone = form.querySelector("[data-upload-zone]");
  const input = form.querySelector("input[type=file]");
  const audience = form.querySelector("[name=audience]");
  const most = Number(form.dataset.mostMegabytes) * MEGABYTE;
  const status = root.querySelector("[data-upload-status]");
  const count = { all: 0, stored: 0, refused: 0 };
  let queue = Promise.resolve();
  // What was chosen or dropped before it was known who may read it.
  let early = [];

  function tell() {
    const busy = count.all - count.stored - count.refused;
    const refused = count.refused ? `, ${count.refused} niet` : "";
    const files = count.all === 1 ? "1 bestand" : `${count.all} bestanden`;
    status.textContent = busy
      ? `Bezig met ${count.stored + count.refused + 1} van ${files}.`
      : `${count.stored} van ${files} toegevoegd${refused}.`;
  }

  function finish(parts, answer) {
    settle(parts, answer);
    count[answer.is_stored ? "stored" : "refused"] += 1;
    tell();
  }

  function take(file) {
    const parts = row(list, file.name);
    count.all += 1;
    if (file.size > most && !VIDEO.test(file.name)) {
      finish(parts, refusal(`Het bestand is ${Math.ceil(file.size / MEGABYTE)} MB en ${most / MEGABYTE} MB is het hoogste.`));
    } else {
      queue = queue.then(() => send(form, file, parts)).then((answer) => finish(parts, answer));
    }
  }

  function add(files) {
    if (!files.length) return;
    if (!audience.value) {
      early.push(...files);
      error.textContent = "Kies eerst wie dit mag lezen. Daarna gaan je bestanden vanzelf mee.";
      audience.focus();
      return;
    }
    error.textContent = "";
    heading.hidden = false;
    for (const file of files) take(file);
    tell();
    input.value = "";
  }

  form.querySelector("[data-upload-submit]").hidden = true;
  input.addEventListener("change", () => add([...input.files]));
  audience.addEventListener("change", () => {
    if (!audience.value) return;
    const files = early;
    early = [];
    add(files);
  });
  form.addEventListener("submit", (event) => event.preventDefault());
  for (const name of ["dragover", "dragenter"]) {
    zone.addEventListener(name, (event) => {
      event.preventDefault();
      zone.classList.add("is-over");
    });
  }
  zone.addEventListener("dragleave", () => zone.classList.remove("is-over"));
  zone.addEventListener("drop", (event) => {
    event.preventDefault();
    zone.classList.remove("is-over");
    add([...event.dataTransfer.files]);
  });
}

watchUploads(document);
