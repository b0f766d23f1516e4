// Draws the charts of a page from the specifications that stand in it, in the colours of the
// reader's device. Without it the page has the same figures in tables.
const dark = window.matchMedia("(prefers-color-scheme: dark)");
const read = (name) => JSON.parse(document.getElementById(name).textContent);
const night = read("night");
const numbers = read("numbers");
const views = [];

function coloured(text) {
  if (!dark.matches) return text;
  return text.replace(/"(#[0-9a-f]{6})"/g, (whole, colour) => (colour in night ? `"${night[colour]}"` : whole));
}

async function draw(place) {
  const text = document.getElementById(`specification-${place.dataset.chart}`).textContent;
  place.classList.add("drawn");
  const result = await window.vegaEmbed(place, JSON.parse(coloured(text)), {
    ast: true, actions: false, defaultStyle: false, renderer: "svg", tooltip: false, formatLocale: numbers,
  });
  // What a reader hears is the name of the place, and the table below it.
  place.querySelector("svg").setAttribute("aria-hidden", "true");
  views.push(result);
}

async function drawAll() {
  while (views.length) views.pop().finalize();
  for (const place of document.querySelectorAll("[data-chart]")) await draw(place);
}

drawAll().then(() => {
  for (const table of document.querySelectorAll("details.figures")) table.open = false;
  document.documentElement.dataset.charts = "drawn";
});
dark.addEventListener("change", drawAll);
