// Shows the calendar while it is being chosen. Without it, "Show" does the same.
"use strict";

const PAUSE = 250; // milliseconds without a change

const form = document.getElementById("builder");
const preview = document.getElementById("preview");
const tally = document.getElementById("tally");
const echo = document.getElementById("echo");
let waiting = 0;
let asked = null;

// What is given, without defaults: a list in one parameter, a choice only if it is not the first.
function query() {
  const given = new Map();
  for (const field of form.elements) {
    if (!field.name) continue;
    if (field.type === "checkbox" && field.checked) {
      given.set(field.name, [...(given.get(field.name) ?? []), field.value]);
    } else if (field.tagName === "SELECT" && field.selectedIndex > 0) {
      given.set(field.name, [field.value]);
    }
  }
  return [...given].map(([name, values]) => `${name}=${values.map(encodeURIComponent).join(",")}`).join("&");
}

function changed() {
  preview.setAttribute("aria-busy", "true");
  countTicks();
  clearTimeout(waiting);
  waiting = setTimeout(ask, PAUSE);
}

function ask() {
  if (asked) asked.abort();
  asked = new AbortController();
  fetch(`${form.dataset.preview}?${query()}`, { signal: asked.signal, redirect: "error" })
    .then((answer) => {
      if (![200, 400, 503].includes(answer.status)) throw new Error(answer.status);
      return answer.text();
    })
    .then(show)
    .catch((error) => {
      if (error.name !== "AbortError") say("This could not be brought up to date. Press Show.");
    });
}

function show(html) {
  const open = new Set([...preview.querySelectorAll("details[open]")].map((one) => one.dataset.name));
  preview.innerHTML = html; // rendered and escaped by our own server
  for (const one of preview.querySelectorAll("details")) one.open = open.has(one.dataset.name);
  preview.removeAttribute("aria-busy");
  document.getElementById("wrong")?.remove();
  const chosen = preview.querySelector("[data-query]")?.dataset.query;
  if (chosen !== undefined) {
    history.replaceState(null, "", location.pathname + (chosen && `?${chosen}`));
  }
  say(preview.querySelector("[data-tally]")?.textContent ?? "No calendar");
}

function say(words) {
  tally.textContent = words;
  echo.textContent = words;
}

function countTicks() {
  for (const place of form.querySelectorAll("[data-chosen]")) {
    const ticks = form.querySelectorAll(`input[name="${place.dataset.chosen}"]:checked`).length;
    place.textContent = ticks ? `${ticks} ticked` : "";
  }
  const looks = [...new URLSearchParams(query()).keys()].filter((name) => form.querySelector(`.looks [name="${name}"]`));
  form.querySelector("[data-changed]").textContent = looks.length ? `${looks.length} changed` : "";
}

form.addEventListener("change", changed);
// A browser that comes back fills the form in again.
addEventListener("pageshow", countTicks);
