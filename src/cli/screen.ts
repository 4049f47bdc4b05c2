import type { Surface } from "../index.js";

/** Lines that are longer are hard to read, however wide the terminal is. */
const WIDEST = 120;

/** What standard output can show. */
export async function screen(): Promise<Surface> {
  const color = wantsColor(process.env);
  const columns = columnsOf(process.env);
  return {
    color,
    links: color && (await showsLinks()),
    ...(columns !== undefined && { width: Math.min(columns, WIDEST) }),
  };
}

/** NO_COLOR goes first: whoever sets it for all programs means this one too. */
function wantsColor({ NO_COLOR = "", FORCE_COLOR = "", TERM }: NodeJS.ProcessEnv): boolean {
  if (NO_COLOR !== "") return false;
  if (FORCE_COLOR !== "") return FORCE_COLOR !== "0" && FORCE_COLOR !== "false";
  return TERM !== "dumb" && process.stdout.isTTY === true;
}

/** The columns of the terminal, or those that COLUMNS tells; some terminals say that they have none at all. */
function columnsOf({ COLUMNS = "" }: NodeJS.ProcessEnv): number | undefined {
  const { isTTY, columns } = process.stdout;
  if (isTTY === true && columns > 0) return columns;
  return /^[1-9]\d{0,5}$/.test(COLUMNS) ? Number(COLUMNS) : undefined;
}

async function showsLinks(): Promise<boolean> {
  const { createSupportsHyperlinks } = await import("supports-hyperlinks");
  return createSupportsHyperlinks(process.stdout);
}
