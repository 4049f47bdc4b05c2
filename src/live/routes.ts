import type { IntegrationKind } from "../model/subject.js";

/** What may be posted to a path: any events, one kind of integration event, or an export of OpenTelemetry. */
export interface Inlet {
  readonly kind?: IntegrationKind;
  readonly isExport?: true;
}

/** The paths of the Integration Spec's emitters (IS 8.2, 8.3), by kind. */
const OF_KIND = {
  git_event: "/integration/git",
  ci_event: "/integration/ci",
  tool_event: "/integration/tool",
  file_update_event: "/integration/file",
} as const satisfies Record<IntegrationKind, string>;

/** The path for events of any kind. */
const EVENTS = "/v1/events";

/** The paths that take events. */
export const INLETS: ReadonlyMap<string, Inlet> = new Map<string, Inlet>([
  ...Object.entries(OF_KIND).map(([kind, path]) => [path, { kind: kind as IntegrationKind }] as const),
  [EVENTS, {}],
  ["/v1/logs", { isExport: true }],
]);

/** The path for an integration event, or for another event. */
export function pathFor(kind: IntegrationKind | undefined): string {
  return kind === undefined ? EVENTS : OF_KIND[kind];
}
