import type { MplpEventRule } from "../shared/define.js";

/** Says what of a mapping document could not be read or taken as it stands. */
export const mappingReadable: MplpEventRule = {
  evidence: "event",
  id: "mapping-readable",
  clauses: ["RG-7.1-1"],
  scopes: ["mapping"],
  title: "The mapping document can be read",
  why: "A text that readers must guess documents nothing.",
  fix: "Follow schemas/mapping.schema.json, which editors can check; mplp-check init mapping writes a document to fill in.",
  applies: () => false,
  check: ({ record, subject }, emit) => {
    const { isReadable = true, problems = [] } = record.document ?? {};
    const level = isReadable ? ({ level: "NOTE" } as const) : {};
    if (!isReadable && problems.length === 0) emit({ ...NO_OBJECT, pointer: "", offset: 0 });
    for (const { offset, message, hint } of problems)
      emit({ ...phrased(message, hint), pointer: "", offset, ...level });
    if (subject.kind !== "mapping" || !isReadable) return;
    for (const { pointer, message, hint } of subject.problems)
      emit({ ...phrased(message, hint), pointer, shape: message, level: "NOTE" });
  },
};

/** Lists, texts and numbers are valid in their formats. */
const NO_OBJECT = {
  message: "the document is not an object, so it lists no module",
  hint: "put a list of modules under the member modules; mplp-check init mapping writes a document to fill in",
};

/** Readers of documents speak in sentences, findings in phrases. */
function phrased(message: string, hint?: string): { message: string; hint?: string } {
  return { message: phraseOf(message), ...(hint !== undefined && { hint: phraseOf(hint) }) };
}

function phraseOf(sentence: string): string {
  const text = sentence.replace(/\.$/, "");
  return /^[A-Z][a-z]/.test(text) ? text.charAt(0).toLowerCase() + text.slice(1) : text;
}
