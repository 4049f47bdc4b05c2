import { CLAUSES } from "../../protocol/clauses/clauses.js";
import type { Mutation } from "../mutation.js";
import { ABSENCE_MUTATIONS } from "./absences.js";
import { ENVELOPE_MUTATIONS } from "./envelope.js";
import { FAMILY_MUTATIONS } from "./families.js";
import { GRAPH_MUTATIONS } from "./graphs.js";
import { INTEGRATION_MUTATIONS } from "./integration.js";
import { LIFECYCLE_MUTATIONS } from "./lifecycles.js";
import { MAPPING_MUTATIONS } from "./mappings.js";
import { PROFILE_MUTATIONS } from "./profiles.js";
import { RECORD_MUTATIONS } from "./records.js";
import { SAMPLE_MUTATIONS } from "./samples.js";

const ALL: readonly Mutation[] = [
  ...RECORD_MUTATIONS,
  ...ENVELOPE_MUTATIONS,
  ...FAMILY_MUTATIONS,
  ...LIFECYCLE_MUTATIONS,
  ...INTEGRATION_MUTATIONS,
  ...ABSENCE_MUTATIONS,
  ...GRAPH_MUTATIONS,
  ...MAPPING_MUTATIONS,
  ...SAMPLE_MUTATIONS,
  ...PROFILE_MUTATIONS,
];

/** Every mutation, in the order of the clauses of a report. */
export const MUTATIONS: readonly Mutation[] = CLAUSES.flatMap(({ id }) =>
  ALL.filter(({ clause }) => clause === id),
);
