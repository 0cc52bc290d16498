// More of the graph than the neighbours, drawn with WebGL where the reader asked for it and the browser can.
// The server has laid it out.  What is pointed at is named; a tie opens what stands behind it; an entity leads onward.

const figure = document.getElementById("atlas");
const EVENTS = 20_000; // ties up to which each can be pointed at; beyond, only entities
const LABELS = 400;

if (figure && figure.dataset.reach !== "1" && hasWebGL()) start().catch(() => { /* the server's drawing stays */ });

function hasWebGL() {
  const canvas = document.createElement("canvas");
  return Boolean(globalThis.Sigma && globalThis.graphology && (canvas.getContext("webgl2") || canvas.getContext("webgl")));
}

async function start() {
  const from = performance.now();
  figure.querySelector(".said").textContent = "The map is being laid out.";
  const reply = await fetch(`/atlas/graph.json?${figure.dataset.view}`);
  if (!reply.ok) return;
  const data = await reply.json();
  if (!data.places.curie.length) return;
  const graph = new graphology.DirectedGraph();
  const colours = readColours();
  const light = data.ties.source.length > EVENTS;
  data.places.curie.forEach((curie, i) => graph.addNode(curie, {
    label: data.places.name[i], x: data.places.x[i], y: -data.places.y[i],
    size: Math.max(light ? 0.8 : 2.5, Math.min(14, (light ? 0.5 : 1.6) * Math.sqrt(data.places.ties[i]))), forceLabel: i === data.middle,
  }));
  data.ties.source.forEach((s, i) => graph.addEdge(data.places.curie[s], data.places.curie[data.ties.target[i]], {
    belief: data.ties.belief[i], effect: data.effects[data.ties.effect[i]], contested: data.ties.contested[i],
    size: light ? 0.4 : data.ties.contested[i] ? 2.4 : 1.4, type: light || data.effects[data.ties.effect[i]] !== "activates" ? "line" : "arrow",
  }));
  const box = document.createElement("div");
  box.className = "atlas-canvas";
  box.tabIndex = 0;
  box.setAttribute("role", "application");
  box.setAttribute("aria-label", `map of ${graph.order} entities and ${graph.size} ties; arrow keys move it, plus and minus zoom; the list below says the same`);
  figure.prepend(box);
  const middle = data.middle < 0 ? null : data.places.curie[data.middle];
  const state = { pointed: null };
  const sigma = new Sigma(graph, box, {
    allowInvalidContainer: true, renderEdgeLabels: false, hideEdgesOnMove: light, enableEdgeEvents: !light,
    labelFont: "sans-serif", labelSize: 12, labelColor: { color: colours.ink }, labelRenderedSizeThreshold: graph.order > LABELS ? 7 : 3, defaultDrawNodeHover: label,
    nodeReducer: (node, given) => ({ ...given, color: node === middle ? colours.held : node === state.pointed ? colours.ink : colours.soft }),
    edgeReducer: (edge, given) => ({ ...given, color: given.belief < 0 ? colours.rule : colours.steps[given.belief] }),
  });
  figure.classList.add("live");
  for (const drawing of figure.querySelectorAll(".drawing")) drawing.hidden = true;
  figure.querySelector(".said").textContent = `${graph.order.toLocaleString("en")} entities and ${graph.size.toLocaleString("en")} ties. Point at an entity to read its name, press it to look around it${light ? "" : "; press a tie to open what stands behind it"}.`;
  const about = addAbout(box);
  sigma.on("enterNode", ({ node }) => { state.pointed = node; about.textContent = graph.getNodeAttribute(node, "label"); sigma.refresh({ partialGraph: { nodes: [node] }, skipIndexation: true }); });
  sigma.on("leaveNode", ({ node }) => { state.pointed = null; about.textContent = ""; sigma.refresh({ partialGraph: { nodes: [node] }, skipIndexation: true }); });
  sigma.on("clickNode", ({ node }) => { location.assign(address({ about: node })); });
  if (!light) {
    sigma.on("enterEdge", ({ edge }) => { about.textContent = told(graph, edge); });
    sigma.on("leaveEdge", () => { about.textContent = ""; });
    sigma.on("clickEdge", ({ edge }) => { open(graph.source(edge), graph.target(edge)); });
  }
  addTools(box, sigma, light && !matchMedia("(prefers-reduced-motion: reduce)").matches);
  new MutationObserver(() => { Object.assign(colours, readColours()); sigma.setSetting("labelColor", { color: colours.ink }); sigma.refresh(); }).observe(document.documentElement, { attributeFilter: ["data-theme"] });
  sigma.once("afterRender", () => { figure.dataset.drawn = `${graph.order} ${graph.size}`; figure.dataset.milliseconds = String(Math.round(performance.now() - from)); });
  sigma.refresh();

  function label(context, given) {
    context.font = "600 12px sans-serif";
    context.fillStyle = colours.paper;
    context.fillRect(given.x + given.size, given.y - 9, context.measureText(given.label).width + 8, 18);
    context.fillStyle = colours.ink;
    context.fillText(given.label, given.x + given.size + 4, given.y + 4);
  }
}

// the page's own colours, as the canvas needs them
function readColours() {
  const probe = document.createElement("span");
  document.body.append(probe);
  const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  const hex = (value) => {
    canvas.clearRect(0, 0, 1, 1);
    canvas.fillStyle = value;
    canvas.fillRect(0, 0, 1, 1);
    return `#${[...canvas.getImageData(0, 0, 1, 1).data].slice(0, 3).map((part) => part.toString(16).padStart(2, "0")).join("")}`;
  };
  const variable = (name) => hex(getComputedStyle(document.body).getPropertyValue(name).trim());
  const steps = Array.from({ length: 11 }, (_, step) => {
    probe.className = `claim-mark b${step}`;
    return hex(getComputedStyle(probe).color);
  });
  probe.remove();
  return { steps, ink: variable("--ink"), soft: variable("--soft"), held: variable("--held"), rule: variable("--strong-rule"), paper: variable("--paper") };
}

function told(graph, edge) {
  const { belief, effect, contested } = graph.getEdgeAttributes(edge);
  const words = { activates: "increases", inhibits: "decreases", contested: "changes", mixed: "has several effects on", binds: "binds", other: "goes with" };
  const name = (node) => graph.getNodeAttribute(node, "label");
  return `${name(graph.source(edge))} ${words[effect]} ${name(graph.target(edge))}: ${belief < 0 ? "not weighed" : `belief ${(belief / 10).toFixed(1)}`}${contested ? ", contested" : ""}`;
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

// a large map glides, so that its ties are drawn again only where it comes to rest
function addTools(box, sigma, glides) {
  const camera = sigma.getCamera();
  const go = (state) => (glides ? camera.animate(state, { duration: 150 }) : camera.setState(state));
  const move = (dx, dy) => { const now = camera.getState(); go({ x: now.x + dx * now.ratio, y: now.y + dy * now.ratio }); };
  const zoom = (by) => go({ ratio: Math.max(0.02, Math.min(4, camera.getState().ratio * by)) });
  const keys = { ArrowLeft: () => move(-0.08, 0), ArrowRight: () => move(0.08, 0), ArrowUp: () => move(0, 0.08), ArrowDown: () => move(0, -0.08), "+": () => zoom(0.8), "=": () => zoom(0.8), "-": () => zoom(1.25), 0: () => go({ x: 0.5, y: 0.5, ratio: 1 }) };
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
