// The switch between light, dark and what the system says.
import { h, t } from "./dom.js";

const KEY = "ressort-theme";

export function themeButton() {
  const media = matchMedia("(prefers-color-scheme: dark)");
  const stored = () => {
    try {
      return localStorage.getItem(KEY);
    } catch {
      return null; // Some browsers give files no storage.
    }
  };
  const apply = (theme) => {
    if (theme) document.documentElement.dataset.theme = theme;
    const isDark = (theme ?? (media.matches ? "dark" : "light")) === "dark";
    button.textContent = isDark ? t("Helle Ansicht", "Light view") : t("Dunkle Ansicht", "Dark view");
    button.onclick = () => {
      const next = isDark ? "light" : "dark";
      try {
        localStorage.setItem(KEY, next);
      } catch {
        // It holds until the page is closed.
      }
      apply(next);
    };
  };
  const button = h("button", { type: "button", class: "theme" });
  apply(stored());
  media.addEventListener("change", () => apply(document.documentElement.dataset.theme));
  return button;
}
