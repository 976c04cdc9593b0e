/** The page's own script: theme, filter, keys. Without it everything can still be read. */
export const PAGE_SCRIPT = `"use strict";
(() => {
  const root = document.documentElement;
  const filter = document.getElementById("filter");
  const found = document.getElementById("found");
  const theme = document.getElementById("theme");
  document.querySelector(".tools").hidden = false;

  const THEMES = ["auto", "light", "dark"];
  const remember = (name) => { try { localStorage.setItem("quillon-theme", name); } catch {} };
  const recall = () => { try { return localStorage.getItem("quillon-theme"); } catch { return null; } };
  const wear = (name) => {
    root.dataset.theme = name;
    theme.textContent = "Theme: " + name;
  };
  const nextTheme = () => {
    const name = THEMES[(THEMES.indexOf(root.dataset.theme) + 1) % THEMES.length];
    wear(name);
    remember(name);
  };
  wear(THEMES.includes(recall()) ? recall() : "auto");
  theme.addEventListener("click", nextTheme);

  const items = [...document.querySelectorAll("[data-find]")];
  const groups = [...document.querySelectorAll("details.file")];
  let texts;
  let open;
  const sift = () => {
    const wanted = filter.value.trim().toLowerCase();
    texts ??= items.map((item) => ((item.closest("details.file")?.querySelector(".name").textContent ?? "") + " " + item.textContent).toLowerCase());
    if (wanted !== "") open ??= new Set(groups.filter((group) => group.open));
    let count = 0;
    items.forEach((item, index) => {
      item.hidden = wanted !== "" && !texts[index].includes(wanted);
      if (!item.hidden) count += 1;
    });
    for (const group of groups) {
      group.hidden = wanted !== "" && group.querySelector("[data-find]:not([hidden])") === null;
      group.open = wanted === "" ? (open?.has(group) ?? group.open) : !group.hidden && count <= 500;
    }
    if (wanted === "") open = undefined;
    found.textContent = wanted === "" ? "" : count + " of " + items.length + " lines contain it";
  };
  let soon;
  filter.addEventListener("input", () => {
    clearTimeout(soon);
    soon = setTimeout(sift, 120);
  });
  filter.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    filter.value = "";
    sift();
    filter.blur();
  });

  const step = (by) => {
    const stops = [...document.querySelectorAll("main summary, main .trouble h3")].filter((stop) => stop.checkVisibility ? stop.checkVisibility() : stop.offsetParent !== null);
    if (stops.length === 0) return;
    const at = stops.indexOf(document.activeElement);
    const next = stops[at === -1 ? (by > 0 ? 0 : stops.length - 1) : Math.min(stops.length - 1, Math.max(0, at + by))];
    if (next.tabIndex < 0) next.tabIndex = -1;
    next.focus();
    next.scrollIntoView({ block: "center" });
  };
  const toggleAll = () => {
    const all = [...document.querySelectorAll("main details")];
    const close = all.every((each) => each.open);
    for (const each of all) each.open = !close;
  };
  addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target === filter) return;
    const act = { "/": () => filter.focus(), j: () => step(1), k: () => step(-1), e: toggleAll, t: nextTheme }[event.key];
    if (act === undefined) return;
    event.preventDefault();
    act();
  });
  addEventListener("beforeprint", () => {
    for (const each of document.querySelectorAll("details.test, .trouble details")) each.open = true;
  });
})();
`
