// Lighthouse on a phone: `node measure.mjs ADDRESS RUNS` prints a line of JSON for each page and run,
// with a score from 0 to 100 for each category and the audits that took points.
import lighthouse from "lighthouse";
import puppeteer from "puppeteer-core";

const [address, runs] = [process.argv[2], Number(process.argv[3])];
const home = `${address}/soderhamn/`;
const survey = `${home}dialoger/oppen`;
const categories = ["performance", "accessibility", "best-practices", "seo"];

// The thank-you page answers a form and has no address of its own: the form is sent instead.
async function send(page) {
  await page.goto(survey);
  await page.click("[name=q1]");
  return () => page.evaluate(() => document.querySelector("main form [type=submit]").click());
}

const promise = `${home}loften/farre-unga-i-kriminalitet-mindre-narkotika`;
const pages = [
  { name: "survey", target: () => survey, heading: /./, categories },
  { name: "promise page", target: () => promise, heading: /kriminalitet/, categories },
  { name: "start page", target: () => home, heading: /./, categories },
  { name: "all municipalities", target: () => `${address}/`, heading: /./, categories },
  // Nobody is to find it by searching.
  { name: "thank-you page", target: send, heading: /^Tack/, categories: categories.slice(0, 3) },
];

function report(name, { audits, categories }) {
  const scores = {};
  const lost = [];
  for (const [id, category] of Object.entries(categories)) {
    scores[id] = Math.round(category.score * 100);
    for (const { id: audit, weight } of category.auditRefs) {
      const { score } = audits[audit];
      if (weight && score !== null && score < 0.9) lost.push(audit);
    }
  }
  console.log(JSON.stringify({ page: name, scores, lost }));
}

// A trace now and then lacks its beginning: Lighthouse itself asks for another run then.
const TRACE_LOST = "NO_NAVSTART";
const TRIES = 4;

async function run(browser, measured, tries = TRIES) {
  const { name, target, categories, heading } = measured;
  // A context of its own, as for somebody who has never been here.
  const context = await browser.createBrowserContext();
  const page = await context.newPage();
  // That audit leaves the page and comes back, which no answer to a form can bear.
  const skipAudits = ["bf-cache"];
  const flags = { onlyCategories: categories, skipAudits, disableFullPageScreenshot: true };
  const { lhr } = await lighthouse(await target(page), flags, undefined, page);
  if (lhr.runtimeError?.code === TRACE_LOST && tries > 1) {
    await context.close();
    return run(browser, measured, tries - 1);
  }
  if (lhr.runtimeError) throw new Error(`${name}: ${lhr.runtimeError.message}`);
  const words = await page.$eval("h1", (element) => element.textContent.trim());
  if (!heading.test(words)) throw new Error(`${name}: this is "${words}"`);
  report(name, lhr);
  await context.close();
}

const browser = await puppeteer.launch({
  executablePath: process.env.CHROME_PATH,
  args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
});
try {
  for (const page of pages) {
    for (let number = 0; number < runs; number += 1) await run(browser, page);
  }
} finally {
  await browser.close();
}
