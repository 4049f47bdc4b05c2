import type { ClaimName } from "../model/claim.js";
import type { FailOn } from "../model/clause.js";
import type { Policy } from "../model/policy.js";

/** The level that a project gives to what a rule finds; "off" waives it. */
export type LevelSetting = "off" | "note" | "may" | "should";

export type LevelSettings = Readonly<Record<string, LevelSetting>>;

type Paths = string | readonly string[];

/** What mplp-check.yaml may say: see schemas/config.schema.json. Paths are as written: absolute, or relative to the file. */
export interface ConfigFile {
  readonly paths?: Paths;
  readonly claim?: ClaimName | readonly ClaimName[];
  readonly "fail-on"?: FailOn;
  readonly complete?: boolean;
  readonly "allow-empty"?: boolean;
  readonly redact?: boolean;
  readonly unwrap?: string;
  readonly mapping?: Paths;
  readonly schemas?: string;
  readonly invariants?: Paths;
  readonly "extra-invariants"?: Paths;
  readonly findings?: string;
  readonly rejected?: string;
  readonly "allow-stale"?: boolean;
  readonly show?: "must" | "should" | "may" | "note";
  readonly "max-reported"?: number;
  readonly quiet?: boolean;
  readonly "max-findings"?: number;
  readonly "max-record-bytes"?: number;
  readonly "max-state"?: number | string;
  readonly jobs?: number;
  readonly output?: readonly { readonly format: string; readonly file?: string }[];
  readonly rules?: LevelSettings;
  readonly options?: Policy["options"];
  readonly overrides?: readonly { readonly paths: Paths; readonly rules: LevelSettings }[];
  readonly waivers?: readonly WaiverEntry[];
  readonly baseline?: string;
  readonly "known-dummies"?: readonly string[];
}

export interface WaiverEntry {
  readonly rule?: string;
  readonly clause?: Paths;
  readonly path?: string;
  readonly pointer?: string;
  readonly "at-most"?: number;
  readonly reason: string;
  readonly owner: string;
  readonly expires: string;
}
