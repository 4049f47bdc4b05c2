import type { FormatName } from "../../report/index.js";

/** The media type of each format. */
export const REPORT_TYPES: Readonly<Record<FormatName, string>> = {
  text: "text/plain; charset=utf-8",
  summary: "text/plain; charset=utf-8",
  compact: "text/plain; charset=utf-8",
  github: "text/plain; charset=utf-8",
  markdown: "text/markdown; charset=utf-8",
  html: "text/html; charset=utf-8",
  junit: "application/xml",
  json: "application/json",
  gitlab: "application/json",
  sarif: "application/sarif+json",
  "sarif-coverage": "application/sarif+json",
  earl: "application/ld+json",
  intoto: "application/json",
  badge: "application/json",
};
