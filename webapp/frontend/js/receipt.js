// The receipt's link carries the code behind a #, which no browser sends to a server. It is taken out
// of the address and of the history before anything else, written in the field and sent by POST.
const form = document.querySelector("[data-receipt-form]");
const looksLikeCode = /^#[a-z]{6}-?[a-z]{6}-?[a-z]{6}$/;

function openLink() {
  const { hash, pathname, search } = window.location;
  if (!looksLikeCode.test(hash)) return; // an ordinary place on the page
  window.history.replaceState(null, "", pathname + search);
  form.elements.code.value = hash.slice(1);
  form.submit();
}

openLink();
// The same page asked for again with a link: only the part behind the # changes.
window.addEventListener("hashchange", openLink);
