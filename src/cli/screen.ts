import type { Surface } from "../index.js";
import type { Screen, Streams } from "./streams.js";

/** Lines that are longer are hard to read, however wide the terminal is. */
const WIDEST = 120;

/** What standard output can show. */
export async function screen({ stdout, env }: Streams): Promise<Surface> {
  const color = wantsColor(stdout, env);
  const columns = columnsOf(stdout, env);
  return {
    color,
    links: color && (await showsLinks(stdout)),
    ...(columns !== undefined && { width: Math.min(columns, WIDEST) }),
  };
}

/** NO_COLOR wins: a user who sets it for all programs means this one too. */
function wantsColor(
  { isTTY }: Screen,
  { NO_COLOR = "", FORCE_COLOR = "", TERM }: NodeJS.ProcessEnv,
): boolean {
  if (NO_COLOR !== "") return false;
  if (FORCE_COLOR !== "") return FORCE_COLOR !== "0" && FORCE_COLOR !== "false";
  return TERM !== "dumb" && isTTY === true;
}

/** The columns of the terminal, or those of COLUMNS; some terminals report 0 columns. */
function columnsOf({ isTTY, columns = 0 }: Screen, { COLUMNS = "" }: NodeJS.ProcessEnv): number | undefined {
  if (isTTY === true && columns > 0) return columns;
  return /^[1-9]\d{0,5}$/.test(COLUMNS) ? Number(COLUMNS) : undefined;
}

async function showsLinks({ isTTY = false }: Screen): Promise<boolean> {
  const { createSupportsHyperlinks } = await import("supports-hyperlinks");
  return createSupportsHyperlinks({ isTTY });
}
