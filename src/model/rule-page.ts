/** The address of docs/rules on the web. */
const RULE_PAGES = "https://github.com/mplp-check/mplp-check/blob/main/docs/rules/";

/** The address of a rule's page; undefined if the id is not a rule's. */
export function rulePage(id: string): string | undefined {
  return /^[a-z0-9]+(?:-[a-z0-9]+)*$/.test(id) && id.length <= 100 ? `${RULE_PAGES}${id}.md` : undefined;
}
