import type { ScalarStyleRule } from "js-yaml";
import { spelledOut } from "../../model/printable.js";
import { publishedAt } from "../../package/published.js";
import type { Statement } from "./statement.js";

/** The statement as YAML, with the address of its schema for editors. No text in it is more than a text. */
export async function renderStatement(statement: Statement): Promise<string> {
  const { DEFAULT_SCALAR_STYLE_RULES, dump, SCALAR_STYLE } = await import("js-yaml");
  // Only in double quotes can a character be escaped.
  const quoteUnsafe: ScalarStyleRule = (layout) => {
    if (isUnsafe(layout.node.value)) layout.style = SCALAR_STYLE.DOUBLE_QUOTED;
  };
  const scalarStyleRules = [...Object.values(DEFAULT_SCALAR_STYLE_RULES), quoteUnsafe];
  const text = dump(statement, { lineWidth: -1, noRefs: true, scalarStyleRules });
  const schema = publishedAt("schemas/statement.schema.json");
  return `# yaml-language-server: $schema=${schema}\n${spelledOut(text, escapedCharacter)}`;
}

/** True if a terminal or a CI service would act on the text, or if it has several lines. */
function isUnsafe(text: string): boolean {
  return text.includes("\n") || spelledOut(text, () => "") !== text;
}

function escapedCharacter(found: string): string {
  return `\\U${(found.codePointAt(0) ?? 0).toString(16).padStart(8, "0")}`;
}
