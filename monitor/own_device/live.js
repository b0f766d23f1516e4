"use strict";

// Shows what the sensor tells, for as long as the page is open. Everything here works without this
// script too: /mijn-apparaat/zonder-script.

const MOST_LINES = 200;

const live = document.getElementById("live");
const state = document.getElementById("state");
const counts = document.getElementById("counts");
const lines = document.getElementById("lines");
const nothing = document.getElementById("nothing");
const stop = document.getElementById("stop");
const again = document.getElementById("again");

// What is the same is not said again: a screen reader would read it again.
function say(element, said) {
  if (element.textContent !== said) {
    element.textContent = said;
  }
}

function end(said) {
  source.close();
  say(state, said);
  stop.hidden = true;
  again.hidden = false;
}

const source = new EventSource(live.dataset.source);
live.hidden = false;

source.addEventListener("state", (event) => { say(state, event.data); });
source.addEventListener("counts", (event) => { say(counts, event.data); });
source.addEventListener("line", (event) => {
  nothing.hidden = true;
  // Written and escaped by the sensor.
  lines.insertAdjacentHTML("afterbegin", event.data);
  while (lines.childElementCount > MOST_LINES) {
    lines.lastElementChild.remove();
  }
});
source.addEventListener("end", (event) => end(event.data));
source.addEventListener("error", () => {
  if (source.readyState !== EventSource.CLOSED) {
    say(state, live.dataset.interrupted);
  } else if (again.hidden) {
    end(live.dataset.interrupted);
  }
});
stop.addEventListener("click", () => {
  end(live.dataset.stopped);
  again.focus();
});
