import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import axe from "axe-core";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { CHROMIUM, launchChromium } from "../../support/chromium.js";
import { ROOT } from "../../support/fixtures.js";
import { LINES_BODY, type Listener, listenerPerTest } from "../../support/listener.js";
import { BROKEN, CLEAN } from "../../support/workspace.js";

const listeners = listenerPerTest();
const broken = readFileSync(BROKEN, "utf8");
const HOSTILE = "<img src=x onerror=alert(1)>";

const DESKTOP = { viewport: { width: 1280, height: 900 } };
const PHONE = { viewport: { width: 360, height: 740 } };
const settings = (["light", "dark"] as const).flatMap((colorScheme) => [
  { colorScheme, device: "desktop", ...DESKTOP },
  { colorScheme, device: "phone", ...PHONE },
]);

/** Screenshots for those who want to look at the page: SCREENSHOTS=1 npx vitest run test/real/live/page.test.ts */
async function keepScreenshot(page: Page, name: string): Promise<void> {
  if (process.env.SCREENSHOTS === undefined) return;
  const folder = join(ROOT, "test-results/live");
  mkdirSync(folder, { recursive: true });
  await page.screenshot({ path: join(folder, `${name}.png`), fullPage: true });
}

describe.skipIf(CHROMIUM === undefined)(
  `the page of a server in Chromium (${CHROMIUM ?? "skipped: none found, CHROMIUM_PATH may name one"})`,
  () => {
    let browser: Browser;
    let pages: Page[] = [];
    beforeAll(async () => {
      browser = await launchChromium();
    });
    afterAll(() => browser.close());
    afterEach(async () => {
      await Promise.all(pages.map((page) => page.context().close()));
      pages = [];
    });

    async function open({ url }: Listener, options: BrowserContextOptions = DESKTOP) {
      const context = await browser.newContext(options);
      const page = await context.newPage();
      pages.push(page);
      const incidents: string[] = [];
      page.on("console", (message) => incidents.push(message.text()));
      page.on("pageerror", (error) => incidents.push(error.message));
      page.on("dialog", (dialog) => incidents.push(dialog.message()));
      page.on("request", (request) => {
        if (!request.url().startsWith(url) && !request.url().startsWith("data:"))
          incidents.push(request.url());
      });
      await page.goto(url);
      return { page, incidents };
    }

    const textOf = (page: Page, selector: string): Promise<string> => page.locator(selector).innerText();
    const figure = (page: Page, name: string): Promise<string> => textOf(page, `[data-count="${name}"]`);

    it("shows findings as they come, counts, and the verdict so far", async () => {
      const server = await listeners.start();
      const { page, incidents } = await open(server);
      await expect.poll(() => textOf(page, "#verdict")).toBe("inconclusive");
      expect(await page.locator("header").getAttribute("data-tone")).toBe("open");
      await server.post("/v1/events", readFileSync(CLEAN, "utf8"), LINES_BODY);
      await expect.poll(() => figure(page, "acknowledged")).toBe("14");
      await expect.poll(() => textOf(page, "#verdict")).toBe("no violations found");
      expect(await page.locator("header").getAttribute("data-tone")).toBe("good");
      await server.post("/v1/events", broken, LINES_BODY);
      await expect.poll(() => page.locator("#stream li").count()).toBe(5);
      expect(await page.locator("#stream li").first().innerText()).toContain("stage_status is not one of");
      await expect.poll(() => figure(page, "MUST")).toBe("5");
      await server.post("/v1/events", broken, LINES_BODY);
      await expect.poll(() => textOf(page, "#kinds tr:first-child td:last-child")).toBe("2");
      expect(await page.locator("#kinds tr").count()).toBe(5);
      await expect.poll(() => textOf(page, "#verdict")).toBe("nonconformant");
      expect(await page.locator("header").getAttribute("data-tone")).toBe("bad");
      expect(await textOf(page, "#sentence")).toMatch(/MUST clauses violated/);
      await server.post("/v1/events", "hello");
      await expect.poll(() => figure(page, "refused")).toBe("1");
      await server.stop();
      await expect.poll(() => textOf(page, "#connection")).toContain("no connection");
      expect(incidents.filter((each) => !/ERR_CONNECTION_REFUSED|ERR_INCOMPLETE_CHUNKED/.test(each))).toEqual(
        [],
      );
    });

    it("shows a sender's text as nothing but text", async () => {
      const server = await listeners.start();
      const { page, incidents } = await open(server);
      const event = { ...JSON.parse(broken.split("\n")[6] ?? ""), [HOSTILE]: HOSTILE, event_type: HOSTILE };
      await server.post(
        "/v1/events",
        JSON.stringify({ ...event, [`x${HOSTILE}`]: 1, event_family: HOSTILE }),
      );
      await expect.poll(() => page.locator("#stream li").count()).toBeGreaterThan(0);
      expect(await page.locator("img").count()).toBe(0);
      expect(incidents).toEqual([]);
    });

    it("filters, pauses and goes on with the keyboard alone", async () => {
      const server = await listeners.start();
      const { page } = await open(server);
      await page.keyboard.press("Tab");
      expect(await page.evaluate("document.activeElement.className")).toBe("skip");
      await page.keyboard.press("Enter");
      await page.keyboard.press("Tab");
      expect(await page.evaluate("document.activeElement.id")).toBe("level");
      await page.keyboard.press("Tab");
      await page.keyboard.press("Enter");
      expect(await page.locator("#pause").getAttribute("aria-pressed")).toBe("true");
      await server.post("/v1/events", broken, LINES_BODY);
      await expect.poll(() => figure(page, "MUST")).toBe("5");
      expect(await page.locator("#stream li").count()).toBe(0);
      await page.keyboard.press("Enter");
      await expect.poll(() => page.locator("#stream li").count()).toBe(5);
      await page.locator("#level").selectOption("SHOULD");
      expect(await page.locator("#stream li:visible").count()).toBe(0);
      await page.locator("#level").selectOption("MUST");
      expect(await page.locator("#stream li:visible").count()).toBe(5);
    });

    it.each(settings)("can be read by everybody: $colorScheme, $device", async ({ device, ...options }) => {
      const server = await listeners.start();
      await server.post("/v1/events", broken, LINES_BODY);
      const { page } = await open(server, options);
      await expect.poll(() => page.locator("#stream li").count()).toBe(5);
      await expect.poll(() => textOf(page, "#verdict")).toBe("nonconformant");
      await page.evaluate(axe.source);
      const { violations } = await page.evaluate<axe.AxeResults>(
        `axe.run({ resultTypes: ["violations"], rules: { "target-size": { enabled: true } } })`,
      );
      expect(violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`))).toEqual([]);
      const width = "document.documentElement.scrollWidth - document.documentElement.clientWidth";
      expect(await page.evaluate(width)).toBe(0);
      await keepScreenshot(page, `${options.colorScheme}-${device}`);
    });

    it("lists the latest findings after a flood, and says that there were others", async () => {
      const server = await listeners.start();
      const line = broken.split("\n")[6] ?? "";
      await server.post("/v1/events", `${line}\n`.repeat(5000), LINES_BODY);
      const { page } = await open(server);
      await expect.poll(() => figure(page, "MUST")).toBe("5,000");
      await expect.poll(() => page.locator("#stream li").count()).toBe(200);
      expect(await textOf(page, "#missed")).toMatch(/^\d+ earlier findings are not listed here/);
    });

    it("asks for the token where there is one", async () => {
      const folder = listeners.newFolder();
      writeFileSync(join(folder, "token"), "a-token-of-some-length");
      const server = await listeners.start(["--token-file", "token"], { folder });
      const httpCredentials = { username: "me", password: "a-token-of-some-length" };
      const { page } = await open(server, { ...DESKTOP, httpCredentials });
      await expect.poll(() => textOf(page, "#connection")).toBe("listening");
      await expect.poll(() => textOf(page, "#verdict")).toBe("inconclusive");
    });
  },
);
