import { createHash } from "node:crypto";
import { isAbsolute, relative, resolve, sep } from "node:path";
import type { FindingLevel } from "../model/clause.js";
import { fingerprintDigest, fingerprintOf } from "../model/fingerprint.js";
import { globMatcher } from "../model/glob.js";
import type { FindingKind, Policy, Quota, Treatment } from "../model/policy.js";
import { TORN_EVENT, type Waiver } from "../model/waiver.js";
import { type Baseline, quotaOf } from "./baseline.js";
import type { LoadedConfig } from "./config.js";
import { GIVEN_DIGEST, type LevelSetting, type LevelSettings, type WaiverEntry } from "./config-file.js";
import { type Decided, remarksOn, type Stale } from "./remarks.js";

type Matches = (path: string) => boolean;

interface Entry extends Decided {
  readonly written: WaiverEntry;
  /** The named limit of what it may cover; undefined if unlimited. */
  readonly quota: (Quota & { readonly name: string }) | undefined;
  covers(kind: FindingKind, path: string): boolean;
}

const LEVELS: Readonly<Record<Exclude<LevelSetting, "off">, FindingLevel>> = {
  note: "NOTE",
  may: "MAY",
  should: "SHOULD",
};
/** From the mildest to the strictest. */
const ORDER: readonly FindingLevel[] = ["NOTE", "MAY", "SHOULD", "MUST"];

/**
 * A project's decisions about findings, from its configuration and its baseline.
 *
 * @param today YYYY-MM-DD: waivers that ended before this day are ignored
 * @param stale how to treat a waiver or baseline entry that matches nothing
 */
export function decisions(
  config: LoadedConfig | undefined,
  baseline: Baseline | undefined,
  today: string,
  stale: Stale = "error",
): Policy {
  const entries = config === undefined ? [] : entriesOf(config, today);
  const levels = config === undefined ? [] : levelsOf(config);
  const known = new Map(baseline?.findings.map((each) => [each.fingerprint, each]));
  const waivedBy = (kind: FindingKind, path: string): Treatment => {
    const entry = entries.find((each) => !each.hasExpired && each.covers(kind, path));
    if (entry !== undefined) return drawnOn(entry.waiver, entry.quota?.name);
    const fingerprint = fingerprintOf(kind);
    return baseline !== undefined && known.has(fingerprint) ? drawnOn(baseline.waiver, fingerprint) : {};
  };
  const { options, "known-dummies": dummies } = config?.values ?? {};
  const remarks = remarksOn({ entries, file: config?.file ?? "", baseline, stale });
  return {
    ...(options !== undefined && { options }),
    ...(dummies !== undefined && { dummies: dummies.map(dummyDigest) }),
    ...(baseline?.key !== undefined && { valueKey: baseline.key }),
    digest: digestOfDecisions(config, entries, baseline),
    treatmentOf: (kind, path) => {
      const setting = settingFor(levels, kind.rule, path);
      const treatment = setting === undefined ? {} : treated(setting, kind.level);
      return kind.level === "NOTE" ? treatment : { ...treatment, ...waivedBy(kind, path) };
    },
    quotaOf: (name) => {
      const finding = known.get(name);
      return finding === undefined
        ? entries.find(({ quota }) => quota?.name === name)?.quota
        : quotaOf(finding);
    },
    complaintsAbout: (...found) =>
      remarks(...found).flatMap(({ isError, notice }) => (isError ? [notice] : [])),
    noticesAbout: (...found) => remarks(...found).flatMap(({ isError, notice }) => (isError ? [] : [notice])),
  };
}

/** A configuration may give a dummy's digest instead, so that secret scanners do not report the file. */
function dummyDigest(entry: string): string {
  const given = GIVEN_DIGEST.exec(entry)?.[1];
  return given?.toLowerCase() ?? createHash("sha256").update(entry).digest("hex");
}

function drawnOn(waiver: Waiver, quota: string | undefined): Treatment {
  return { waiver, ...(quota !== undefined && { quota }) };
}

function entriesOf({ file, folder, values, placeOf }: LoadedConfig, today: string): Entry[] {
  return (values.waivers ?? []).map((entry, index) => {
    const { line } = placeOf(`/waivers/${index}`);
    const { reason, owner, expires, "at-most": atMost } = entry;
    const place = `${file}:${line}`;
    const waiver: Waiver = { source: "waiver", reason, owner, expires, place };
    const hint = `a waiver covers at most ${atMost} of these: there are more, so all of them count`;
    const quota = atMost === undefined ? undefined : { name: place, atMost, hint };
    return {
      written: entry,
      waiver,
      quota,
      hasExpired: expires < today,
      endsSoon: expires >= today && expires <= daysAfter(today, NOTICE_DAYS),
      line,
      covers: coverageOf(entry, folder),
    };
  });
}

/** The report warns this many days before a waiver ends. */
const NOTICE_DAYS = 14;

/** @param day YYYY-MM-DD, like the result */
function daysAfter(day: string, days: number): string {
  const date = new Date(`${day}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() + days);
  return date.toISOString().slice(0, 10);
}

/** Leaves out expired waivers, which have no effect, and the order of the baseline's findings. */
function digestOfDecisions(
  config: LoadedConfig | undefined,
  entries: readonly Entry[],
  baseline: Baseline | undefined,
): string {
  const waivers = entries.flatMap(({ written, waiver, hasExpired }) => (hasExpired ? [] : [written, waiver]));
  const { rules = {}, overrides = [], "known-dummies": dummies = [] } = config?.values ?? {};
  const known = (baseline?.findings ?? [])
    .map(({ fingerprint, count, values }) => [fingerprint, count, values].join())
    .sort();
  const isEmpty = [waivers, Object.keys(rules), overrides, dummies, known].every(
    ({ length }) => length === 0,
  );
  return isEmpty
    ? ""
    : fingerprintDigest([waivers, rules, overrides, dummies, known, baseline?.key, config?.file]);
}

function coverageOf({ rule, clause, path, pointer }: WaiverEntry, folder: string): Entry["covers"] {
  const clauses = clause === undefined ? undefined : [clause].flat();
  const isPath = path === undefined ? () => true : matcher([path], folder);
  const isShape = pointer === undefined ? () => true : globMatcher([pointer]);
  return (kind, where) =>
    (rule === undefined || rule === kind.rule) &&
    (clauses === undefined || kind.clauses.every((id) => clauses.includes(id))) &&
    isShape(kind.shape) &&
    (kind.shape !== TORN_EVENT || pointer === TORN_EVENT) &&
    isPath(where);
}

/** Compares input paths relative to the configuration's folder; a pattern without a slash matches file names. */
function matcher(patterns: readonly string[], folder: string): Matches {
  const fromFolder = (path: string): string => relative(folder, path).split(sep).join("/");
  const placed = patterns.map((pattern) => {
    if (isAbsolute(pattern)) return fromFolder(pattern);
    return pattern.includes("/") ? pattern : `**/${pattern}`;
  });
  const isMatch = globMatcher(placed);
  return (path) => isMatch(path === "-" ? path : fromFolder(resolve(path)));
}

interface Levels {
  readonly settings: LevelSettings;
  readonly matches: Matches;
}

/** Level settings, those with precedence first. */
function levelsOf({ folder, values: { rules, overrides = [] } }: LoadedConfig): Levels[] {
  const own = rules === undefined ? [] : [{ settings: rules, matches: () => true }];
  const others = overrides.map((each) => ({
    settings: each.rules,
    matches: matcher([each.paths].flat(), folder),
  }));
  return [...others.reverse(), ...own];
}

function settingFor(levels: readonly Levels[], rule: string, path: string): LevelSetting | undefined {
  return levels.find(({ settings, matches }) => Object.hasOwn(settings, rule) && matches(path))?.settings[
    rule
  ];
}

/** A finding is never reported above its original level. */
function treated(setting: LevelSetting, level: FindingLevel): Treatment {
  if (setting === "off") return { waiver: SWITCHED_OFF };
  const wanted = LEVELS[setting];
  return ORDER.indexOf(wanted) < ORDER.indexOf(level) ? { level: wanted } : {};
}

const SWITCHED_OFF: Waiver = { source: "configuration", reason: "the rule is switched off" };
