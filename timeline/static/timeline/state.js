// Shows our reading while an editor types. Without it, "Preview" does the same.
"use strict";

const PAUSE = 300; // milliseconds without a key

const form = document.getElementById("state-form");
const panel = document.getElementById("reading");
const picker = document.getElementById("picker");
const echo = document.getElementById("echo");
let waiting = 0;
let asked = null;

function ask() {
  if (asked) asked.abort();
  asked = new AbortController();
  const { signal } = asked;
  fetch(form.dataset.reading, {
    method: "POST",
    body: new FormData(form),
    signal,
    redirect: "error",
  })
    .then((answer) => {
      if (!answer.ok) throw new Error(answer.status);
      return answer.text();
    })
    .then(show)
    .catch((error) => {
      if (error.name !== "AbortError") stale("Not up to date. Press Preview.");
    });
}

function show(html) {
  const focused = panel.contains(document.activeElement) && document.activeElement.id;
  panel.innerHTML = html; // rendered and escaped by our own server
  panel.removeAttribute("aria-busy");
  echo.textContent = panel.querySelector(".state-window, .state-why")?.textContent ?? "";
  if (panel.querySelector("[data-pick]")) picker.open = true;
  if (focused) document.getElementById(focused)?.focus();
}

function stale(why) {
  panel.setAttribute("aria-busy", "true");
  panel.querySelectorAll("button").forEach((button) => {
    button.disabled = true;
    button.textContent = why;
  });
}

function changed() {
  stale("Reading…");
  clearTimeout(waiting);
  waiting = setTimeout(ask, PAUSE);
}

// What was typed or chosen before this script came, or kept by the browser over a reload.
function isTouched(field) {
  return field.checked !== field.defaultChecked || field.value !== field.defaultValue;
}

function isNewlyChosen(option) {
  return option.selected && !option.defaultSelected && option.index > 0;
}

if (form && panel) {
  form.addEventListener("input", changed);
  const early =
    [...form.querySelectorAll("input")].some(isTouched) ||
    [...form.querySelectorAll("option")].some(isNewlyChosen);
  if (early) changed();
}
