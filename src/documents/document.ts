import type { Span } from "../json/json-scan.js";
import { withoutMark } from "../model/parsed-json.js";
import { readJson } from "./json.js";
import { linesOf, MAX_CHARACTERS, type RawDocument, unreadableDocument } from "./places.js";
import { readYaml } from "./yaml.js";

type PageReader = (text: string) => RawDocument;

type DocumentFormat = "yaml" | "json" | "markdown";

/** A document as data, with the places of its values. */
export interface PositionedDocument {
  readonly format: DocumentFormat;
  /** The text as read, without a byte order mark; spans are offsets into it. */
  readonly text: string;
  /** JSON-like data in any format; undefined if the text is unreadable. */
  readonly value: unknown;
  /** The place of the value at a JSON Pointer; for a missing value, that of the object that lacks it. */
  readonly placeOf: (pointer: string) => DocumentPlace;
  /** Problems of the text itself, in the order of the text. */
  readonly problems: readonly DocumentProblem[];
}

interface DocumentPlace {
  /** 1-based. */
  readonly line: number;
  /** 1-based, in UTF-16 code units. */
  readonly column: number;
  /** Offsets of the part to show: a value, or the beginning of an object or list. */
  readonly span: Span;
}

/** A problem of a document's text. The message never repeats the text. */
interface DocumentProblem {
  readonly line: number;
  readonly column: number;
  readonly message: string;
  readonly hint?: string;
  /** True if the data lacks something that the text says. */
  readonly leavesOut?: true;
}

/**
 * Reads a YAML or JSON document, or a Markdown page. It never throws; the result lists the problems.
 *
 * @param name the file's name, whose ending decides the format; default: the text decides
 * @param readPage reads Markdown; without it, a page is read as broken YAML
 */
export function readDocument(
  text: string,
  name: string,
  readPage: PageReader = readYaml,
): PositionedDocument {
  const bare = withoutMark(text);
  const format = formatByName(name) ?? formatByText(bare.slice(0, MAX_CHARACTERS));
  const raw = bare.length > MAX_CHARACTERS ? TOO_LONG : read(bare, format, readPage);
  const placed = linesOf(bare.length > MAX_CHARACTERS ? "" : bare);
  return {
    format,
    text: bare,
    value: raw.value,
    placeOf: (pointer) => {
      const span = raw.spanOf(pointer);
      return { ...placed(span.start), span };
    },
    problems: raw.problems.map(({ offset, ...problem }) => ({ ...placed(offset), ...problem })),
  };
}

const TOO_LONG = unreadableDocument(
  0,
  `The document has more than ${MAX_CHARACTERS} characters.`,
  "A mapping has a few thousand characters.",
);

function read(text: string, format: DocumentFormat, readPage: PageReader): RawDocument {
  if (text.trim() === "") return unreadableDocument(0, "The document is empty.");
  if (format === "json") return readJson(text);
  return format === "yaml" ? readYaml(text) : readPage(text);
}

const ENDINGS: Readonly<Record<string, DocumentFormat>> = {
  yaml: "yaml",
  yml: "yaml",
  json: "json",
  md: "markdown",
  markdown: "markdown",
  mdx: "markdown",
};

/** The format by the file's ending; for a compressed file, by the ending before the last. */
function formatByName(name: string): DocumentFormat | undefined {
  const ending = /\.(\w+)(?:\.(?:gz|zst))?$/.exec(name)?.[1]?.toLowerCase() ?? "";
  return Object.hasOwn(ENDINGS, ending) ? ENDINGS[ending] : undefined;
}

/** The format by its typical text: a leading quote or bracket, a table's rule, or member names of a mapping. */
function formatByText(text: string): DocumentFormat {
  if (/^\s*[{[]\s*["{[\]}]/.test(text)) return "json";
  if (/^[ \t]*(?:\|[ \t]*)?:?-{2,}:?[ \t]*\|/m.test(text)) return "markdown";
  if (/^["']?(?:mplp|runtime|modules|components|attestations)["']?[ \t]*:/m.test(text)) return "yaml";
  if (/^#{1,6}[ \t]/m.test(text)) return "markdown";
  return /^[\w"'-]+:(?:\s|$)/m.test(text) ? "yaml" : "markdown";
}
