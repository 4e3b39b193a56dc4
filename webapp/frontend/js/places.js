// The places of the survey, as far as the first view needs them. What edits a place is fetched when
// there is one to edit; without it the buttons send the form, as they do without script.
export function setUpPlaces(form) {
  const section = form.querySelector("[data-places]");
  if (!section) return;
  const list = section.querySelector(".places");
  const answers = form.querySelectorAll("[data-question=places] input[type=radio]");
  const { editor, blank, style } = section.dataset;
  let edited;

  function edit() {
    edited ??= import(editor).then((module) => module.editPlaces(section, blank, style));
    edited.catch(() => {
      edited = undefined; // the line may be back at the next press
    });
    return edited;
  }

  // The places stand under "Ja". What has been written is never hidden: it would be sent unseen.
  function followAnswer() {
    const yes = [...answers].some((answer) => answer.checked && answer.value === "ja");
    section.hidden = !yes && !("always" in section.dataset) && !list.children.length;
    if (yes) edit().catch(() => {});
  }

  section.addEventListener("click", (event) => {
    const button = event.target.closest("[data-add]");
    if (!button) return;
    event.preventDefault();
    edit().then(
      (add) => add(button.value),
      () => form.requestSubmit(button),
    );
  });
  for (const answer of answers) answer.addEventListener("change", followAnswer);
  window.addEventListener("pageshow", followAnswer);
  followAnswer();
  if (list.children.length) edit().catch(() => {});
}
