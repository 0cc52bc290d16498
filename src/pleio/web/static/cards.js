// A card at each claim: quote, source, belief.  Its content is in the page; nothing is fetched.
// Pointing opens it, so does focusing the mark or tapping the sentence; Escape closes it.

const DELAY = 120;
let card = null;
let owner = null;
let timer = 0;

export function attachCards() {
  if (!document.querySelector("template[id^='card-']")) return;
  document.addEventListener("pointerover", (event) => {
    if (event.pointerType === "touch") return;
    const target = claimAt(event.target);
    if (target) later(() => open(target));
    else if (!card?.contains(event.target)) later(close);
  });
  document.addEventListener("focusin", (event) => {
    const target = event.target.closest?.("[data-claim]");
    if (target && target.matches(":focus-visible")) open(target);
    else if (!card?.contains(event.target)) close();
  });
  document.addEventListener("click", (event) => {
    const sentence = event.target.closest("span.claim");
    if (sentence && !event.target.closest("a")) { owner === sentence ? close() : open(sentence); return; }
    if (!card?.contains(event.target)) close();
  });
  document.addEventListener("keydown", (event) => { if (event.key === "Escape") close(); });
}

function claimAt(element) {
  return element.closest?.("span.claim, a[data-claim]");
}

function later(action) {
  clearTimeout(timer);
  timer = setTimeout(action, DELAY);
}

function open(target) {
  clearTimeout(timer);
  if (owner === target) return;
  close();
  const ids = (target.dataset.claims ?? target.dataset.claim).split(" ");
  const templates = ids.map((id) => document.getElementById(`card-${id}`)).filter(Boolean);
  if (!templates.length) return;
  card = document.createElement("div");
  card.className = "card";
  card.setAttribute("role", "note");
  templates.forEach((template, index) => {
    if (index) card.append(document.createElement("hr"));
    card.append(template.content.cloneNode(true));
  });
  document.body.append(card);
  owner = target;
  owner.classList.add("lit");
  place(target);
}

function place(target) {
  const boxes = [...target.getClientRects()];
  const box = boxes[boxes.length - 1] ?? target.getBoundingClientRect();
  const width = card.offsetWidth;
  const left = Math.min(Math.max(16, box.left), document.documentElement.clientWidth - width - 16);
  const below = box.bottom + card.offsetHeight + 12 < innerHeight || box.top < card.offsetHeight + 12;
  const top = below ? box.bottom + 6 : box.top - card.offsetHeight - 6;
  card.style.left = `${left + scrollX}px`;
  card.style.top = `${top + scrollY}px`;
}

function close() {
  clearTimeout(timer);
  card?.remove();
  owner?.classList.remove("lit");
  card = owner = null;
}
