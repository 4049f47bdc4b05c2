import jsonld from "jsonld";
import { type Facts, sums } from "./facts.js";

const EARL = "http://www.w3.org/ns/earl#";
const DCT = "http://purl.org/dc/terms/";
const TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type";

interface Quad {
  readonly subject: { readonly value: string };
  readonly predicate: { readonly value: string };
  readonly object: { readonly termType: string; readonly value: string };
}

/** An assertion with what it refers to. */
interface EarlAssertion {
  /** The id of a clause; the digest of the protocol in the assertion about the whole. */
  readonly id: string;
  readonly title: string;
  readonly description: string;
  /** The last part of the name: "passed". */
  readonly outcome: string;
  /** The status of a clause, or the verdict. */
  readonly status: string;
  readonly info: readonly string[];
}

export interface EarlReport {
  readonly assertor: { readonly name: string; readonly version: string };
  readonly inputs: readonly { readonly title: string; readonly identifier: string }[];
  readonly whole: EarlAssertion;
  readonly clauses: readonly EarlAssertion[];
}

const documentLoader = (url: string): Promise<never> =>
  Promise.reject(new Error(`the report asks the network for ${url}`));

/** Reads a report as RDF. @throws if it drops terms, needs the network, or an assertion lacks a part */
export async function readEarl(output: string): Promise<EarlReport> {
  const options = { documentLoader, safe: true } as jsonld.Options.ToRdf;
  const expanded = await jsonld.expand(JSON.parse(output) as jsonld.JsonLdDocument, options);
  const quads = (await jsonld.toRDF(expanded, options)) as unknown as readonly Quad[];
  const nodes = nodesOf(quads);
  const all = [...nodes.values()].filter((node) => node.all(TYPE).includes(`${EARL}Assertion`));
  const whole = all.filter((node) => nodes.get(node.one(`${EARL}test`))?.all(`${DCT}isPartOf`).length === 0);
  const [only] = whole;
  if (only === undefined || whole.length > 1) throw new Error("one assertion is about the whole");
  const assertor = nodes.get(only.one(`${EARL}assertedBy`))!;
  const subject = nodes.get(only.one(`${EARL}subject`))!;
  for (const node of all) {
    expectSame(node.one(`${EARL}assertedBy`), only.one(`${EARL}assertedBy`));
    expectSame(node.one(`${EARL}subject`), only.one(`${EARL}subject`));
    expectSame(node.one(`${EARL}mode`), `${EARL}automatic`);
  }
  return {
    assertor: { name: assertor.one(`${DCT}title`), version: assertor.one(`${DCT}hasVersion`) },
    inputs: subject.all(`${DCT}hasPart`).map((part) => {
      const node = nodes.get(part)!;
      return { title: node.one(`${DCT}title`), identifier: node.one(`${DCT}identifier`) };
    }),
    whole: assertionOf(only, nodes),
    clauses: all.filter((node) => node !== only).map((node) => assertionOf(node, nodes)),
  };
}

/** What a report says. */
export function factsOfEarl({
  whole,
  clauses,
}: EarlReport): Pick<Facts, "verdict" | "statuses" | "coverage"> {
  return {
    verdict: whole.status,
    statuses: Object.fromEntries(clauses.map(({ id, status }) => [id, status])),
    coverage: sums(
      clauses.map(({ description, status }) => [`${description.split(":")[0]} ${status}`, 1] as const),
    ),
  };
}

function expectSame(found: string, expected: string): void {
  if (found !== expected) throw new Error(`${found} in place of ${expected}`);
}

class Node {
  readonly #values = new Map<string, string[]>();

  add(predicate: string, value: string): void {
    this.#values.set(predicate, [...this.all(predicate), value]);
  }

  all(predicate: string): readonly string[] {
    return this.#values.get(predicate) ?? [];
  }

  one(predicate: string): string {
    const [value, ...others] = this.all(predicate);
    if (value === undefined || others.length > 0) throw new Error(`not one ${predicate}`);
    return value;
  }
}

type Nodes = ReadonlyMap<string, Node>;

function nodesOf(quads: readonly Quad[]): Nodes {
  const nodes = new Map<string, Node>();
  for (const { subject, predicate, object } of quads) {
    const node = nodes.get(subject.value) ?? new Node();
    nodes.set(subject.value, node);
    node.add(predicate.value, object.value);
  }
  return nodes;
}

function assertionOf(node: Node, nodes: Nodes): EarlAssertion {
  const criterion = nodes.get(node.one(`${EARL}test`))!;
  const result = nodes.get(node.one(`${EARL}result`))!;
  return {
    id: criterion.one(`${DCT}identifier`),
    title: criterion.one(`${DCT}title`),
    description: criterion.all(`${DCT}description`).join(),
    outcome: result.one(`${EARL}outcome`).replace(EARL, ""),
    status: result.one(`${DCT}title`),
    info: result.all(`${EARL}info`),
  };
}
