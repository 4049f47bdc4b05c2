#!/usr/bin/env node
const { load } = require("../dist/bundle/load.cjs");

load("cli.cjs")
  .main(process.argv.slice(2))
  .then((code) => {
    process.exitCode = code;
  });
