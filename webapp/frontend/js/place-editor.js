// The places of the survey: added, folded into a list and removed without a new page.
import { combobox } from "./combobox.js";
import { choosePin, fetchStyle } from "./pin.js";
import { meantPlace } from "./place-search.js";
import { streetSource } from "./streets.js";
import { field, isFilled, one, summarise, titleOf, wayOf } from "./place-values.js";

const AT_HOME =
  /(hemma hos|min lägenhet|mitt hus|min bostad|min port|min trappuppgång|min gård|where i live|my home|my flat|my house)/i;

export async function editPlaces(section, address, style) {
  const [answer] = await Promise.all([fetch(address), fetchStyle(style)]);
  if (!answer.ok) throw new Error(`the place to fill in: ${answer.status}`);
  const { html, places, words, map, streets } = await answer.json();
  const source = streetSource(streets, places);
  const list = section.querySelector(".places");
  const news = section.querySelector("[data-place-news]");
  const adder = section.querySelector("[data-adder]");
  let next = 1 + Math.max(-1, ...[...list.children].map((place) => Number(place.id.split("-")[1])));

  function add(way) {
    list.insertAdjacentHTML("beforeend", html.replaceAll("__N__", String(next)));
    next += 1;
    const place = list.lastElementChild;
    equip(place);
    renumber();
    open(place, way);
    first(place, way).focus();
  }

  function equip(place) {
    for (const part of place.querySelectorAll("[data-without-script], [data-still]")) {
      part.hidden = true;
    }
    for (const part of place.querySelectorAll("[data-ways], [data-done], [data-map], [data-with-script]")) {
      part.hidden = false;
    }
    combobox(one(place, "[data-search]"), places, source, words, (typed) => {
      field(place, "words").value = [typed, field(place, "words").value].filter(Boolean).join(", ");
      show(place, "words");
      field(place, "words").focus();
    });
    for (const button of place.querySelectorAll("[data-way]")) {
      button.addEventListener("click", () => show(place, button.dataset.way));
    }
    for (const kind of ["input", "change", "pin"]) {
      place.addEventListener(kind, () => follow(place));
    }
    one(place, "[data-done]").addEventListener("click", () => done(place));
    one(place, "[data-edit]").addEventListener("click", () => reopen(place));
    for (const button of place.querySelectorAll("[data-remove]")) {
      button.addEventListener("click", (event) => {
        event.preventDefault();
        remove(place);
      });
    }
  }

  function done(place) {
    if (!isFilled(place)) return remove(place);
    fold(place);
    return one(place, "[data-edit]").focus();
  }

  function reopen(place) {
    open(place, wayOf(place));
    first(place, wayOf(place)).focus();
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
    follow(place);
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
    if (map) map.hidden = way !== "map";
    if (way !== "map") return;
    if (place.dataset.hasMap) place.dispatchEvent(new Event("others"));
    else showMap(place);
  }

  function showMap(place) {
    place.dataset.hasMap = "yes";
    const others = () => [...list.children].filter((other) => other !== place).map(spotOf).filter(Boolean);
    const select = (other) => {
      if (isFilled(place)) fold(place);
      reopen(other);
    };
    choosePin(place, { data: map, words, others, select }).catch(() => delete place.dataset.hasMap);
  }

  // Where a place of the list stands on the map: at its pin, or at the place that it names.
  function spotOf(place) {
    const name = field(place, "name").value;
    const known = places.find(([own]) => own === name);
    const pin = [field(place, "lat").value, field(place, "lon").value];
    const [lat, lng] = pin.every(Boolean) ? pin : (known ?? []).slice(2, 4);
    if (!lat) return undefined;
    const number = one(place, "[data-number]").textContent;
    return { place, number, lat: Number(lat), lng: Number(lng), title: titleOf(place, words) };
  }

  function fold(place) {
    const name = field(place, "name");
    name.value = meantPlace(name.value, places) ?? name.value;
    const { title, detail } = summarise(place, words);
    one(place, "[data-title]").textContent = title;
    one(place, "[data-detail]").textContent = detail;
    for (const which of place.querySelectorAll("[data-which]")) which.textContent = ` ${title}`;
    one(place, "[data-summary]").hidden = false;
    one(place, "[data-fields]").hidden = true;
    offerAdding();
  }

  // Why and when are asked once the place has been named; a home gets a gentle word.
  function follow(place) {
    for (const part of place.querySelectorAll("[data-more]")) part.hidden = !isFilled(place);
    const safe = place.querySelector('[name$="-feeling"][value=safe]');
    if (safe?.checked) one(place, "[data-unsafe]").hidden = true;
    const isHome = field(place, "kind").value === "home" || AT_HOME.test(field(place, "words").value);
    const known = places.find(([name]) => name === field(place, "name").value);
    one(place, "[data-home]").hidden = !isHome && !known?.[5];
  }

  for (const place of list.children) {
    equip(place);
    if (isFilled(place) && !("faulty" in place.dataset)) fold(place);
    else open(place, place.querySelector('[name$="-way"]').value || wayOf(place));
  }
  renumber();
  return add;
}

function first(place, way) {
  if (way === "words") return field(place, "words");
  return way === "list" ? field(place, "name") : one(place, `[data-way=${way}]`);
}
