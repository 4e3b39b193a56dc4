// What the script says, in the page's language: written by the server into the page.
const source = document.getElementById("survey-words");
export const words = source ? JSON.parse(source.textContent) : {};

// "Nära {place}" with {place: "Torget"} gives "Nära Torget".
export function fill(text, values) {
  return text.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
}
