// Find a place of the register though it is misspelt: the same rules as surveys/text/place_search.py,
// held to the same cases (tests/place_search.json). The search runs here and asks no server.
const MAX_FOUND = 6;
const MAX_TYPED = 60;
const MIN_STEM = 3;
const MIN_START = 5;
const ENDINGS = "arnas ernas arna erna ens ets en et ns ts n t s".split(" ");
const [EXACT, STEM, START, WORD, INSIDE, MISSPELT, MISSPELT_START] = [0, 1, 2, 3, 4, 10, 20];

export function fold(text) {
  const plain = [...text].slice(0, MAX_TYPED).join("").toLowerCase().normalize("NFD").replace(/\p{M}/gu, "");
  return plain.replace(/[^\p{L}\p{N}]+/gu, " ").trim();
}

// Wrong, missing, added or swapped letters between two words (optimal string alignment).
function distance(one, other) {
  const rows = [[...Array(other.length + 1).keys()]];
  for (let i = 1; i <= one.length; i += 1) {
    rows.push([i]);
    for (let j = 1; j <= other.length; j += 1) {
      const cost = one[i - 1] === other[j - 1] ? 0 : 1;
      let least = Math.min(rows[i - 1][j] + 1, rows[i][j - 1] + 1, rows[i - 1][j - 1] + cost);
      if (i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1]) {
        least = Math.min(least, rows[i - 2][j - 2] + 1);
      }
      rows[i].push(least);
    }
  }
  return rows[one.length][other.length];
}

function stem(name) {
  const found = ENDINGS.find((end) => name.endsWith(end) && name.length - end.length >= MIN_STEM);
  return found ? name.slice(0, -found.length) : name;
}

function allowed(query) {
  if (query.length < 4) return 0;
  return query.length < 8 ? 1 : 2;
}

function misspelt(query, name) {
  const whole = Math.min(distance(query, name), distance(stem(query), stem(name)));
  if (whole <= allowed(query)) return MISSPELT + whole;
  const start = distance(query, name.slice(0, query.length));
  return start <= allowed(query) && query[0] === name[0] ? MISSPELT_START + start : Infinity;
}

function certainRank(query, name) {
  if (!query) return Infinity;
  if (query === name) return EXACT;
  if (stem(query) === stem(name)) return STEM;
  if (query.length >= MIN_START && name.startsWith(query)) return START;
  const rank = misspelt(query, name);
  return rank < MISSPELT_START && query[0] === name[0] ? rank : Infinity;
}

function rankOf(query, name) {
  if (!query) return Infinity;
  const certain = certainRank(query, name);
  if (certain < START) return certain;
  if (query.length > 1 && name.startsWith(query)) return START;
  if (query.length > 1 && name.includes(` ${query}`)) return WORD;
  if (query.length > 2 && name.includes(query)) return INSIDE;
  return misspelt(query, name);
}

function ranked(query, places, rank) {
  const names = ([name, aliases]) => [name, ...aliases].map(fold);
  return places
    .map((place) => [Math.min(...names(place).map((name) => rank(query, name))), place[0]])
    .filter(([best]) => best < Infinity);
}

// `places` are [name, aliases]. The names that fit, best first; all where nothing is typed.
export function findPlaces(typed, places) {
  if (!typed.trim()) return places.map(([name]) => name);
  const found = ranked(fold(typed), places, rankOf).sort((a, b) => a[0] - b[0]);
  return found.slice(0, MAX_FOUND).map(([, name]) => name);
}

// The one place that must be meant; undefined where there is none, or a choice to make.
export function meantPlace(typed, places) {
  const found = ranked(fold(typed), places, certainRank);
  const best = Math.min(...found.map(([rank]) => rank));
  const nearest = found.filter(([rank]) => rank === best);
  return nearest.length === 1 ? nearest[0][1] : undefined;
}
