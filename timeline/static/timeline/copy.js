// Copies what a field holds. Without it, the field is there to be copied from.
"use strict";

function copy(button) {
  const field = document.getElementById(button.dataset.copy);
  const byHand = () => {
    field.focus();
    field.select();
    button.textContent = "Press Ctrl+C";
  };
  if (!navigator.clipboard) return byHand();
  const copied = () => {
    button.textContent = "Copied";
  };
  return navigator.clipboard.writeText(field.value).then(copied, byHand);
}

document.documentElement.classList.add("with-script");
document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-copy]");
  if (button) copy(button);
});
