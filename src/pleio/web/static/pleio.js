// What script adds to pages that work without it: cards at claims, a theme switch, copying, the place in the contents,
// the key that leads to the search.
import { attachCards } from "./cards.js";

attachCards();
addThemeSwitch();
addCopyButtons();
followContents();
slashSearches();

function slashSearches() {
  const field = document.querySelector(".search-page input[type=search], .site-search input");
  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest?.("input, textarea, select, [contenteditable]");
    if (event.key !== "/" || typing || event.ctrlKey || event.metaKey || event.altKey || !field) return;
    event.preventDefault();
    field.focus();
    field.select();
  });
}

function addThemeSwitch() {
  const header = document.querySelector("header.site");
  if (!header) return;
  const button = document.createElement("button");
  button.type = "button";
  button.className = "theme-toggle";
  const dark = () => {
    const chosen = document.documentElement.dataset.theme;
    return chosen ? chosen === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  };
  const name = () => { button.textContent = dark() ? "light" : "dark"; button.setAttribute("aria-label", `use the ${button.textContent} theme`); };
  button.addEventListener("click", () => {
    const next = dark() ? "light" : "dark";
    document.documentElement.dataset.theme = next;
    try { localStorage.setItem("theme", next); } catch { /* for this page only */ }
    name();
  });
  name();
  header.append(button);
}

function addCopyButtons() {
  if (!navigator.clipboard) return;
  for (const block of document.querySelectorAll("pre.copy")) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "copy-button";
    button.textContent = "copy";
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(block.textContent);
      button.textContent = "copied";
      setTimeout(() => { button.textContent = "copy"; }, 1500);
    });
    block.before(button);
  }
}

function followContents() {
  const links = new Map([...document.querySelectorAll(".contents a")].map((link) => [link.hash.slice(1), link]));
  if (!links.size) return;
  const narrow = matchMedia("(max-width: 83.99rem)");
  const contents = document.querySelector(".contents details");
  if (narrow.matches && contents) contents.open = false;
  for (const notes of document.querySelectorAll(".notes details")) if (matchMedia("(max-width: 69.99rem)").matches) notes.open = false;
  const seen = new IntersectionObserver((entries) => {
    for (const entry of entries) {
      if (!entry.isIntersecting) continue;
      for (const link of links.values()) link.removeAttribute("aria-current");
      links.get(entry.target.id)?.setAttribute("aria-current", "true");
    }
  }, { rootMargin: "0px 0px -75% 0px" });
  for (const id of links.keys()) { const part = document.getElementById(id); if (part) seen.observe(part); }
}
