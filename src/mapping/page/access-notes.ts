import { type AccessMode, accessModeOf, areOpposed, jointMode } from "../../model/mapping.js";
import type { PageText } from "./blocks.js";
import { listedNotes, type Noted, said } from "./noted.js";

/** What a statement of access is about. */
export interface AccessScope {
  /** The table that it stands in; undefined outside of tables. */
  readonly table?: object;
  /** The areas that it is about; empty if it is about the whole module. */
  readonly areas: ReadonlySet<string>;
}

export const WHOLE_MODULE: AccessScope = { areas: new Set() };

interface Statement extends AccessScope {
  readonly noted: Noted;
  /** Undefined if nobody can read it. */
  readonly mode: AccessMode | undefined;
}

type Readable = Statement & { readonly mode: AccessMode };

/** The statements of a page about the access of one module. */
export class AccessNotes {
  readonly #statements: Statement[] = [];

  get isEmpty(): boolean {
    return this.#statements.length === 0;
  }

  /** Notes an access mode: the words of a stretch, or their meaning. */
  take(at: PageText, value: string | undefined, scope: AccessScope): void {
    const noted = said(at, value);
    this.#statements.push({ ...scope, noted, mode: accessModeOf(String(noted.value))?.mode });
  }

  /** One mode if all statements agree or are about different areas, otherwise the contradictory modes. */
  noted(): Noted | undefined {
    const readable = this.#statements.filter((each): each is Readable => each.mode !== undefined);
    const others = this.#statements.flatMap(({ noted, mode }) => (mode === undefined ? [noted] : []));
    const all = [...(contradictionIn(readable) ?? unitedIn(readable)), ...others];
    return all.length > 1 ? listedNotes(all) : all[0];
  }
}

/** The modes of a page that contradict each other; undefined if there are none. */
function contradictionIn(statements: readonly Readable[]): readonly Noted[] | undefined {
  const groups = new Map<string, Map<AccessScope["table"], Readable[]>>();
  for (const statement of statements) {
    for (const about of statement.areas.size === 0 ? [WHOLE] : statement.areas) {
      const tables = groups.get(about) ?? new Map<AccessScope["table"], Readable[]>();
      const group = tables.get(statement.table) ?? [];
      group.push(statement);
      groups.set(about, tables.set(statement.table, group));
    }
  }
  for (const tables of groups.values()) {
    const opposed = opposedIn([...tables.values()]);
    if (opposed !== undefined) return opposed;
  }
  const [whole = []] = groups.get(WHOLE)?.values() ?? [];
  const inParts = statements.filter(({ table, areas }) => areas.size > 0 && table !== whole[0]?.table);
  return whole.length === 0 || inParts.length === 0 ? undefined : opposedIn([whole, inParts]);
}

const WHOLE = "";

/** Statements in one table, or in sections, add up: each may be about other areas. So only their joint modes count. */
function opposedIn([first = [], ...others]: readonly (readonly Readable[])[]): readonly Noted[] | undefined {
  const mode = jointOf(first);
  const other = others.find((group) => areOpposed(mode, jointOf(group)));
  return other && [...unitedIn(first), ...unitedIn(other)];
}

/** The joint mode, at the place of a statement that says it, or at that of the first. */
function unitedIn(statements: readonly Readable[]): readonly Noted[] {
  const [first] = statements;
  if (first === undefined) return [];
  const mode = jointOf(statements);
  const same = statements.find((each) => each.mode === mode);
  return [same?.noted ?? { ...first.noted, value: mode }];
}

function jointOf(statements: readonly Readable[]): AccessMode {
  return jointMode(statements.map(({ mode }) => mode));
}
