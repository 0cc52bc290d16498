// More of the graph than the neighbours, drawn with WebGL where the reader asked for it and the browser can.
// The server has laid it out.  What is pointed at is named; a tie opens what stands behind it; an entity leads onward.

import { drawMap } from "./map.js";

const figure = document.getElementById("atlas");
const EFFECTS = ["increases", "decreases", "changes", "has several effects on", "binds", "goes with"];
const ARRAYS = { f4: Float32Array, u4: Uint32Array, u1: Uint8Array };
const said = figure.querySelector(".said"), before = said.textContent;
const GLIDE = matchMedia("(prefers-reduced-motion: reduce)").matches ? 0 : 150; // ms

if (figure.dataset.reach !== "1") start().catch(leave);

function leave() { // the server's drawing stays
  said.textContent = before;
  figure.classList.remove("live");
  figure.querySelector(".atlas-canvas")?.remove();
}

async function start() {
  const from = performance.now();
  said.textContent = "The map is being laid out.";
  const reply = await fetch(`/atlas/graph.bin?${figure.dataset.view}`);
  const data = reply.ok ? decoded(await reply.arrayBuffer()) : null;
  if (!data?.x.length) { leave(); return; }
  const [places, ties] = [data.x.length, data.source.length];
  const box = document.createElement("div");
  box.className = "atlas-canvas";
  box.tabIndex = 0;
  box.setAttribute("role", "application");
  box.setAttribute("aria-label", `map of ${places} entities and ${ties} ties; arrow keys move it, plus and minus zoom; the list below says the same`);
  figure.classList.add("live");
  figure.prepend(box);
  let colours = readColours();
  const since = () => String(Math.round(performance.now() - from));
  const map = drawMap(box, data, () => colours, {
    painted() { figure.dataset.first ??= since(); },
    parted() { delete figure.dataset.whole; },
    whole() { figure.dataset.whole ??= since(); figure.dataset.drawn ??= `${places} ${ties}`; },
    lost: leave,
  });
  const counted = `${places.toLocaleString("en")} entities and ${ties.toLocaleString("en")} ties.`;
  const some = map.strong < ties ? ` While the map moves, the ${map.strong.toLocaleString("en")} with most evidence are drawn.` : "";
  said.textContent = `${counted}${some} Point at an entity to read its name, press it to look around it; press a tie to open what stands behind it.`;
  addPointing(box, map, data, addAbout(box));
  addTools(box, map);
  const recolour = () => { colours = readColours(); map.recolour(); };
  new MutationObserver(recolour).observe(document.documentElement, { attributeFilter: ["data-theme"] });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", recolour);
}

// columns as the server wrote them; the names are read when the first of them is asked for
function decoded(buffer) {
  const length = new DataView(buffer).getUint32(0, true), text = (from, count) => new TextDecoder().decode(new Uint8Array(buffer, from, count));
  const { middle, columns } = JSON.parse(text(4, length)), from = 4 + length;
  const data = { middle };
  for (const [name, [kind, offset, count]] of Object.entries(columns)) if (kind in ARRAYS) data[name] = new ARRAYS[kind](buffer, from + offset, count);
  let named = null;
  const names = () => (named ??= JSON.parse(text(from + columns.names[1], columns.names[2])));
  data.name = (i) => names().name[i];
  data.curie = (i) => names().curie[i];
  return data;
}

// the page's own colours, as the canvas and WebGL need them
function readColours() {
  const probe = document.createElement("span");
  document.body.append(probe);
  const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  const parts = (value) => {
    canvas.clearRect(0, 0, 1, 1);
    canvas.fillStyle = value;
    canvas.fillRect(0, 0, 1, 1);
    return [...canvas.getImageData(0, 0, 1, 1).data].slice(0, 3).map((part) => part / 255);
  };
  const variable = (name) => getComputedStyle(document.body).getPropertyValue(name).trim();
  const steps = Array.from({ length: 11 }, (_, step) => {
    probe.className = `claim-mark b${step}`;
    return parts(getComputedStyle(probe).color);
  });
  probe.remove();
  const palette = [...steps, parts(variable("--strong-rule"))].flat();
  return { palette, ink: ["--ink", "--held", "--soft", "--paper"].flatMap((name) => parts(variable(name))), words: variable("--ink"), paper: variable("--paper") };
}

function told(data, n) {
  const look = data.look[n], belief = look & 15;
  const words = `${data.name(data.source[n])} ${EFFECTS[look >> 5]} ${data.name(data.target[n])}`;
  return `${words}: ${belief > 10 ? "not weighed" : `belief ${(belief / 10).toFixed(1)}`}${look & 16 ? ", contested" : ""}`;
}

function address(changes) {
  const query = new URLSearchParams(figure.dataset.view);
  for (const [name, value] of Object.entries(changes)) query.set(name, value);
  return `/atlas?${query}`;
}

async function open(source, target) {
  const place = document.getElementById("tie");
  const there = address({ tie: `${source}~${target}` });
  const reply = await fetch(there.replace("/atlas?", "/atlas/tie?"));
  if (!reply.ok) return;
  const piece = new DOMParser().parseFromString(await reply.text(), "text/html");
  place.replaceChildren(...piece.body.childNodes);
  history.replaceState(null, "", there);
  place.scrollIntoView({ block: "nearest" });
}

function addAbout(box) {
  const about = document.createElement("p");
  about.className = "atlas-about";
  about.setAttribute("aria-live", "polite");
  box.append(about);
  return about;
}

// one pointer moves the map, two zoom it; a press without a move opens what it meets
function addPointing(box, map, data, about) {
  const down = new Map();
  let far = 0, asked = null;
  const spot = (event) => { const { left, top } = box.getBoundingClientRect(); return [event.clientX - left - box.clientLeft, event.clientY - top - box.clientTop]; };
  const lift = ({ place, tie }) => {
    map.point({ place, tie });
    box.classList.toggle("pointing", place >= 0 || tie >= 0);
    about.textContent = place >= 0 ? `${data.name(place)}: ${data.degree[place].toLocaleString("en")} ${data.degree[place] === 1 ? "tie" : "ties"}` : tie >= 0 ? told(data, tie) : "";
  };
  let last = "-1 -1";
  const look = (event) => {
    const [x, y] = spot(event);
    if (!asked) asked = requestAnimationFrame(() => {
      asked = null;
      const found = map.what(x, y), key = `${found.place} ${found.tie}`;
      if (key !== last) lift(found);
      last = key;
    });
  };
  box.addEventListener("pointerdown", (event) => {
    if (event.button || event.target.closest("button")) return;
    box.setPointerCapture(event.pointerId);
    down.set(event.pointerId, spot(event));
    if (down.size === 1) far = 0;
  });
  box.addEventListener("pointermove", (event) => {
    const before = down.get(event.pointerId);
    if (!before) { if (event.pointerType === "mouse" && !event.target.closest("button")) look(event); return; }
    const now = spot(event), [dx, dy] = [now[0] - before[0], now[1] - before[1]];
    far += Math.hypot(dx, dy);
    if (down.size === 2) {
      const [other] = [...down].find(([id]) => id !== event.pointerId).slice(1), apart = (one) => Math.hypot(one[0] - other[0], one[1] - other[1]);
      map.zoom(apart(now) / (apart(before) || 1), (now[0] + other[0]) / 2, (now[1] + other[1]) / 2);
      map.pan(dx / 2, dy / 2);
    } else if (far > 4) map.pan(dx, dy);
    down.set(event.pointerId, now);
  });
  const up = (event) => {
    if (!down.delete(event.pointerId) || down.size || far > 4 || event.type === "pointercancel") return;
    const { place, tie } = map.what(...spot(event));
    if (place >= 0) location.assign(address({ about: data.curie(place) }));
    else if (tie >= 0) open(data.curie(data.source[tie]), data.curie(data.target[tie]));
  };
  box.addEventListener("pointerup", up);
  box.addEventListener("pointercancel", up);
  box.addEventListener("pointerleave", () => { lift({ place: -1, tie: -1 }); last = "-1 -1"; });
  box.addEventListener("wheel", (event) => {
    event.preventDefault();
    map.zoom(Math.exp(-Math.max(-200, Math.min(200, event.deltaY * (event.deltaMode ? 20 : 1))) / 400), ...spot(event));
  }, { passive: false });
}

function addTools(box, map) {
  const step = (x, y) => () => { const [width, height] = map.size(); map.pan(x * width, y * height, GLIDE); };
  const nearer = () => map.zoom(1.25, undefined, undefined, GLIDE), further = () => map.zoom(0.8, undefined, undefined, GLIDE);
  const keys = { ArrowLeft: step(0.08, 0), ArrowRight: step(-0.08, 0), ArrowUp: step(0, 0.08), ArrowDown: step(0, -0.08), "+": nearer, "=": nearer, "-": further, 0: () => map.whole(GLIDE) };
  box.addEventListener("keydown", (event) => {
    if (event.target !== box || !(event.key in keys) || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    keys[event.key]();
  });
  const tools = document.createElement("div");
  tools.className = "atlas-tools";
  for (const [sign, name, key] of [["+", "nearer", "+"], ["−", "further", "-"], ["all", "the whole map", "0"]]) {
    const button = document.createElement("button");
    button.type = "button";
    const seen = document.createElement("span");
    seen.setAttribute("aria-hidden", "true");
    seen.textContent = sign;
    const said = document.createElement("span");
    said.className = "unseen";
    said.textContent = name;
    button.append(seen, said);
    button.addEventListener("click", keys[key]);
    tools.append(button);
  }
  box.append(tools);
}
