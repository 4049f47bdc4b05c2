import type { Draft, RuleMeta } from "../../model/rule.js";
import { type GroupIdentity, groupKeyOf } from "../ledger.js";
import { groupIdentityOf, type Rulebook } from "./rulebook.js";

/** What a rule finds, with the group that it is counted in. */
export interface Found {
  readonly rule: RuleMeta;
  readonly draft: Draft;
  readonly identity: GroupIdentity;
  /** The key of the group in a ledger. */
  readonly key: string;
}

export function foundBy(rule: RuleMeta, draft: Draft, rulebook: Rulebook): Found {
  const identity = groupIdentityOf(rule, draft, rulebook);
  return { rule, draft, identity, key: groupKeyOf(identity) };
}
