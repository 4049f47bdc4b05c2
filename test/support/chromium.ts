import { existsSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { type Browser, type BrowserContextOptions, chromium, type Page } from "playwright-core";

const INSTALLED = [
  process.env.CHROMIUM_PATH ?? "",
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/usr/bin/google-chrome-stable",
];

/** Where a Chromium is; nothing where there is none. */
export const CHROMIUM = INSTALLED.find((path) => path !== "" && existsSync(path));

export function launchChromium(): Promise<Browser> {
  // Inside containers, and for root, Chromium's own sandbox is not to be had.
  return chromium.launch({ executablePath: CHROMIUM ?? "", args: ["--no-sandbox"] });
}

/** A page on show, with everything that it did besides showing itself. */
export interface Shown {
  readonly page: Page;
  /** Requests, messages on the console, errors and dialogs. */
  readonly incidents: readonly string[];
  close(): Promise<void>;
}

/** Serves a page from an address of its own, where anything that it asked for would be noticed, and opens it. */
export async function show(
  browser: Browser,
  html: string,
  options: BrowserContextOptions = {},
): Promise<Shown> {
  const incidents: string[] = [];
  const server = createServer((request, response) => {
    if (request.url !== "/") incidents.push(`request for ${request.url}`);
    response.setHeader("content-type", "text/html");
    response.end(request.url === "/" ? html : "");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  const context = await browser.newContext(options);
  const page = await context.newPage();
  page.on("request", (request) => {
    if (request.url() !== address && !request.url().startsWith("data:image/svg+xml,"))
      incidents.push(`request for ${request.url()}`);
  });
  page.on("console", (message) => incidents.push(`console: ${message.text()}`));
  page.on("pageerror", (error) => incidents.push(`error: ${error.message}`));
  page.on("popup", () => incidents.push("popup"));
  page.on("dialog", (dialog) => {
    incidents.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  await page.goto(address);
  const close = async (): Promise<void> => {
    await context.close();
    server.close();
  };
  return { page, incidents, close };
}
