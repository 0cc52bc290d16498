// The pathway over time: a slider that fills the boxes and says the values, from courses that are asked for once.

const place = document.getElementById("activity");
const FULLEST = 0.75;
if (place.querySelector(".pathway")) start().catch(() => { /* the links to times stay */ });
const study = place.querySelector("select[name=study]");
study.addEventListener("change", () => study.form.submit());
study.form.querySelector("button").hidden = true;

async function start() {
  const reply = await fetch(place.dataset.values);
  if (!reply.ok) return;
  const data = await reply.json();
  const boxes = new Map([...place.querySelectorAll(".level")].map((box) => [box.dataset.place, box]));
  const cells = new Map([...place.querySelectorAll("[data-value]")].map((cell) => [cell.dataset.value, cell]));
  const titles = new Map([...boxes].map(([id, box]) => [id, box.parentNode.querySelector("title")]));
  const { slider, told } = addSlider(data);
  slider.addEventListener("input", () => {
    const i = Number(slider.value);
    for (const [id, course] of Object.entries(data.places)) {
      const value = course.values[i];
      const text = written(value);
      cells.get(id).textContent = text;
      const box = boxes.get(id);
      if (!box) continue;
      const share = (value - course.low) / (course.high - course.low);
      box.setAttribute("fill-opacity", (FULLEST * Math.min(1, Math.max(0, share))).toFixed(3));
      titles.get(id).textContent = `${course.place}: ${course.label}: ${text} ${course.unit === "1" ? "" : course.unit}`.trim();
    }
    const word = timeWord(data.times[i]);
    told.textContent = word;
    slider.setAttribute("aria-valuetext", word);
    for (const said of place.querySelectorAll(".said-time")) said.textContent = word;
    for (const stop of place.querySelectorAll(".stops a")) stop.removeAttribute("aria-current");
    moveLinks(String(data.times[i]));
  });
}

function addSlider(data) {
  const box = document.createElement("div");
  box.className = "time-slider";
  const slider = document.createElement("input");
  slider.type = "range";
  slider.max = String(data.times.length - 1);
  slider.value = String(data.times.indexOf(data.at));
  slider.setAttribute("aria-label", "time");
  const told = document.createElement("output");
  told.textContent = timeWord(data.at);
  slider.setAttribute("aria-valuetext", told.textContent);
  box.append(slider, told);
  place.querySelector("figure").before(box);
  return { slider, told };
}

// the address, and what leads to the same view elsewhere, follow the time
function moveLinks(at) {
  for (const link of place.querySelectorAll("a[data-moves], .choices:not(.stops) a")) {
    const address = new URL(link.href);
    address.searchParams.set("at", at);
    link.href = address.href;
  }
  const here = new URL(location.href);
  here.searchParams.set("at", at);
  history.replaceState(null, "", here);
  const frame = place.querySelector("pre.copy");
  frame.textContent = frame.textContent.replace(/([?&](?:amp;)?at=)[^&"]*/, `$1${at}`);
}

function timeWord(hours) {
  return place.dataset.days ? `day ${written(hours / 24)}` : `${written(hours)} h`;
}

// as the server writes numbers: three digits, a true minus sign, powers of ten where they are very large or small
function written(value) {
  if (value === null) return "not measured";
  if (value === 0) return "0";
  const power = Math.floor(Math.log10(Math.abs(value)));
  if (power >= -4 && power < 6) return Number(value.toPrecision(3)).toLocaleString("en", { maximumSignificantDigits: 3 }).replace("-", "−");
  const raised = String(power).replace(/[-\d]/g, (sign) => (sign === "-" ? "⁻" : "⁰¹²³⁴⁵⁶⁷⁸⁹"[sign]));
  return `${Number((value / 10 ** power).toFixed(2))} × 10${raised}`.replace("-", "−");
}
