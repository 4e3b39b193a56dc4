// The map of one place: fetched when somebody asks for it, and only then.
import { field, one } from "./place-values.js";

let fetched; // the map's code and its ground, once for all places

function fetchMap(data) {
  if (!fetched) {
    fetched = Promise.all([import(data.mapSrc), fetchGround(data.ground), fetchStyle(data.mapCss)]);
    fetched.catch(() => {
      fetched = undefined; // the line may be back at the next press
    });
  }
  return fetched;
}

async function fetchGround(url) {
  const answer = await fetch(url);
  if (!answer.ok) throw new Error(`the map's ground: ${answer.status}`);
  return answer.json();
}

export function fetchStyle(href) {
  if (document.querySelector(`link[href="${href}"]`)) return undefined;
  return new Promise((resolve, reject) => {
    const link = document.createElement("link");
    link.rel = "stylesheet";
    link.onload = resolve;
    link.onerror = reject;
    link.href = href;
    document.head.append(link);
  });
}

// What to do with a place far outside was asked about the old pin: a new one must not be dropped.
function forgetChoice(place) {
  const choice = place.querySelector('[name$="-choice"]');
  (choice?.closest(".govuk-form-group") ?? choice)?.remove();
}

// `others()` are the other places that can stand on the map, `select(place)` goes to one of them.
export async function choosePin(place, { data, words, others, select }) {
  const position = one(place, "[data-position]");
  const [lat, lon] = [field(place, "lat"), field(place, "lon")];
  const removal = one(place, "[data-remove-pin]");
  let isOpen = false;
  try {
    const [{ openMap }, ground] = await fetchMap(data);
    const map = openMap(one(place, "[data-map]"), {
      ground,
      base: data.base,
      words,
      cell: Number(data.cell),
      number: one(place, "[data-number]").textContent,
      center: data.lat ? [Number(data.lat), Number(data.lon)] : undefined,
      pin: lat.value && lon.value ? [Number(lat.value), Number(lon.value)] : undefined,
      say: (sentence) => {
        position.textContent = sentence;
      },
      placed: (pin, sentence, isInWater) => {
        lat.value = pin ? pin.lat.toFixed(5) : "";
        lon.value = pin ? pin.lng.toFixed(5) : "";
        position.dataset.sentence = pin ? sentence : "";
        removal.hidden = !pin;
        one(place, "[data-water]").hidden = !isInWater;
        if (isOpen) forgetChoice(place);
        place.dispatchEvent(new Event("pin"));
      },
      select,
    });
    isOpen = true;
    map.showOthers(others());
    place.addEventListener("others", () => {
      map.setNumber(one(place, "[data-number]").textContent);
      map.showOthers(others());
    });
    one(place, "[data-here]").addEventListener("click", () => map.findMe());
    removal.addEventListener("click", (event) => {
      event.preventDefault();
      map.removePin();
      map.focus();
    });
  } catch (error) {
    position.textContent = words.mapFailed;
    throw error;
  }
}
