import type { FindingFeed } from "../feed.js";

/** Counts of a running server. */
export interface Counts {
  /** Requests that posted events. */
  readonly received: number;
  /** Requests of these that were answered with 4xx or 5xx, without their events being stored. */
  readonly refused: number;
  /** Requests of these under way, and the bytes that they hold. */
  readonly queued: number;
  readonly queuedBytes: number;
  /** Records that were stored, and whose senders were told. */
  readonly acknowledged: number;
}

/** Counts as Prometheus reads them. */
export function metricsText(counts: Counts, feed: FindingFeed): string {
  const rows = [
    ...metric("received_total", "counter", "Requests that posted events.", [["", counts.received]]),
    ...metric("refused_total", "counter", "Requests whose events were not stored.", [["", counts.refused]]),
    ...metric("queued", "gauge", "Requests under way.", [["", counts.queued]]),
    ...metric("queued_bytes", "gauge", "Bytes of the requests under way.", [["", counts.queuedBytes]]),
    ...metric("acknowledged_total", "counter", "Records that were stored.", [["", counts.acknowledged]]),
    ...metric(
      "findings_total",
      "counter",
      "Findings about single events, by clause and level.",
      [...feed.byClause].map(({ clause, level, count }) => [`{clause="${clause}",level="${level}"}`, count]),
    ),
  ];
  return `${rows.join("\n")}\n`;
}

function metric(
  name: string,
  type: string,
  help: string,
  samples: readonly (readonly [labels: string, value: number])[],
): readonly string[] {
  const full = `mplp_check_${name}`;
  return [
    `# HELP ${full} ${help}`,
    `# TYPE ${full} ${type}`,
    ...samples.map(([labels, value]) => `${full}${labels} ${value}`),
  ];
}
