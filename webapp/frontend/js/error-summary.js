// After a refused form the summary is what is read first.
export function focusErrorSummary() {
  const summary = document.querySelector(".govuk-error-summary");
  if (!summary) return;
  summary.tabIndex = -1;
  summary.focus();
}
