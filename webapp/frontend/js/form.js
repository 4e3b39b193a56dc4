// The survey's form in use, fetched when somebody begins to answer.
import { setUpPlaces } from "./places.js";
import { setUpSending } from "./sending.js";
import { words } from "./words.js";

export function setUp(form, texts) {
  Object.assign(words, texts);
  setUpPlaces(form);
  setUpSending(form);
}
