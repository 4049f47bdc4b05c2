const reference = (id: string): object => ({ "@id": id, "@type": "@id" });
const list = (id: string): object => ({ "@id": id, "@container": "@set" });

/** The terms of the report. They are in the file, so that no reader needs the network. */
export const CONTEXT = {
  earl: "http://www.w3.org/ns/earl#",
  dct: "http://purl.org/dc/terms/",
  Assertion: "earl:Assertion",
  Assertor: "earl:Assertor",
  Software: "earl:Software",
  TestSubject: "earl:TestSubject",
  TestRequirement: "earl:TestRequirement",
  TestResult: "earl:TestResult",
  assertedBy: reference("earl:assertedBy"),
  subject: reference("earl:subject"),
  test: reference("earl:test"),
  mode: reference("earl:mode"),
  result: "earl:result",
  outcome: reference("earl:outcome"),
  info: list("earl:info"),
  title: "dct:title",
  description: "dct:description",
  identifier: "dct:identifier",
  hasVersion: "dct:hasVersion",
  hasPart: list("dct:hasPart"),
  isPartOf: reference("dct:isPartOf"),
};
