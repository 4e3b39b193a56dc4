// A text field with a list under it (the ARIA 1.2 pattern for a combobox with manual selection).
// What is typed stays what it is: a name is only taken when it is chosen.
import { fill } from "./words.js";
import { findPlaces, meantPlace } from "./place-search.js";

let made = 0;

// `toWords(typed)` is what the way on does where no place fits.
// `source` adds streets to `places` as they are asked for.
export function combobox(box, places, source, words, toWords) {
  const input = box.querySelector("input");
  const list = document.createElement("ul");
  const status = document.createElement("p");
  const wayOn = document.createElement("button");
  made += 1;
  list.id = `platslista-${made}`;
  list.className = "combo__list";
  list.hidden = true;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", input.labels[0].textContent.trim());
  status.className = "small mt-2";
  status.setAttribute("role", "status");
  wayOn.type = "button";
  wayOn.className = "btn btn--2 mt-2";
  wayOn.hidden = true;
  wayOn.textContent = words.toWords;
  for (const [name, value] of Object.entries({
    role: "combobox",
    "aria-autocomplete": "list",
    "aria-expanded": "false",
    "aria-controls": list.id,
  })) {
    input.setAttribute(name, value);
  }
  const frame = document.createElement("div");
  frame.className = "combo";
  input.replaceWith(frame);
  frame.append(input, list);
  box.append(status, wayOn);
  let active = -1;
  let isSearching = false; // from a letter or a tap until a name is chosen or the field is left

  function draw(names) {
    active = -1;
    list.replaceChildren(
      ...names.map((name, index) => {
        const item = document.createElement("li");
        item.id = `${list.id}-${index}`;
        item.setAttribute("role", "option");
        item.setAttribute("aria-selected", "false");
        item.dir = "auto";
        item.textContent = name;
        return item;
      }),
    );
    expand(names.length > 0);
  }

  function expand(isOpen) {
    list.hidden = !isOpen;
    input.setAttribute("aria-expanded", String(isOpen));
    if (!isOpen) point(-1);
  }

  function close() {
    isSearching = false;
    expand(false);
  }

  function point(index) {
    active = index;
    [...list.children].forEach((item, i) => item.setAttribute("aria-selected", String(i === index)));
    const item = list.children[index];
    if (item) {
      input.setAttribute("aria-activedescendant", item.id);
      item.scrollIntoView({ block: "nearest" });
    } else input.removeAttribute("aria-activedescendant");
  }

  function search() {
    isSearching = true;
    // On a slow line more letters have been typed when the streets come: they are shown for those.
    source.load(input.value).then((isNew) => isNew && isSearching && show());
    show();
  }

  function show() {
    const names = findPlaces(input.value, input.value.trim() ? places : source.listed);
    draw(names);
    const isLost = input.value.trim() !== "" && names.length === 0;
    wayOn.hidden = !isLost;
    if (isLost) status.textContent = fill(words.notFound, { name: input.value.trim() });
    else if (names.length === 1) status.textContent = fill(words.foundOne, { name: names[0] });
    else status.textContent = fill(words.found, { number: names.length });
  }

  function choose(name) {
    box.parentElement.querySelector("[data-picks]")?.remove(); // what the server offered before
    input.value = name;
    status.textContent = "";
    wayOn.hidden = true;
    close();
    input.dispatchEvent(new Event("change", { bubbles: true }));
  }

  const keys = {
    ArrowDown: () => {
      if (list.hidden) search();
      if (list.children.length) point((active + 1) % list.children.length);
    },
    ArrowUp: () => {
      if (list.hidden) search();
      if (list.children.length) point((active <= 0 ? list.children.length : active) - 1);
    },
    Enter: () => {
      const meant = meantPlace(input.value, places);
      if (active >= 0) choose(list.children[active].textContent);
      else if (meant) choose(meant);
    },
    Escape: close,
  };

  input.addEventListener("input", search);
  input.addEventListener("click", () => list.hidden && search());
  input.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && list.hidden) return;
    const act = keys[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  });
  input.addEventListener("blur", close);
  // A press on the list must not take the focus from the field: the list would be gone.
  list.addEventListener("mousedown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => {
    const item = event.target.closest("li");
    if (item) choose(item.textContent);
  });
  wayOn.addEventListener("click", () => {
    const typed = input.value.trim();
    isSearching = false;
    input.value = "";
    status.textContent = "";
    wayOn.hidden = true;
    toWords(typed);
  });
}
