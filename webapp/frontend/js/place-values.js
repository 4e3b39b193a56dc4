// What has been said of a place, read from its fields.
const MAX_SHOWN = 60;

export function one(place, selector) {
  return place.querySelector(selector);
}

export function field(place, name) {
  return place.querySelector(`[name$="-${name}"]`);
}

function chips(place) {
  return [...place.querySelectorAll("[data-more]:not([hidden]) input[type=checkbox]:checked")].map((box) =>
    box.labels[0].textContent.trim(),
  );
}

function hasPin(place) {
  return Boolean(field(place, "lat")?.value);
}

export function isFilled(place) {
  const texts = ["name", "words", "lat", "lon", "kind"].map((name) => field(place, name));
  const isChosen = place.querySelector("input[type=checkbox]:checked");
  return texts.some((input) => input?.value.trim()) || Boolean(isChosen);
}

export function wayOf(place) {
  if (hasPin(place) && one(place, "[data-way=map]")) return "map";
  if (field(place, "name").value) return "list";
  return field(place, "words").value.trim() ? "words" : "list";
}

export function titleOf(place, words) {
  const said = field(place, "words").value.trim();
  const short = said.length > MAX_SHOWN ? `${said.slice(0, MAX_SHOWN)}…` : said;
  const name = field(place, "name").value;
  if (name) return short ? `${name}, ${short}` : name;
  const position = positionOf(place);
  return short || position || (hasPin(place) ? words.nowhere : words.unnamed);
}

export function summarise(place, words) {
  const title = titleOf(place, words);
  const position = positionOf(place);
  const kind = field(place, "kind");
  const feeling = place.querySelector('[name$="-feeling"]:checked');
  const parts = [...chips(place).map((chip) => `${chip}.`)];
  if (kind.value) parts.unshift(`${kind.selectedOptions[0].text}.`);
  if (feeling?.value === "safe") parts.unshift(`${feeling.labels[0].textContent.trim()}.`);
  if (position && position !== title) parts.unshift(position);
  return { title, detail: parts.join(" ") };
}

function positionOf(place) {
  return hasPin(place) ? one(place, "[data-position]")?.dataset.sentence : "";
}
