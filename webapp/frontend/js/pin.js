// The map of one place: fetched when somebody asks for it, and only then.
import { words } from "./words.js";

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

function fetchStyle(href) {
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

export async function choosePin(place, data) {
  const position = place.querySelector("[data-position]");
  const lat = place.querySelector('[name$="-lat"]');
  const lon = place.querySelector('[name$="-lon"]');
  const removal = place.querySelector("[data-remove-pin]");
  let isOpen = false;
  try {
    const [{ openMap }, ground] = await fetchMap(data);
    const map = openMap(place.querySelector("[data-map]"), {
      ground,
      words,
      center: data.lat ? [Number(data.lat), Number(data.lon)] : undefined,
      pin: lat.value && lon.value ? [Number(lat.value), Number(lon.value)] : undefined,
      say: (sentence) => {
        position.textContent = sentence;
      },
      placed: (pin, sentence) => {
        lat.value = pin ? pin.lat.toFixed(5) : "";
        lon.value = pin ? pin.lng.toFixed(5) : "";
        position.dataset.sentence = pin ? sentence : "";
        removal.hidden = !pin;
        if (isOpen) forgetChoice(place);
        place.dispatchEvent(new Event("pin"));
      },
    });
    isOpen = true;
    removal.addEventListener("click", () => {
      map.removePin();
      map.focus();
    });
  } catch (error) {
    position.textContent = words.mapFailed;
    throw error;
  }
}
