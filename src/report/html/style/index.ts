import { CARDS } from "./cards.js";
import { COLOURS } from "./colours.js";
import { FILTERS } from "./filters.js";
import { FINDINGS } from "./findings.js";
import { PAGE } from "./page.js";
import { PICTURES } from "./pictures.js";
import { PRINT } from "./print.js";
import { TABLES } from "./tables.js";
import { TYPE } from "./type.js";

/** The page's style sheet. */
export const STYLE = [COLOURS, TYPE, PAGE, TABLES, FILTERS, CARDS, FINDINGS, PICTURES, PRINT].join("");
