// While somebody types: a line under the field when the text looks like somebody's number, address
// or name, and how much room is left. It is found on the device, goes nowhere and stops nothing.
import { fill, words } from "./words.js";

const PAUSE_MS = 600;
const NEAR_LIMIT = 100;
const DIGITS = /\+?\d(?:[\s\-+.]{0,2}\d){6,13}/g;
const LOOKED_AT = 10_000; // characters: what is longer is refused anyway, and must not stop the page
const MAIL = /[^\s@<>]{1,64}@[^\s@<>]{1,99}\.\p{L}{2,}/u;
const CALLED = /(?<!\p{L})(?:heter|hette|kallas|kallad)\s+\p{Lu}\p{Ll}+/u;
// Two capitalised words inside a sentence; at its beginning one of them says nothing.
const TWO_NAMES = /(?<=[\p{L}\d,;:]\s)(\p{Lu}\p{Ll}+)\s(\p{Lu}\p{Ll}+)/gu;
const OF_A_PLACE =
  /(gatan|vägen|stigen|gränd|torget|parken|skolan|kyrkan|stationen|centrum|kommun|län|badet|berget|bron|hamnen|ån|sjön|city)$/iu;

// A day of birth and four more: "850101-1234", "19850101 1234", spaced out in any way.
function isPersonal(digits, text) {
  const short = digits.slice(-10);
  const month = Number(short.slice(2, 4));
  const day = Number(short.slice(4, 6)) % 60;
  const isDate = month >= 1 && month <= 12 && day >= 1 && day <= 31;
  const isLong = digits.length === 12 && /^(19|20)/.test(digits);
  if (!isDate || !(isLong || digits.length === 10)) return false;
  // A phone number may look like a day: then the sum or the hyphen decides.
  const sum = [...short].reduce((total, digit, at) => {
    const part = Number(digit) * (at % 2 ? 1 : 2);
    return total + (part > 9 ? part - 9 : part);
  }, 0);
  return !short.startsWith("0") || sum % 10 === 0 || /[-+]\s?(\d\s?){4}$/.test(text);
}

function isPhone(digits, text) {
  const national = digits.replace(/^(?:0046|46(?=\d{7}))/, "0");
  return national.length >= 8 && national.length <= 11 && (/^0[1-9]/.test(national) || text.startsWith("+"));
}

function hasName(text, placeWords) {
  if (CALLED.test(text)) return true;
  return [...text.matchAll(TWO_NAMES)].some((pair) =>
    pair.slice(1).every((word) => !placeWords.has(word.toLowerCase()) && !OF_A_PLACE.test(word)),
  );
}

// What the text looks like: a key of `words`, or "".
export function looksLike(text, placeWords = new Set()) {
  for (const [found] of text.matchAll(DIGITS)) {
    const digits = found.replace(/\D/g, "");
    if (isPersonal(digits, found)) return "looksPersonal";
    if (isPhone(digits, found)) return "looksPhone";
  }
  if (MAIL.test(text)) return "looksMail";
  return hasName(text, placeWords) ? "looksName" : "";
}

function room(text, limit) {
  const left = limit - [...text].length;
  if (left > NEAR_LIMIT) return "";
  return fill(left < 0 ? words.tooLong : words.roomLeft, { number: Math.abs(left), limit });
}

// The words of all places in the municipality's list, so that "Norra Hamngatan" is nobody. Fetched
// when something looks like a name; the places' own script asks for the same list.
async function placeWordsOf(form) {
  try {
    const { blank } = form.querySelector("[data-places]").dataset;
    const { places } = await (await fetch(blank)).json();
    const names = places.flatMap(([name, aliases]) => [name, ...aliases]);
    return new Set(names.join(" ").toLowerCase().split(/\s+/));
  } catch {
    return new Set();
  }
}

async function look(form, text) {
  const found = looksLike(text, form.placeWords);
  if (found !== "looksName" || form.placeWords) return found;
  form.placeWords = await placeWordsOf(form);
  return looksLike(text, form.placeWords);
}

function lineUnder(field) {
  const line = document.createElement("p");
  line.className = "hint";
  line.dataset.look = "";
  line.setAttribute("role", "status");
  field.after(line);
  return line;
}

export function setUpHints(form) {
  form.addEventListener("input", ({ target }) => {
    if (!target.matches("textarea, input[type=text]")) return;
    const next = target.nextElementSibling;
    const line = next?.matches("[data-look]") ? next : lineUnder(target);
    clearTimeout(line.pause);
    line.pause = setTimeout(async () => {
      const typed = target.value;
      const looks = words[await look(form, typed.slice(0, LOOKED_AT))];
      if (typed !== target.value) return; // it was typed on meanwhile
      const limit = target.name.endsWith("-words") ? words.maxWords : words.maxText;
      const said = [looks, room(typed, limit)].filter(Boolean).join(" ");
      if (line.textContent !== said) line.textContent = said;
    }, PAUSE_MS);
  });
}
