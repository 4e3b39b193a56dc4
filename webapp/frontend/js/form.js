// The survey in use, fetched when somebody begins to answer or something is kept on the device: the
// form, the page that thanks for an answer, and the page of answers that wait for a line.
import { OUTBOX, local, read } from "./device.js";
import { answerStored, setUpDraft } from "./drafts.js";
import { setUpHints } from "./hints.js";
import { keepForOffline } from "./offline.js";
import { showOutbox } from "./outbox-page.js";
import { setUpPlaces } from "./places.js";
import { setUpSending } from "./sending.js";
import { words } from "./words.js";

export async function setUp(root, texts) {
  Object.assign(words, texts);
  if (root.matches("[data-receipt]")) return answerStored();
  if (root.matches("[data-outbox]")) return showOutbox(root);
  const draft = await setUpDraft(root);
  setUpPlaces(root);
  setUpSending(root, draft);
  setUpHints(root);
  keepForOffline(root);
  if (read(local(), OUTBOX)) {
    const box = document.createElement("div");
    root.before(box);
    await showOutbox(box);
  }
}
