// Builds the browser assets into ../static/build: Sass to CSS, modules to bundles. Every file gets
// a hash of its content in its name and is written also as .br and .gz; manifest.json maps plain
// names to hashed ones. The same sources give the same bytes: no times, no paths, no random order.
import { createHash } from "node:crypto";
import { mkdir, readFile, readdir, rename, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import zlib from "node:zlib";
import { build } from "esbuild";
import { compile } from "sass";
import { split } from "./split-css.mjs";

const here = path.dirname(fileURLToPath(import.meta.url));
const out = path.join(here, "..", "static", "build");

// Browsers of the last five years or so; older ones get the pages without our scripts.
const target = ["chrome97", "safari15.4", "firefox97"];

const styles = ["main", "places", "map", "leaflet"];
// `iife` for scripts that other code finds by a global name, `esm` for ours.
const scripts = {
  form: "esm",
  receipt: "esm",
  "place-editor": "esm",
  map: "esm",
  staff: "esm",
  coding: "esm",
  leaflet: "iife",
  "staff-ground": "esm",
  "staff-map": "esm",
  "round-maps": "esm",
  "staff-points": "esm",
  "vector-ground": "esm",
  proof: "esm",
  "proof-worker": "iife",
};
// What the service worker keeps for times without a line; the map is fetched when it is asked for.
const offline = ["survey.css", "survey-more.css", "places.css", "survey.js", "form.js", "place-editor.js"];

// The typeface of posters and share cards, for typst: it has Latin and Arabic letters alike. Its
// licence goes with it. No page asks for these: they are set in the reader's own typeface.
const fonts = ["fonts/ttf/Vazirmatn-Regular.ttf", "fonts/ttf/Vazirmatn-Bold.ttf", "OFL.txt"];

const common = {
  absWorkingDir: here,
  bundle: true,
  charset: "utf8",
  legalComments: "none",
  loader: { ".png": "dataurl" },
  minify: true,
  target,
  write: false,
};

async function style(name) {
  const { css } = compile(path.join(here, "scss", `${name}.scss`), {
    loadPaths: [path.join(here, "node_modules")],
    quietDeps: true,
  });
  // esbuild minifies, lowers what the targets lack and takes pictures into the sheet.
  const resolveDir = path.join(here, "node_modules", "leaflet", "dist");
  const result = await build({
    ...common,
    stdin: { contents: css, loader: "css", resolveDir, sourcefile: `${name}.css` },
  });
  return [`${name}.css`, result.outputFiles[0].contents];
}

// The survey's sheet in two: what the first view needs, and what is fetched once somebody begins.
async function surveyStyles() {
  const [, bytes] = await style("survey");
  const { first, later } = split(new TextDecoder().decode(bytes));
  const encoder = new TextEncoder();
  return [
    ["survey.css", encoder.encode(first)],
    ["survey-more.css", encoder.encode(later)],
  ];
}

async function script(name, format, define = {}) {
  const result = await build({ ...common, entryPoints: [`js/${name}.js`], format, define });
  return [`${name}.js`, result.outputFiles[0].contents];
}

async function font(file) {
  const bytes = await readFile(path.join(here, "node_modules", "vazirmatn", file));
  return [path.basename(file), bytes];
}

function hashed(name, bytes) {
  const hash = createHash("sha256").update(bytes).digest("hex").slice(0, 10);
  const { name: stem, ext } = path.parse(name);
  return `${stem}-${hash}${ext}`;
}

function gzip(bytes) {
  const packed = zlib.gzipSync(bytes, { level: 9 });
  packed[9] = 255; // "operating system: unknown", or the bytes would tell machines apart
  return packed;
}

function brotli(bytes) {
  const { BROTLI_PARAM_MODE, BROTLI_PARAM_SIZE_HINT, BROTLI_MODE_TEXT } = zlib.constants;
  return zlib.brotliCompressSync(bytes, {
    params: { [BROTLI_PARAM_MODE]: BROTLI_MODE_TEXT, [BROTLI_PARAM_SIZE_HINT]: bytes.length },
  });
}

async function removeOld(keep) {
  for (const file of await readdir(out)) {
    if (!keep.has(file)) await rm(path.join(out, file), { recursive: true });
  }
}

const built = await Promise.all([
  ...styles.map(style),
  ...Object.entries(scripts).map(([name, format]) => script(name, format)),
  ...fonts.map(font),
]);
built.push(...(await surveyStyles()));
const names = new Map(built.map(([name, bytes]) => [name, hashed(name, bytes)]));
// These name others by their hashed names, so they come last.
built.push(await script("survey", "esm", { __FORM__: JSON.stringify(names.get("form.js")) }));
names.set("survey.js", hashed(...built.at(-1)));
const files = JSON.stringify(offline.map((name) => names.get(name)));
const stamp = createHash("sha256").update(files).digest("hex").slice(0, 10);
built.push(await script("sw", "iife", { __FILES__: files, __BUILD__: JSON.stringify(stamp) }));

await mkdir(out, { recursive: true });
const manifest = {};
const keep = new Set(["manifest.json"]);
for (const [name, bytes] of built.sort(([a], [b]) => (a < b ? -1 : 1))) {
  const file = hashed(name, bytes);
  manifest[name] = file;
  const forms = [["", bytes]];
  if (/\.(css|js)$/.test(name)) forms.push([".gz", gzip(bytes)], [".br", brotli(bytes)]);
  for (const [suffix, content] of forms) {
    await writeFile(path.join(out, file + suffix), content);
    keep.add(file + suffix);
  }
  const sizes = forms.map(([suffix, content]) => `${suffix || "plain"} ${content.length}`);
  console.log(`${file.padEnd(28)} ${sizes.join("  ")}`);
}
// The manifest changes hands in one step: a server that starts now sees a whole build.
const draft = path.join(out, "manifest.json.new");
await writeFile(draft, `${JSON.stringify(manifest, null, 2)}\n`);
await rename(draft, path.join(out, "manifest.json"));
await removeOld(keep);
