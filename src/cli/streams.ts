/**
 * What a command line reads from and writes to, besides files. A process is one; tests bring their own. Paths are
 * relative to the working folder of the process, and `-` as a log is its standard input.
 */
export interface Streams {
  readonly stdin: NodeJS.ReadableStream & { readonly isTTY?: boolean };
  readonly stdout: Screen;
  readonly stderr: Screen;
  readonly env: NodeJS.ProcessEnv;
}

/** A stream that may be a terminal; `columns` is its width. */
export type Screen = NodeJS.WritableStream & { readonly isTTY?: boolean; readonly columns?: number };

/** The streams for a command line: one with --no-color has no colours, whatever the environment says. */
export function streamsFor({ color }: { readonly color: boolean }, streams: Streams): Streams {
  if (color) return streams;
  const { stdin, stdout, stderr, env } = streams;
  const { FORCE_COLOR: _overruled, ...others } = env;
  return { stdin, stdout, stderr, env: { ...others, NO_COLOR: "1" } };
}
