// Counts down to the end of a permission, from what the server said: a phone's clock may differ.
// Without it the page shows the minutes as they were when it was loaded.
const loaded = performance.now();

function show(timer) {
  const left = Math.max(0, Math.ceil(Number(timer.dataset.left) - (performance.now() - loaded) / 1000));
  const text = timer.firstElementChild;
  const seconds = String(left % 60).padStart(2, "0");
  text.textContent = left >= 300 ? `${Math.ceil(left / 60)} ${text.dataset.minutes}` : `${Math.floor(left / 60)}:${seconds}`;
  if (left === 0 && !timer.dataset.over) {
    timer.dataset.over = "yes";
    setTimeout(() => window.location.reload(), 2000);
  }
}
setInterval(() => document.querySelectorAll("[data-left]").forEach(show), 1000);
