import { documentedModule } from "../names.js";

const NUMBER = /^[^\p{L}\d]*(?:§\s*)?(?:(?:\d+(?:\.\d+)*|[A-Z](?:\.\d+)+)[.)]?\s+)?[^\p{L}\d]*/u;

/** A heading without its number. */
export function unnumbered(heading: string): string {
  return heading.replace(NUMBER, "");
}

/** A module that some words name. */
interface NamedModule {
  readonly name: string;
  readonly isKnown: boolean;
  /** True if the words contain the word "module", which makes its meaning certain. */
  readonly saysModule: boolean;
}

/** The module that a heading or a cell names: "2.1 Context Module", "Plan", "Module: Trace", "Core (`psg.x`)". */
export function moduleIn(heading: string): NamedModule | undefined {
  const words = unnumbered(heading);
  const before = /^(?:the )?(?:l2 )?(.{1,60}?) module(?![\w-])/i.exec(words)?.[1];
  const behind = /^(?:l2 )?module:?\s+(\S{1,60})/i.exec(words)?.[1];
  const head = words.split(/:(?=\s|$)|\(|\s[-–—]\s/)[0]?.trim() ?? "";
  for (const name of [before, behind, head]) {
    if (name === undefined || documentedModule(name) === undefined) continue;
    return { name, isKnown: true, saysModule: name !== head };
  }
  const own = /^([\p{L}\d_.:/-]+(?: [\p{L}\d_-]+){0,2}) module$/iu.exec(head)?.[1];
  return own === undefined ? undefined : { name: own, isKnown: false, saysModule: true };
}
