// Writes src/generated.ts from the API's own description, which is made from the Rust types:
// `npm run generate` asks the local cloud, `npm run generate -- --check` only compares.
import { readFile, writeFile } from "node:fs/promises";
import openapi, { astToString } from "openapi-typescript";

const stack = JSON.parse(await readFile(new URL("../../../.local/stack.json", import.meta.url), "utf8"));
const place = new URL("../src/generated.ts", import.meta.url);
const description = await (await fetch(`${stack.api_url}/openapi.json`)).json();
const text = `// Made by \`npm run generate\`. Not to be edited.\n\n${astToString(await openapi(description))}`;

if (process.argv.includes("--check")) {
  const kept = await readFile(place, "utf8").catch(() => "");
  if (kept !== text) {
    console.error("src/generated.ts is not what the API describes. Run: npm run generate");
    process.exit(1);
  }
} else {
  await writeFile(place, text);
}
