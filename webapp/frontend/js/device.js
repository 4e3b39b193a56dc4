// What this site keeps on the device, and nothing else: drafts (a tab's own and those of tabs that
// were lost), which keys were sent from this tab, and that something waits in the outbox.
// A browser may deny all of it: then nothing is kept, and no page breaks.
export const DRAFT = "td-draft:";
export const TAB = "td-tab:";
export const SENT = "td-sent";
export const OUTBOX = "td-outbox";

function storage(name) {
  try {
    return window[name];
  } catch {
    return null;
  }
}

export function local() {
  return storage("localStorage");
}

export function session() {
  return storage("sessionStorage");
}

// The names that begin with `prefix`.
export function names(store, prefix) {
  try {
    return Object.keys(store ?? {}).filter((name) => name.startsWith(prefix));
  } catch {
    return [];
  }
}

export function read(store, name) {
  try {
    return JSON.parse(store.getItem(name));
  } catch {
    return null;
  }
}

// Whether it could be kept.
export function write(store, name, value) {
  try {
    store.setItem(name, JSON.stringify(value));
    return true;
  } catch {
    return false;
  }
}

export function remove(store, ...gone) {
  try {
    for (const name of gone) store.removeItem(name);
  } catch {
    // What could not be kept need not be removed.
  }
}

// Nothing that was typed stays: every draft of every tab, and the way back to them.
export function forgetDrafts() {
  remove(local(), ...names(local(), DRAFT));
  remove(session(), ...names(session(), TAB), SENT);
}
