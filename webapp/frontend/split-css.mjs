// Cuts one sheet in two by the selectors of its rules, and leaves out what no page of ours has.
// The first part is what a page needs before anybody has touched it.

// GOV.UK Frontend's variants that no page of the survey uses, and its guards for browsers of before
// our target. Our own rules for what only other pages have go the same way.
const never = new RegExp(
  [
    "govuk-button", "--inverse", "--start", "govuk-\\w+--small", "__divider", "__conditional", "radios--inline",
    "--xl", "disabled", "-moz-", "label-wrapper", "fieldset__heading", "file-upload", "\\.tabs", "\\.lrow",
    "\\.slot", "\\.chain", "\\.sky", "\\.bar", "\\.key", "\\.ticks", "\\.ip\\b", "\\.seq",
  ].join("|"),
);
const later = new RegExp(
  [
    "checkboxes", "radios--chips", "\\.seg\\b", "\\.place", "\\.badge", "\\.code", "\\.panel",
    "\\.rows", "\\.dates", "\\.plain", "error", "\\.empty", "\\.aside", "\\.crumb", "\\.points",
    "\\.side", "\\.num\\b", "\\.lines", "\\.btn--warning", "\\.btn\\.small", "\\.grow",
    "\\.i--back", "\\.map", "--l\\b", "\\.onlyphone", "\\.lead", "\\.flow--x?l", "\\.ch-", "\\.optional",
    "\\.head\\b", "\\.h-[012]", "\\.pt-0", "\\.end\\b", "\\.later",
  ].join("|"),
);

// What every rule of GOV.UK's says again and our own rules settle once.
const repeated = [
  /-webkit-font-smoothing:antialiased;-moz-osx-font-smoothing:grayscale;?/g,
  /font-family:inherit;?/g,
  /(?<=var\(--govuk-[a-z-]+), #[0-9a-f]+(?=\))/g,
];

// "a{…}@media x{b{…}}" as [{prelude, body}], body being a text or, in a group, such a list.
function parse(css) {
  const rules = [];
  let at = 0;
  while (at < css.length) {
    const open = css.indexOf("{", at);
    const semicolon = css.indexOf(";", at);
    if (open < 0) break;
    if (semicolon >= 0 && semicolon < open) {
      at = semicolon + 1; // @charset, which UTF-8 with a header does not need
      continue;
    }
    let depth = 1;
    let end = open + 1;
    for (; depth; end += 1) depth += { "{": 1, "}": -1 }[css[end]] ?? 0;
    const prelude = css.slice(at, open).trim();
    const body = css.slice(open + 1, end - 1);
    const isGroup = /^@(media|layer|supports)/.test(prelude);
    rules.push({ prelude, body: isGroup ? parse(body) : body });
    at = end;
  }
  return rules;
}

function selectors(prelude) {
  return prelude.split(/,(?![^(]*\))/);
}

function write(rules, isWanted) {
  return rules
    .map(({ prelude, body }) => {
      if (Array.isArray(body)) {
        const inner = write(body, isWanted);
        return inner && `${prelude}{${inner}}`;
      }
      const wanted = selectors(prelude).filter(isWanted);
      return wanted.length && body ? `${wanted.join(",")}{${body}}` : "";
    })
    .join("");
}

// The sheet as {first, later}, two texts.
export function split(css) {
  const rules = parse(repeated.reduce((text, pattern) => text.replace(pattern, ""), css));
  const used = (selector) => !never.test(selector);
  return {
    first: write(rules, (selector) => used(selector) && !later.test(selector)),
    later: write(rules, (selector) => used(selector) && later.test(selector)),
  };
}
