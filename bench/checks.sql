-- What SQL can say about a log without much ado: members, words, ids and times of single events, ids that come twice,
-- and the order of stages and executions. Each row of the answers is a check with the number of events that break it.
-- $log is the path of the log. Not here: keys that come twice, payloads beyond their first members, secrets, digests,
-- equal instants, the places of what is wrong.

CREATE TEMP TABLE events AS
SELECT *
FROM read_json($log, format = 'newline_delimited', maximum_object_size = 16777216, columns = {
  event_id: 'JSON', event_type: 'JSON', event_family: 'JSON', "timestamp": 'JSON', project_id: 'JSON',
  graph_id: 'JSON', update_kind: 'JSON', node_delta: 'JSON', edge_delta: 'JSON', source_module: 'JSON',
  pipeline_id: 'JSON', stage_id: 'JSON', stage_status: 'JSON', stage_name: 'JSON', stage_order: 'JSON',
  execution_id: 'JSON', executor_kind: 'JSON', status: 'JSON', sa_id: 'JSON', session_id: 'JSON', payload: 'JSON'
});

-- A member is JSON: a text has its quotes, a number has none.
CREATE TEMP MACRO is_uuid(id) AS coalesce(regexp_full_match(id,
  '"[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-4[0-9a-fA-F]{3}-[89abAB][0-9a-fA-F]{3}-[0-9a-fA-F]{12}"'), false);
CREATE TEMP MACRO is_text(word) AS coalesce(word LIKE '"%' AND trim(word, '" ') <> '', false);
CREATE TEMP MACRO is_integer(number) AS coalesce(regexp_full_match(number, '-?[0-9]+'), false);
CREATE TEMP MACRO is_time(instant) AS coalesce(
  regexp_full_match(instant, '"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)"')
  AND TRY_CAST(trim(instant, '"') AS TIMESTAMPTZ) IS NOT NULL, false);
CREATE TEMP MACRO is_family(family) AS family IS NOT NULL AND family IN (
  '"import_process"', '"intent"', '"delta_intent"', '"impact_analysis"', '"compensation_plan"', '"methodology"',
  '"reasoning_graph"', '"pipeline_stage"', '"graph_update"', '"runtime_execution"', '"cost_budget"',
  '"external_integration"');

UNPIVOT (
  SELECT
    count(*) FILTER (NOT is_uuid(event_id)) AS "event_id is no UUID of version 4",
    count(*) FILTER (NOT is_text(event_type)) AS "event_type is no text",
    count(*) FILTER (NOT is_time("timestamp")) AS "timestamp is no time",
    count(*) FILTER (NOT is_family(event_family) AND sa_id IS NULL AND session_id IS NULL)
      AS "event_family is unknown",
    count(*) FILTER (event_family IS NULL AND NOT is_uuid(coalesce(sa_id, session_id)))
      AS "a profile event has no id",
    count(*) FILTER (project_id IS NOT NULL AND NOT is_uuid(project_id)) AS "project_id is no UUID",
    count(*) FILTER (payload IS NOT NULL AND json_type(payload) <> 'OBJECT') AS "payload is no object",
    count(*) FILTER (event_family = '"graph_update"' AND NOT (
      is_uuid(graph_id) AND is_integer(node_delta) AND is_integer(edge_delta)
      AND coalesce(update_kind IN ('"node_add"', '"node_update"', '"node_delete"', '"edge_add"', '"edge_update"',
        '"edge_delete"', '"bulk"'), false))) AS "a graph_update lacks its members",
    count(*) FILTER (event_family = '"graph_update"' AND (
      (update_kind = '"node_add"' AND TRY_CAST(node_delta AS BIGINT) < 1)
      OR (update_kind = '"node_delete"' AND TRY_CAST(node_delta AS BIGINT) > -1)
      OR (update_kind = '"edge_add"' AND TRY_CAST(edge_delta AS BIGINT) < 1)
      OR (update_kind = '"edge_delete"' AND TRY_CAST(edge_delta AS BIGINT) > -1)))
      AS "a graph_update contradicts itself",
    count(*) FILTER (event_family = '"pipeline_stage"' AND NOT (
      is_uuid(pipeline_id) AND is_text(stage_id)
      AND coalesce(stage_status IN ('"pending"', '"running"', '"completed"', '"failed"', '"skipped"'), false)))
      AS "a pipeline_stage lacks its members",
    count(*) FILTER (event_family = '"runtime_execution"' AND NOT (
      is_uuid(execution_id)
      AND coalesce(executor_kind IN ('"agent"', '"tool"', '"llm"', '"worker"', '"external"'), false)
      AND coalesce(status IN ('"pending"', '"running"', '"completed"', '"failed"', '"cancelled"'), false)))
      AS "a runtime_execution lacks its members",
    count(*) FILTER (event_family = '"external_integration"' AND (payload ->> 'status') IS NOT NULL
      AND (payload ->> 'status') NOT IN ('pending', 'running', 'succeeded', 'failed', 'cancelled'))
      AS "an integration event has no known status"
  FROM events
) ON COLUMNS(*) INTO NAME what VALUE wrong;

SELECT 'event_id comes twice' AS what, count(*) - count(DISTINCT event_id) AS wrong FROM events;

SELECT 'a stage goes on after its end' AS what, count(*) AS wrong
FROM (
  SELECT stage_status AS now, lag(stage_status) OVER (
    PARTITION BY pipeline_id, stage_id ORDER BY TRY_CAST(trim("timestamp", '"') AS TIMESTAMPTZ),
      -- Of two events at one time the end is the later one.
      stage_status IN ('"completed"', '"failed"', '"skipped"')) AS before
  FROM events
  WHERE event_family = '"pipeline_stage"'
)
WHERE before IN ('"completed"', '"failed"', '"skipped"') AND now <> before;

SELECT 'an execution goes on after its end' AS what, count(*) AS wrong
FROM (
  SELECT status AS now, lag(status) OVER (
    PARTITION BY execution_id ORDER BY TRY_CAST(trim("timestamp", '"') AS TIMESTAMPTZ),
      status IN ('"completed"', '"failed"', '"cancelled"')) AS before
  FROM events
  WHERE event_family = '"runtime_execution"'
)
WHERE before IN ('"completed"', '"failed"', '"cancelled"') AND now <> before;
