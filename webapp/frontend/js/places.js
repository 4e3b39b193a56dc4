// The places of the survey: added, folded into a list and removed without a new page.
import { choosePin } from "./pin.js";
import { words } from "./words.js";

const MAX_SHOWN = 60;

export function setUpPlaces(form) {
  const section = form.querySelector("[data-places]");
  if (!section) return;
  const list = section.querySelector(".places");
  const blank = section.querySelector("[data-blank-place]");
  const news = section.querySelector("[data-place-news]");
  const adder = section.querySelector("[data-with-script]");
  let next = list.children.length;

  function add(way) {
    const html = blank.innerHTML.replaceAll("__N__", String(next));
    next += 1;
    list.insertAdjacentHTML("beforeend", html);
    const place = list.lastElementChild;
    equip(place);
    renumber();
    open(place, way);
    first(place, way).focus();
  }

  function equip(place) {
    one(place, "[data-ways]").hidden = false;
    one(place, "[data-done]").hidden = false;
    for (const button of place.querySelectorAll("[data-way]")) {
      button.addEventListener("click", () => show(place, button.dataset.way));
    }
    for (const kind of ["input", "change", "pin"]) {
      place.addEventListener(kind, () => offerMore(place));
    }
    one(place, "[data-done]").addEventListener("click", () => {
      if (!isFilled(place)) return remove(place);
      fold(place);
      return one(place, "[data-edit]").focus();
    });
    one(place, "[data-edit]").addEventListener("click", () => {
      open(place, wayOf(place));
      first(place, wayOf(place)).focus();
    });
    for (const button of place.querySelectorAll("[data-remove]")) {
      button.addEventListener("click", (event) => {
        event.preventDefault();
        remove(place);
      });
    }
  }

  function remove(place) {
    place.remove();
    renumber();
    offerAdding();
    news.textContent = words.placeRemoved;
    const stillOpen = list.querySelector("[data-fields]:not([hidden]) [data-way]");
    (stillOpen ?? section.querySelector("[data-add]")).focus();
  }

  function renumber() {
    [...list.children].forEach((place, index) => {
      for (const number of place.querySelectorAll("[data-number]")) number.textContent = index + 1;
    });
  }

  function open(place, way) {
    one(place, "[data-summary]").hidden = true;
    one(place, "[data-fields]").hidden = false;
    show(place, way);
    offerMore(place);
    offerAdding();
  }

  // One thing at a time: another place is offered when this one is done.
  function offerAdding() {
    adder.hidden = [...list.children].some((place) => !one(place, "[data-fields]").hidden);
  }

  function show(place, way) {
    for (const button of place.querySelectorAll("[data-way]")) {
      button.setAttribute("aria-pressed", String(button.dataset.way === way));
    }
    // Own words go with every way; what was chosen in another way stays and is sent.
    one(place, "[data-panel=list]").hidden = way !== "list";
    const map = one(place, "[data-panel=map]");
    map.hidden = way !== "map";
    if (way === "map" && !place.dataset.hasMap) {
      place.dataset.hasMap = "yes";
      choosePin(place, section.dataset).catch(() => delete place.dataset.hasMap);
    }
  }

  function fold(place) {
    const title = titleOf(place);
    one(place, "[data-title]").textContent = title;
    one(place, "[data-detail]").textContent = detailOf(place, title);
    for (const which of place.querySelectorAll("[data-which]")) which.textContent = ` ${title}`;
    one(place, "[data-summary]").hidden = false;
    one(place, "[data-fields]").hidden = true;
    offerAdding();
  }

  for (const place of list.children) {
    equip(place);
    if (isFilled(place) && !("faulty" in place.dataset)) fold(place);
    else open(place, wayOf(place));
  }
  renumber();
  for (const button of section.querySelectorAll("[data-add]")) {
    button.addEventListener("click", () => add(button.dataset.add));
  }
  for (const part of section.querySelectorAll("[data-without-script]")) part.hidden = true;
  followAnswer(form, section, list);
}

// The places stand under "Ja". What has been written is never hidden: it would be sent unseen.
function followAnswer(form, section, list) {
  const answers = form.querySelectorAll("[data-question=places] input[type=radio]");
  const update = () => {
    const yes = [...answers].some((answer) => answer.checked && answer.value === "ja");
    section.hidden = !yes && ![...list.children].some(isFilled);
  };
  for (const answer of answers) answer.addEventListener("change", update);
  window.addEventListener("pageshow", update);
  update();
}

// Why and when are asked once the place has been named.
function offerMore(place) {
  for (const part of place.querySelectorAll("[data-more]")) part.hidden = !isFilled(place);
}

function one(place, selector) {
  return place.querySelector(selector);
}

function field(place, name) {
  return place.querySelector(`[name$="-${name}"]`);
}

function chips(place) {
  return [...place.querySelectorAll("input[type=checkbox]:checked")].map((box) =>
    box.labels[0].textContent.trim(),
  );
}

function hasPin(place) {
  return Boolean(field(place, "lat")?.value);
}

function isFilled(place) {
  const texts = [field(place, "name"), field(place, "words"), field(place, "lat"), field(place, "lon")];
  return texts.some((input) => input?.value.trim()) || chips(place).length > 0;
}

function wayOf(place) {
  if (hasPin(place) && one(place, "[data-way=map]")) return "map";
  if (field(place, "name").value) return "list";
  return field(place, "words").value.trim() ? "words" : "list";
}

function first(place, way) {
  if (way === "words") return field(place, "words");
  return way === "list" ? field(place, "name") : one(place, `[data-way=${way}]`);
}

function titleOf(place) {
  const said = field(place, "words").value.trim();
  const short = said.length > MAX_SHOWN ? `${said.slice(0, MAX_SHOWN)}…` : said;
  const name = field(place, "name").value;
  if (name) return short ? `${name}, ${short}` : name;
  const position = one(place, "[data-position]").dataset.sentence;
  return short || position || (hasPin(place) ? words.nowhere : words.unnamed);
}

function detailOf(place, title) {
  const position = one(place, "[data-position]").dataset.sentence;
  const parts = chips(place).map((chip) => `${chip}.`);
  if (position && position !== title) parts.unshift(position);
  return parts.join(" ");
}
