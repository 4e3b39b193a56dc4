// The streets of the municipality, fetched by the first two letters of what is typed and no more of
// it: the search itself runs here. A street is found by the start of any word of its name.
import { fold } from "./place-search.js";

const LETTERS = 2;
const MOST_PAGES = 20;

// `address` is undefined where there are no streets. `places` is added to; `listed` stays.
export function streetSource(address, places) {
  const asked = new Set();
  const listed = [...places];

  // Whether streets were added that may fit.
  async function load(typed) {
    const start = [...fold(typed)].slice(0, LETTERS).join("");
    if (!address || [...start].length < LETTERS || start.includes(" ") || asked.has(start)) return false;
    asked.add(start);
    try {
      return await fetchAll(start);
    } catch {
      asked.delete(start); // no network: asked for again at the next letter
      return false;
    }
  }

  async function fetchAll(start) {
    const known = new Set(places.map(([name]) => name));
    let isNew = false;
    for (let page = 1; page <= MOST_PAGES; page += 1) {
      const answer = await fetch(`${address}${encodeURIComponent(start)}.json?sida=${page}`);
      if (!answer.ok) throw new Error(`the streets: ${answer.status}`);
      const { streets, more } = await answer.json();
      const added = streets.filter(([name]) => !known.has(name));
      places.push(...added);
      isNew ||= added.length > 0;
      if (!more) break;
    }
    return isNew;
  }

  return { listed, load };
}
