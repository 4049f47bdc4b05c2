/** Where the pages of docs/rules stand on the web. */
const RULE_PAGES = "https://github.com/mplp-check/mplp-check/blob/main/docs/rules/";

/** The address of a rule's page; undefined for what is no id of a rule. */
export function rulePage(id: string): string | undefined {
  return /^[a-z0-9]+(?:-[a-z0-9]+)*$/.test(id) && id.length <= 100 ? `${RULE_PAGES}${id}.md` : undefined;
}
