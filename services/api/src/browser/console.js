// The console works without this; it only saves a click here and there.
"use strict";

// A button that cannot be taken back asks first.
document.addEventListener("submit", (event) => {
  const question = event.submitter?.dataset.ask;
  if (question && !window.confirm(question)) event.preventDefault();
});

// A secret that is shown once can be copied with one click.
for (const button of document.querySelectorAll("[data-copy]")) {
  button.hidden = false;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(document.getElementById(button.dataset.copy).textContent.trim());
    button.textContent = "Copied";
  });
}

// Times are written in UTC; whoever points at one sees their own.
for (const time of document.querySelectorAll("time[datetime]")) {
  time.title = new Date(time.dateTime).toLocaleString();
}

// Filters apply as soon as they are chosen.
for (const field of document.querySelectorAll("form[data-live] select")) {
  field.addEventListener("change", () => field.form.requestSubmit());
}
