// Redraws the answer while a control moves; without script the form is sent and the page comes back changed.
const form = document.querySelector("form.controls");
const answer = document.getElementById("answer");
const STEPS = 400;
const ME = { headers: { "X-Pleio-Asker": `${Date.now()} ${Math.random()}` } };

for (const field of form.querySelectorAll("input[data-low]")) addRange(field);
form.addEventListener("input", (event) => (event.target.matches("[data-structural]") ? null : ask()));
form.addEventListener("change", (event) => { if (event.target.matches("[data-structural]")) leave(); });
form.addEventListener("submit", (event) => { event.preventDefault(); leave(); });
form.querySelector("button[type=submit]").hidden = true;

// the page as it is set now, without what only repeats the study
function query() {
  const pairs = new URLSearchParams(new FormData(form));
  for (const field of form.querySelectorAll("input[data-unset]")) {
    if (field.value === field.dataset.unset) pairs.delete(field.name);
  }
  for (const [name, value] of [...pairs]) if (value === "" && name !== "agent") pairs.delete(name);
  return pairs.toString();
}

// what changes the controls themselves is answered by a new page
function leave() {
  location.assign(`/playground?${query()}`);
}

// one request at a time: what moved while it was under way is asked afterwards, and only the last of it
let waiting = null;
let underWay = false;

async function ask() {
  waiting = query();
  if (underWay) return;
  underWay = true;
  answer.setAttribute("aria-busy", "true");
  while (waiting !== null) {
    const asked = waiting;
    waiting = null;
    try {
      const reply = await fetch(`/playground/answer?${asked}`, ME);
      const html = await reply.text();
      if (reply.ok || reply.status === 400) show(html);
      else if (reply.status !== 409) say("The server could not answer; move something to try again.");
    } catch {
      say("The server does not answer. Is pleio still running?");
    }
  }
  answer.setAttribute("aria-busy", "false");
  underWay = false;
}

function show(html) {
  const piece = new DOMParser().parseFromString(html, "text/html");
  const parts = piece.querySelector(".answer-parts");
  const problems = piece.querySelector(".problems");
  if (parts) {
    answer.replaceChildren(document.adoptNode(parts));
    const now = parts.dataset.query;
    history.replaceState(null, "", `/playground?${now}`);
    for (const link of document.querySelectorAll("a[data-export]")) link.href = `${link.pathname}?${now}`;
  } else if (problems) {
    answer.querySelector(".problems")?.remove();
    answer.prepend(document.adoptNode(problems));
  }
}

function say(text) {
  answer.querySelector(".problems")?.remove();
  const box = document.createElement("div");
  box.className = "problems";
  box.setAttribute("role", "alert");
  box.textContent = text;
  answer.prepend(box);
}

// a slider beside each number: even steps, or even ratios where the number spans orders of magnitude
function addRange(field) {
  const low = Number(field.dataset.low), high = Number(field.dataset.high);
  if (!(high > low)) return;
  const ratios = low > 0 && !("even" in field.dataset);
  const to = (value) => Math.round(STEPS * (ratios ? Math.log(value / low) / Math.log(high / low) : (value - low) / (high - low)));
  const from = (step) => (ratios ? low * (high / low) ** (step / STEPS) : low + ((high - low) * step) / STEPS);
  const whole = field.name === "times";
  const range = document.createElement("input");
  range.type = "range";
  range.max = String(STEPS);
  range.value = String(to(Number(field.value)));
  range.setAttribute("aria-label", field.labels[0]?.textContent ?? field.name);
  const unit = field.nextElementSibling?.textContent.trim() ?? "";
  const say = () => range.setAttribute("aria-valuetext", `${field.value} ${unit}`.trim()); // its own value is a step
  say();
  range.addEventListener("input", () => {
    const value = from(Number(range.value));
    field.value = whole ? String(Math.round(value)) : String(Number(value.toPrecision(3)));
    say();
  });
  field.addEventListener("input", () => { range.value = String(to(Number(field.value))); say(); });
  field.closest(".slider").append(range);
}
