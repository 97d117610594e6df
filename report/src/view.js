// Hints beside the text of the document view; without them each mention leads to its entry in the list.
import { h } from "./dom.js";
import { themeButton } from "./theme.js";

document.querySelector("main").before(h("div", { class: "corner" }, themeButton()));

const card = h("div", { class: "card-tip", hidden: true, "aria-hidden": "true" });
document.body.append(card);

function show(event) {
  const mention = event.target.closest?.(".text a.m");
  card.hidden = !mention;
  if (!mention) return;
  const entry = document.getElementById(mention.hash.slice(1));
  card.replaceChildren(...[...entry.childNodes].map((node) => node.cloneNode(true)));
  const area = mention.getClientRects()[0];
  const own = card.getBoundingClientRect();
  card.style.left = `${Math.max(8, Math.min(innerWidth - own.width - 8, area.left))}px`;
  const below = area.bottom + 8;
  card.style.top = `${below + own.height < innerHeight ? below : Math.max(8, area.top - own.height - 8)}px`;
  document.querySelector("li.near")?.classList.remove("near");
  entry.classList.add("near");
}
document.addEventListener("pointerover", show);
document.addEventListener("focusin", show);
addEventListener("scroll", () => (card.hidden = true), { passive: true });
addEventListener("keydown", (event) => event.key === "Escape" && (card.hidden = true));
