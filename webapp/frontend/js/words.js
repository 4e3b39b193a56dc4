// What the scripts say, in the page's language: fetched by the form, shared with the map's script.
export const words = (globalThis.surveyWords ??= {});

// "Nära {place}" with {place: "Torget"} gives "Nära Torget".
export function fill(text, values) {
  return text.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
}
