import type { MplpRunRule } from "../shared/define.js";

/** RG-7.1: under a claim, a configuration among the evidence gets a note. The report always shows what it changes. */
export const configurationInAudit: MplpRunRule = {
  evidence: "run",
  id: "configuration-in-audit",
  clauses: ["RG-7.1-1"],
  title: "The configuration is the auditor's",
  why: "A configuration can waive findings, choose inputs and swap schemas; the audited party should not decide that.",
  fix: "Audit with --no-config, or name a configuration of your own with --config.",
  judge: ({ claims, configurationInAudit: path }) =>
    claims.length === 0 || path === undefined
      ? []
      : [
          {
            path,
            pointer: "",
            message:
              "the configuration of this run lies in a folder under audit, and may be the work of those audited",
            hint: "audit with --no-config, or name a configuration of your own with --config",
            level: "NOTE",
          },
        ],
};
