import { mkdirSync } from "node:fs";
import { join } from "node:path";
import axe from "axe-core";
import type { Browser, BrowserContextOptions, Locator, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { check, type Report, TREND_FORMATS, trendPoint } from "../../src/index.js";
import { CHROMIUM, launchChromium, type Shown, show } from "../support/chromium.js";
import { ROOT } from "../support/fixtures.js";
import { attackedReport } from "../support/hostile.js";
import { isRun, some } from "../support/long.js";
import { AUDIT, BROKEN, busyReport, GOOD, largeReport, rendered } from "../support/reports.js";

const pageOf = (report: Report): string => rendered(report, "html");

const busy = await busyReport();
/** So many findings, in several files and families, that they are grouped. */
const many = await check(
  ["timestamp-rfc3339", "event-core-fields", "json-object-per-record", "tool-lifecycle"].map(
    (rule) => `fixtures/rules/${rule}/invalid`,
  ),
  { maxFindings: 1000, context: 1 },
);
const reports = {
  clean: await check([GOOD]),
  broken: await check([BROKEN]),
  audit: await check([AUDIT], { claims: ["runtime", "integration"], complete: true }),
  busy,
  many,
  hostile: attackedReport(busy),
};
const DESKTOP = { viewport: { width: 1280, height: 900 } };
const PHONE = { viewport: { width: 360, height: 740 } };

const settings = (["light", "dark"] as const).flatMap((colorScheme) => [
  { colorScheme, device: "desktop", ...DESKTOP },
  { colorScheme, device: "phone", ...PHONE },
]);
const views = Object.entries(reports)
  .filter(([name]) => ["clean", "broken", "audit", "many", "hostile"].includes(name))
  .flatMap(([name, report]) => settings.map((setting) => ({ name, page: pageOf(report), ...setting })));

let browser: Browser;

/** What axe has against a page, of everything it can test. */
async function violationsOf(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  const { violations } = await page.evaluate<axe.AxeResults>(
    `axe.run({ resultTypes: ["violations"], rules: { "target-size": { enabled: true } } })`,
  );
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${html} ${failureSummary}`),
  );
}

/** Screenshots for those who want to look at the pages: SCREENSHOTS=1 npx vitest run test/real/html-browser.test.ts */
async function keepScreenshot(page: Page, name: string): Promise<void> {
  if (process.env.SCREENSHOTS === undefined) return;
  const folder = join(ROOT, "test-results/html");
  mkdirSync(folder, { recursive: true });
  await page.screenshot({ path: join(folder, `${name}.png`), fullPage: true });
}

/** Opens what is folded, and lays out what is out of sight: places must not change while they are measured. */
const openAll = (page: Page): Promise<void> =>
  page.evaluate(`for (const details of document.querySelectorAll("details")) {
    details.open = true;
    details.style.contentVisibility = "visible";
  }`);

/** Presses Tab until the element that a selector names has the focus. */
async function tabTo(page: Page, selector: string): Promise<void> {
  for (let presses = 0; presses < 300; presses++) {
    await page.keyboard.press("Tab");
    if (await page.evaluate(`document.activeElement.matches(${JSON.stringify(selector)})`)) return;
  }
  throw new Error(`Tab does not reach ${selector}`);
}

const visibleRows = (page: Page): Locator => page.locator("#clauses tr[id]:visible");

describe.skipIf(CHROMIUM === undefined)(
  `the page in Chromium (${CHROMIUM ?? "skipped: none found, CHROMIUM_PATH may name one"})`,
  () => {
    let shown: Shown[] = [];

    async function open(html: string, options: BrowserContextOptions = DESKTOP): Promise<Shown> {
      const made = await show(browser, html, options);
      shown.push(made);
      return made;
    }

    beforeAll(async () => {
      browser = await launchChromium();
    });
    afterEach(async () => {
      for (const { close } of shown) await close();
      shown = [];
    });
    afterAll(() => browser.close());

    it.each(some("views in a browser", views))(
      "$name, $colorScheme, on a $device: accessible, never too wide, silent",
      async (view) => {
        const { page, incidents } = await open(view.page, view);
        await keepScreenshot(page, `${view.name}-${view.colorScheme}-${view.device}`);
        await openAll(page);
        expect(await violationsOf(page)).toEqual([]);
        expect(await page.evaluate("document.documentElement.scrollWidth")).toBe(view.viewport.width);
        expect(incidents).toEqual([]);
      },
    );

    it.each(settings)(
      "the page of a trend, $colorScheme, on a $device: accessible, never too wide, silent",
      async (view) => {
        const all = [reports.broken, reports.clean, reports.hostile, reports.many];
        const points = all.map((report, index) => trendPoint(`${index}.json`, report, all[index - 1]));
        const { page, incidents } = await open([...TREND_FORMATS.html({ points })].join(""), view);
        await keepScreenshot(page, `trend-${view.colorScheme}-${view.device}`);
        await openAll(page);
        expect(await violationsOf(page)).toEqual([]);
        expect(await page.evaluate("document.documentElement.scrollWidth")).toBe(view.viewport.width);
        expect(incidents).toEqual([]);
      },
    );

    it.each(["broken", "hostile"] as const)("%s is never too wide at 320 pixels", async (name) => {
      const { page } = await open(pageOf(reports[name]), { viewport: { width: 320, height: 600 } });
      await openAll(page);
      expect(await page.evaluate("document.documentElement.scrollWidth")).toBe(320);
    });

    it("shows a hostile report as text: no elements, no dialogs, no requests", async () => {
      const { page, incidents } = await open(pageOf(reports.hostile));
      const handlers = `[...document.querySelectorAll("*")].flatMap((e) => [...e.attributes]).filter((a) => /^(on|style|src)/.test(a.name)).length`;
      expect(await page.evaluate(handlers)).toBe(0);
      await openAll(page);
      const busy = await open(pageOf(reports.busy));
      const namesIn = (shownPage: Page): Promise<string[]> =>
        shownPage.evaluate(
          `[...new Set([...document.querySelectorAll("*")].map((e) => e.localName))].sort()`,
        );
      const known = await namesIn(busy.page);
      expect((await namesIn(page)).filter((name) => !known.includes(name))).toEqual([]);
      const text = await page.locator("body").innerText();
      for (const part of ["<img src=x onerror=alert(1)>", "</script><script>alert(1)</script>", "&lt;b&gt;"])
        expect(text).toContain(part);
      expect(incidents).toEqual([]);
    });

    it("would not run what got into it", async () => {
      const attack = `<img src=x onerror="alert(1)"><script>alert(2)</script><p style="color:red">`;
      const { incidents } = await open(pageOf(reports.clean).replace("<main", `${attack}<main`));
      // An image, a handler, a script and a style attribute, each refused.
      await expect
        .poll(() => incidents.filter((incident) => incident.startsWith("console: ")).length)
        .toBe(4);
      for (const incident of incidents) expect(incident).toMatch(/^console: .*Content Security Policy|\/x$/);
      expect(incidents).not.toContain("request for /x");
    });

    it("filters its clauses by keyboard", async () => {
      const { page, incidents } = await open(pageOf(reports.broken));
      const { clauses } = reports.broken;
      const output = page.locator("#clauses output");
      await expect.poll(() => output.innerText()).toBe(`${clauses.length} of ${clauses.length} clauses`);
      await tabTo(page, "#clauses select[name=level]");
      await page.keyboard.type("SHOULD");
      const should = clauses.filter(({ level }) => level === "SHOULD");
      await expect.poll(() => visibleRows(page).count()).toBe(should.length);
      await page.keyboard.press("Tab");
      await page.keyboard.type("satisfied");
      const satisfied = should.filter(({ status }) => status === "satisfied");
      await expect.poll(() => visibleRows(page).count()).toBe(satisfied.length);
      await page.keyboard.press("Tab");
      await page.keyboard.type("Integration");
      const integration = satisfied.filter(({ source }) => source.startsWith("Integration Spec "));
      expect(integration.length).toBeGreaterThan(1);
      await expect.poll(() => visibleRows(page).count()).toBe(integration.length);
      await page.keyboard.press("Tab");
      await page.keyboard.type("13.2 SAFE");
      await expect.poll(() => visibleRows(page).locator("th").allInnerTexts()).toEqual(["IS-13.2-3"]);
      await expect
        .poll(() => page.locator("#clauses .group:visible").allInnerTexts())
        .toEqual(["Integration Spec 13.2, For Runtime Implementers"]);
      await expect.poll(() => output.innerText()).toBe(`1 of ${clauses.length} clauses`);
      await page.keyboard.press("Enter");
      await page.keyboard.press("Tab");
      await page.keyboard.press("Enter");
      await expect.poll(() => visibleRows(page).count()).toBe(clauses.length);
      expect(incidents).toEqual([]);
    });

    it("leads from a count to its clauses, from there to a finding, and back", async () => {
      const { page } = await open(pageOf(reports.busy));
      await tabTo(page, "#coverage a[aria-label$='MUST violated']");
      await page.keyboard.press("Enter");
      const { clauses, findings } = reports.busy;
      const violated = clauses.filter(({ level, status }) => level === "MUST" && status === "violated");
      await expect.poll(() => visibleRows(page).count()).toBe(violated.length);
      await tabTo(page, "#clauses a[href^='#finding-']");
      await page.keyboard.press("Enter");
      await page.waitForURL(/#finding-[\w.]+\?clauses\.level=MUST&clauses\.status=violated$/);
      const id = /#(finding-[^?]+)/.exec(page.url())?.[1] ?? "";
      const finding = page.locator(`[id="${id}"]`);
      const found = findings.find(({ fingerprint }) => id.startsWith(`finding-${fingerprint}`));
      expect(found?.clauses).toContain(violated[0]?.id);
      await expect.poll(() => finding.getAttribute("open")).toBe("");
      await expect.poll(() => finding.locator("pre").first().isVisible()).toBe(true);
      // Back to a clause that the filter hides: it must come out.
      await page.locator("#clauses select[name=status]").selectOption("satisfied");
      await page.keyboard.press("Tab");
      const link = finding.locator("a").first();
      await link.focus();
      await page.keyboard.press("Enter");
      const row = page.locator(`tr[id='clause-${found?.clauses[0]}']`);
      await expect.poll(() => row.isVisible()).toBe(true);
    });

    it("filters and unfolds its findings", async () => {
      const { page } = await open(pageOf(reports.busy));
      const all = page.locator("#findings .finding");
      const counting = reports.busy.findings.filter(({ waiver }) => waiver === undefined);
      await expect.poll(() => all.count()).toBe(counting.length);
      await expect.poll(() => page.locator("#findings .finding[open]").count()).toBe(0);
      await page.locator("#findings select[name=level]").selectOption("MUST");
      const must = counting.filter(({ level }) => level === "MUST");
      await expect.poll(() => page.locator("#findings .finding:visible").count()).toBe(must.length);
      await page.locator("#findings .fold").press("Enter");
      await expect.poll(() => page.locator("#findings .finding[open]").count()).toBe(must.length);
      await page.locator("#findings .fold").press("Enter");
      await expect.poll(() => page.locator("#findings .finding[open]").count()).toBe(0);
    });

    describe("with hundreds of findings", () => {
      const rows = (page: Page): Locator => page.locator("#findings .finding:not([hidden])");
      const shownNumber = async (page: Page): Promise<number> =>
        Number(/^\d+/.exec(await page.locator("#findings output").innerText())?.[0]);
      const filesOf = ({ locations, related }: Report["findings"][number]): string[] =>
        [...locations, ...related].map(({ path }) => path);
      const CHOICES: readonly (readonly [
        string,
        (finding: Report["findings"][number]) => readonly string[],
      ])[] = [
        ["level", ({ level }) => [level]],
        ["rule", ({ rule }) => [rule]],
        ["clause", ({ clauses }) => clauses],
        ["file", filesOf],
        ["family", ({ locations }) => locations.map(({ family = "none" }) => family)],
      ];

      it.each(CHOICES)("filters by %s, by keyboard, and keeps it in the address", async (name, valuesOf) => {
        const { page, incidents } = await open(pageOf(many));
        const all = many.findings.length;
        expect(all).toBeGreaterThan(60);
        await expect.poll(() => shownNumber(page)).toBe(all);
        const value = valuesOf(many.findings[all - 1]!)[0]!;
        const fitting = many.findings.filter((finding) => valuesOf(finding).includes(value)).length;
        expect(fitting).toBeLessThan(all);
        const select = page.locator(`#findings select[name=${name}]`);
        const options = await select
          .locator("option")
          .evaluateAll((list) => list.map((one) => one.getAttribute("value")));
        await tabTo(page, `#findings select[name=${name}]`);
        for (let presses = 0; presses < options.indexOf(value); presses++)
          await page.keyboard.press("ArrowDown");
        await expect.poll(() => shownNumber(page)).toBe(fitting);
        expect(await rows(page).count()).toBe(fitting);
        const address = new URL(page.url());
        expect(new URLSearchParams(address.hash.replace(/^.*\?/, "")).get(`findings.${name}`)).toBe(value);
        // The same address shows the same to somebody else.
        const other = await open(pageOf(many));
        await other.page.goto(new URL(address.hash, other.page.url()).href);
        await expect.poll(() => shownNumber(other.page)).toBe(fitting);
        expect(await other.page.locator(`#findings select[name=${name}]`).inputValue()).toBe(value);
        expect([...incidents, ...other.incidents]).toEqual([]);
      });

      it("goes back and forth between what was filtered", async () => {
        const { page } = await open(pageOf(many));
        const must = many.findings.filter(({ level }) => level === "MUST");
        const lifecycle = must.filter(({ rule }) => rule === "event-core-fields");
        await page.locator("#findings select[name=level]").selectOption("MUST");
        await page.locator("#findings select[name=rule]").selectOption("event-core-fields");
        await page.locator("#findings input[name=text]").fill("no such text");
        await expect.poll(() => shownNumber(page)).toBe(0);
        expect(await page.locator("#findings .group:visible").count()).toBe(0);
        await page.goBack();
        await expect.poll(() => shownNumber(page)).toBe(must.length);
        await page.goBack();
        await expect.poll(() => shownNumber(page)).toBe(many.findings.length);
        await page.goForward();
        await page.goForward();
        await page.locator("#findings input[name=text]").fill("");
        await expect.poll(() => shownNumber(page)).toBe(lifecycle.length);
        await page.locator("#findings button[type=reset]").press("Enter");
        await expect.poll(() => shownNumber(page)).toBe(many.findings.length);
        expect(new URL(page.url()).hash).toBe("#findings");
      });

      it("opens the group of a finding that a link names, filtered or not", async () => {
        const { page } = await open(pageOf(many));
        const finding = many.findings.at(-1)!;
        const row = page.locator(`#finding-${finding.fingerprint}`);
        expect(await row.isVisible()).toBe(false);
        for (const filter of ["", "?findings.rule=event-core-fields"]) {
          await page.goto("about:blank");
          await page.goBack();
          await page.goto(new URL(`#finding-${finding.fingerprint}${filter}`, page.url()).href);
          await expect.poll(() => row.getAttribute("open")).toBe("");
          expect(await row.isVisible()).toBe(true);
          await expect.poll(() => shownNumber(page)).toBe(many.findings.length);
        }
        const link = row.locator(".meta a", { hasText: "link to this finding" });
        expect(await link.getAttribute("href")).toBe(`#finding-${finding.fingerprint}`);
      });

      it("shows all of them without JavaScript, and on paper", async () => {
        const { page } = await open(pageOf(many), { ...DESKTOP, javaScriptEnabled: false });
        expect(await page.locator("#findings .finding:visible").count()).toBe(many.findings.length);
        const printed = await open(pageOf(many));
        await printed.page.emulateMedia({ media: "print" });
        expect(await printed.page.locator("#findings .finding:visible").count()).toBe(many.findings.length);
      });

      it("keeps findings of which it does not list every place, whatever the file", async () => {
        const partial = await check(["fixtures/rules/timestamp-rfc3339/invalid", BROKEN], { maxFindings: 1 });
        const { page } = await open(pageOf(partial));
        await page.locator("#findings select[name=file]").selectOption(BROKEN);
        const unsure = partial.findings.filter((finding) => {
          const isListed = filesOf(finding).includes(BROKEN);
          return !isListed && finding.count > finding.locations.length;
        });
        expect(unsure.length).toBeGreaterThan(0);
        await expect
          .poll(() => page.locator("#findings output").innerText())
          .toContain(`; ${unsure.length} list only some`);
      });

      it("shows a whole event with its neighbours", async () => {
        const { page } = await open(pageOf(reports.many));
        const finding = many.findings.find(({ rule }) => rule === "tool-lifecycle")!;
        await page.goto(new URL(`#finding-${finding.fingerprint}`, page.url()).href);
        const event = page.locator(`#finding-${finding.fingerprint} .event`).first();
        await event.locator("summary").press("Enter");
        const line = finding.locations[0]?.line ?? 0;
        await expect.poll(() => event.locator("pre.own").getAttribute("data-line")).toBe(`${line}`);
        expect(await event.locator("pre").count()).toBeGreaterThan(1);
      });
    });

    it("shows everything without JavaScript", async () => {
      const { page, incidents } = await open(pageOf(reports.busy), { ...DESKTOP, javaScriptEnabled: false });
      expect(await visibleRows(page).count()).toBe(reports.busy.clauses.length);
      expect(await page.locator(".finding:visible").count()).toBe(reports.busy.findings.length);
      expect(await page.locator("form:visible").count()).toBe(0);
      const finding = page.locator(".finding").first();
      await finding.locator("summary").first().press("Enter");
      await expect.poll(() => finding.locator("pre").first().isVisible()).toBe(true);
      expect(incidents).toEqual([]);
    });

    it("skips to the report, and shows where the focus is", async () => {
      const { page } = await open(pageOf(reports.busy));
      await page.keyboard.press("Tab");
      const skip = page.locator(".skip");
      expect((await skip.boundingBox())?.y).toBeGreaterThanOrEqual(0);
      await page.keyboard.press("Enter");
      await page.waitForURL(/#main$/);
      for (const selector of ["main a", "summary", "select", "input", "button"]) {
        await page.keyboard.press("Tab");
        await tabTo(page, selector);
        const style = `getComputedStyle(document.activeElement)`;
        expect(await page.evaluate(`${style}.outlineStyle + " " + ${style}.outlineWidth`)).toBe("solid 3px");
      }
    });

    it("prints everything, in black on white", async () => {
      const { page } = await open(pageOf(reports.busy), { ...DESKTOP, colorScheme: "dark" });
      await page.emulateMedia({ media: "print", colorScheme: "dark" });
      expect(await page.evaluate("getComputedStyle(document.body).backgroundColor")).toBe(
        "rgb(255, 255, 255)",
      );
      expect(await page.locator("nav:visible, form:visible").count()).toBe(0);
      const boxes = await page
        .locator(".places pre:not(.event pre)")
        .evaluateAll((all) => all.map((one) => one.clientHeight));
      expect(boxes.length).toBeGreaterThan(10);
      expect(Math.min(...boxes)).toBeGreaterThan(10);
    });

    it("is a document with landmarks and tables to those who cannot see it, on a phone too", async () => {
      const { page } = await open(pageOf(reports.audit), PHONE);
      const session = await page.context().newCDPSession(page);
      const { nodes } = await session.send("Accessibility.getFullAXTree");
      const count = (role: string): number => nodes.filter((node) => node.role?.value === role).length;
      for (const role of ["banner", "navigation", "main", "contentinfo"]) expect(count(role)).toBe(1);
      const { clauses, inputs, graphs, crosscuts } = reports.audit;
      const groups = clauses.filter(({ source }, index) => source !== clauses[index - 1]?.source);
      const coverage = await page.locator(".coverage tr").count();
      const rows =
        clauses.length + groups.length + inputs.length + graphs.length + crosscuts.length + coverage;
      expect(count("table")).toBe(5);
      expect(count("row")).toBe(rows + 4);
    });

    it.runIf(isRun("2,000 findings in a browser"))("opens with 2,000 findings of 5 places", async () => {
      const { page } = await open(pageOf(largeReport(reports.busy, 2000, 5)));
      expect(await page.locator("#findings output").innerText()).toMatch(/^(\d+) of \1 findings$/);
      await page.locator("#findings input").fill("no such text");
      await expect.poll(() => page.locator("#findings .finding:visible").count()).toBe(0);
    });
  },
);
