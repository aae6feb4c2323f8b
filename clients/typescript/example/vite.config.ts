import { readFileSync } from "node:fs";
import { defineConfig } from "vite";

// The page talks to the local cloud that `scripts/up` has started; it lets these ports' pages in.
const stack: unknown = JSON.parse(readFileSync(new URL("../../../.local/stack.json", import.meta.url), "utf8"));

export default defineConfig({
  root: import.meta.dirname,
  define: { STACK: JSON.stringify(stack) },
  server: { host: "127.0.0.1", port: 5173, strictPort: true },
});
