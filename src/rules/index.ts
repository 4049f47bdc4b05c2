import type { Rule } from "../model/rule.js";
import type { ClauseId } from "../protocol/clauses/clauses.js";
import { beyondTheProtocol } from "./event/beyond-the-protocol.js";
import { eventCoreFields } from "./event/event-core-fields.js";
import { eventFamilyKnown } from "./event/event-family-known.js";
import { eventIdV4 } from "./event/event-id-v4.js";
import { eventTypeNonEmpty } from "./event/event-type-non-empty.js";
import { executionStatusKnown } from "./event/execution-status-known.js";
import { executorKindKnown } from "./event/executor-kind-known.js";
import { fieldAtTopLevel } from "./event/field-at-top-level.js";
import { fileHasFamilies } from "./event/file-has-families.js";
import { graphUpdateFields } from "./event/graph-update-fields.js";
import { noSecrets } from "./event/no-secrets.js";
import { payloadObject } from "./event/payload-object.js";
import { pipelineStageFields } from "./event/pipeline-stage-fields.js";
import { projectIdUuid } from "./event/project-id-uuid.js";
import { runtimeExecutionFields } from "./event/runtime-execution-fields.js";
import { sourceModuleKnown } from "./event/source-module-known.js";
import { sourceModulePresent } from "./event/source-module-present.js";
import { stageNameAndOrder } from "./event/stage-name-and-order.js";
import { stageStatusKnown } from "./event/stage-status-known.js";
import { timestampRfc3339 } from "./event/timestamp-rfc3339.js";
import { unrecognisedRecord } from "./event/unrecognised-record.js";
import { updateKindDelta } from "./event/update-kind-delta.js";
import { updateKindKnown } from "./event/update-kind-known.js";
import { updateKindOtherDelta } from "./event/update-kind-other-delta.js";
import { duplicateKey } from "./input/duplicate-key.js";
import { jsonObjectPerRecord } from "./input/json-object-per-record.js";
import { adapterSource } from "./integration/adapter-source.js";
import { integrationInvariants } from "./integration/integration-invariants.js";
import { integrationKindKnown } from "./integration/integration-kind-known.js";
import { integrationSchema } from "./integration/integration-schema.js";
import { integrationTimes } from "./integration/integration-times.js";
import { integrationTypeAgrees } from "./integration/integration-type-agrees.js";
import { integrationWrapped } from "./integration/integration-wrapped.js";
import { safePath } from "./integration/safe-path.js";
import { workspaceRelativePath } from "./integration/workspace-relative-path.js";
import { ciLifecycle } from "./log/ci-lifecycle.js";
import { ciRunsCovered } from "./log/ci-runs-covered.js";
import { driftEvents } from "./log/drift-events.js";
import { eventIdUnique } from "./log/event-id-unique.js";
import { executionForEachCall } from "./log/execution-for-each-call.js";
import { executionForTools } from "./log/execution-for-tools.js";
import { executionLifecycle } from "./log/execution-lifecycle.js";
import { fileUpdateDebounced } from "./log/file-update-debounced.js";
import { fileUpdatesFollowed } from "./log/file-updates-followed.js";
import { gitEventsFollowed } from "./log/git-events-followed.js";
import { graphUpdateEmitted } from "./log/graph-update-emitted.js";
import { mapSessionsEnded } from "./log/map-sessions-ended.js";
import { mapTurnsAnswered } from "./log/map-turns-answered.js";
import { personalData } from "./log/personal-data.js";
import { pipelineStageEmitted } from "./log/pipeline-stage-emitted.js";
import { projectIdLeftOut } from "./log/project-id-left-out.js";
import { recommendedFamilies } from "./log/recommended-families.js";
import { repeatedInvocation } from "./log/repeated-invocation.js";
import { rollbackEvents } from "./log/rollback-events.js";
import { saStepsEnded } from "./log/sa-steps-ended.js";
import { singleGraphPerProject } from "./log/single-graph-per-project.js";
import { stageOrders } from "./log/stage-orders.js";
import { stageStability } from "./log/stage-stability.js";
import { stageTransitionEvents } from "./log/stage-transition-events.js";
import { stageTransitions } from "./log/stage-transitions.js";
import { toolCoverage } from "./log/tool-coverage.js";
import { toolLifecycle } from "./log/tool-lifecycle.js";
import { attestations } from "./mapping/attestations.js";
import { crosscutCoverage } from "./mapping/crosscut-coverage.js";
import { logMatchesMapping } from "./mapping/log-matches-mapping.js";
import { mappingAgainstReference } from "./mapping/mapping-against-reference.js";
import { mappingComplete } from "./mapping/mapping-complete.js";
import { mappingDocuments } from "./mapping/mapping-documents.js";
import { mappingReadable } from "./mapping/mapping-readable.js";
import { mapProfileEvent } from "./profile/map-profile-event.js";
import { saProfileEvent } from "./profile/sa-profile-event.js";
import { configurationInAudit } from "./run/configuration-in-audit.js";
import { inputChanged } from "./run/input-changed.js";
import { learningSampleSchema } from "./sample/learning-sample-schema.js";
import { sampleIdUnique } from "./sample/sample-id-unique.js";
import { samplesCollected } from "./sample/samples-collected.js";
import { graphLedger } from "./snapshot/graph-ledger.js";
import { l2ObjectsMapped } from "./snapshot/l2-objects-mapped.js";
import { rollbackSnapshots } from "./snapshot/rollback-snapshots.js";
import { snapshotIdUnique } from "./snapshot/snapshot-id-unique.js";
import { snapshotUsable } from "./snapshot/snapshot-usable.js";
import { snapshotsCoverLog } from "./snapshot/snapshots-cover-log.js";
import { structuralChangesLogged } from "./snapshot/structural-changes-logged.js";

/** Every rule. Among those that explain a defect the first one here has it. */
export const RULES: readonly Rule<ClauseId>[] = [
  jsonObjectPerRecord,
  duplicateKey,
  fileHasFamilies,
  fieldAtTopLevel,
  eventCoreFields,
  eventIdV4,
  eventTypeNonEmpty,
  timestampRfc3339,
  projectIdUuid,
  payloadObject,
  eventFamilyKnown,
  graphUpdateFields,
  updateKindKnown,
  updateKindDelta,
  updateKindOtherDelta,
  pipelineStageFields,
  stageStatusKnown,
  runtimeExecutionFields,
  executorKindKnown,
  executionStatusKnown,
  sourceModulePresent,
  sourceModuleKnown,
  stageNameAndOrder,
  integrationSchema,
  integrationInvariants,
  integrationWrapped,
  integrationKindKnown,
  integrationTypeAgrees,
  integrationTimes,
  workspaceRelativePath,
  safePath,
  adapterSource,
  noSecrets,
  saProfileEvent,
  mapProfileEvent,
  learningSampleSchema,
  mappingReadable,
  mappingComplete,
  mappingAgainstReference,
  snapshotUsable,
  unrecognisedRecord,
  beyondTheProtocol,
  eventIdUnique,
  projectIdLeftOut,
  stageTransitions,
  stageTransitionEvents,
  stageStability,
  stageOrders,
  executionLifecycle,
  toolLifecycle,
  ciLifecycle,
  graphUpdateEmitted,
  pipelineStageEmitted,
  recommendedFamilies,
  executionForTools,
  executionForEachCall,
  fileUpdatesFollowed,
  ciRunsCovered,
  gitEventsFollowed,
  toolCoverage,
  fileUpdateDebounced,
  repeatedInvocation,
  mapTurnsAnswered,
  mapSessionsEnded,
  saStepsEnded,
  singleGraphPerProject,
  graphLedger,
  personalData,
  snapshotsCoverLog,
  snapshotIdUnique,
  structuralChangesLogged,
  driftEvents,
  l2ObjectsMapped,
  rollbackSnapshots,
  rollbackEvents,
  samplesCollected,
  sampleIdUnique,
  mappingDocuments,
  logMatchesMapping,
  crosscutCoverage,
  attestations,
  configurationInAudit,
  inputChanged,
];
