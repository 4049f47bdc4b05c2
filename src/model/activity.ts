/** How a run went over time, for pictures and for `mplp-check stats`. Times are in UTC as RFC 3339 has them. */
export interface Activity {
  /** Left out if the log has no event. */
  readonly events?: EventsOverTime;
  /** Left out if the log has no stage. */
  readonly pipelines?: PipelineActivity;
  /** Executions by kind; left out if there are none. */
  readonly executions?: readonly ExecutionKind[];
  /** The sizes of the first graphs of the log over time; left out if there are none. */
  readonly graphs?: readonly GraphOverTime[];
}

/** Events by kind and time. */
export interface EventsOverTime {
  /** The length of a bin in seconds: a power of two. Bins begin at multiples of it since 1970. */
  readonly binSeconds: number;
  /** Kinds of events: families, "sa", "map", "integration" (a bare integration event) and "other". */
  readonly kinds: readonly {
    readonly kind: string;
    readonly events: number;
    /** How many have no readable time; left out if all have one. */
    readonly undated?: number;
  }[];
  /** At most 256, in the order of time; bins without an event are left out. */
  readonly bins: readonly {
    readonly from: string;
    /** In the order of `kinds`. */
    readonly events: readonly number[];
  }[];
}

/** Durations in seconds of one length: from, inclusive, to, exclusive, which is a power of two. */
export interface DurationBin {
  readonly from: number;
  readonly to: number;
  readonly count: number;
}

/** Numbers by status; "unknown" if it is none that the protocol has. Statuses without any are left out. */
export type StatusNumbers = Readonly<Record<string, number>>;

export interface PipelineActivity {
  readonly pipelines: number;
  readonly stages: number;
  /** How many stages have ended with each status, or have it still. */
  readonly statuses: StatusNumbers;
  /** Only stages whose begin and end are in the log. */
  readonly durations: readonly DurationBin[];
  /** The first stages of the log that have not ended, at most 20, with the place of their last event. */
  readonly open: readonly OpenStage[];
  /** The first pipelines of the log, at most 24. */
  readonly first: readonly PipelineCourse[];
}

interface OpenStage {
  readonly pipeline_id: string;
  readonly stage_id: string;
  readonly status: string;
  readonly path: string;
  readonly line: number;
}

export interface PipelineCourse {
  readonly pipeline_id: string;
  /** The first stages of the pipeline, at most 24. */
  readonly stages: readonly StageCourse[];
  /** How many more there are; left out if there are none. */
  readonly moreStages?: number;
}

export interface StageCourse {
  readonly stage_id: string;
  /** Its statuses in causal order, at most 8. */
  readonly steps: readonly {
    readonly status: string;
    /** Left out if it is not readable. */
    readonly time?: string;
    readonly path: string;
    readonly line: number;
  }[];
  /** How many more there are; left out if there are none. */
  readonly moreSteps?: number;
}

export interface ExecutionKind {
  /** An executor_kind, or "unknown". */
  readonly kind: string;
  readonly executions: number;
  readonly statuses: StatusNumbers;
  /** Only executions whose begin and end are in the log. */
  readonly durations: readonly DurationBin[];
}

export interface GraphOverTime {
  readonly graph_id: string;
  /** As for events. */
  readonly binSeconds: number;
  /** At most 128: the size at the end of each bin in which it changes. It is the least that the graph can have. */
  readonly points: readonly { readonly from: string; readonly nodes: number; readonly edges: number }[];
  /** Its first snapshots, at most 32. */
  readonly snapshots: readonly {
    /** Left out if it is not readable. */
    readonly time?: string;
    readonly nodes: number;
    readonly edges: number;
    readonly path: string;
    readonly line: number;
  }[];
  /** How many more there are; left out if there are none. */
  readonly moreSnapshots?: number;
}
