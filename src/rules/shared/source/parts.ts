import type { Examined, Scope } from "../../../model/examined.js";
import type { IntegrationKind, JsonObject } from "../../../model/subject.js";
import { INTEGRATION_KINDS } from "../../../protocol/fields/integration-fields.js";

/** A kind of record, by its scope; or of integration event, whose members are then looked at. */
export type Of = Scope | IntegrationKind;

type Part = (examined: Examined) => JsonObject | undefined;

/** Finds what a source is of in a record; undefined in a record of another kind. */
export function partOf(of: Of | readonly Of[]): Part {
  const [first, ...others] = [of].flat().map(partOfOne);
  if (first === undefined) throw new Error("a source is of some kind of record");
  return others.length === 0 ? first : inOneOf([first, ...others]);
}

function inOneOf(parts: readonly Part[]): Part {
  return (examined) => {
    for (const part of parts) {
      const found = part(examined);
      if (found !== undefined) return found;
    }
    return undefined;
  };
}

function partOfOne(of: Of): Part {
  if (isIntegrationKind(of))
    return ({ integration }) => (integration?.kind === of ? integration.value : undefined);
  switch (of) {
    case "any":
      return ({ event }) => event;
    case "integration":
      return ({ integration }) => integration?.value;
    case "event":
      return ({ subject, event }) => (subject.kind === "event" ? event : undefined);
    case "sa":
    case "map":
      return ({ subject, event }) =>
        subject.kind === "profile-event" && subject.profile === of ? event : undefined;
    case "graph_update":
    case "pipeline_stage":
    case "runtime_execution":
      return ({ subject, event }) => (subject.kind === "event" && subject.family === of ? event : undefined);
    default:
      return ({ subject, event }) => (subject.kind === of ? event : undefined);
  }
}

/** The scopes of records that a source is of. */
export function scopesOf(of: Of | readonly Of[]): readonly Scope[] {
  return [...new Set([of].flat().map((one): Scope => (isIntegrationKind(one) ? "integration" : one)))];
}

function isIntegrationKind(of: Of): of is IntegrationKind {
  return (INTEGRATION_KINDS as readonly string[]).includes(of);
}
