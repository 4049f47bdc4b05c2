import { packageText } from "./package-file.js";

/** The version of mplp-check. */
export const VERSION = (JSON.parse(packageText("package.json")) as { version: string }).version;
