/** Build the web resources, each as one file, and pack the solution into `solution/dist`, which nothing serves. */

import { mkdir, readFile, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { build } from "vite";
import { pack } from "./pack.ts";
import { COMMAND, SOLUTION } from "./parts.ts";

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** Answers with the size of everything that was written, in bytes, by name. */
export async function writeSolution(): Promise<Map<string, number>> {
  const built = new Map([
    [COMMAND.file, await script("../src/command/main.ts", "Ringproof")],
    ["redirect.js", await script("../src/redirect.ts", "RingproofRedirect")],
    ["redirect.html", await readFile(here("redirect.html"), "utf-8")],
  ]);
  const zip = pack(built);
  const folder = here("./dist/");
  await mkdir(folder, { recursive: true });
  const name = `${SOLUTION.name}_${SOLUTION.version.replaceAll(".", "_")}.zip`;
  await writeFile(`${folder}${name}`, zip);
  const sizes = [...built].map(([file, text]) => [file, Buffer.byteLength(text)] as const);
  return new Map([...sizes, [name, zip.byteLength]]);
}

/** Build one script with everything in it, whose exports are the global *name*. */
export async function script(entry: string, name: string): Promise<string> {
  const results = await build({
    configFile: false,
    logLevel: "warn",
    build: {
      write: false,
      target: "es2022",
      lib: { entry: here(entry), formats: ["iife"], name },
      rolldownOptions: { output: { codeSplitting: false } },
    },
    define: { "process.env.NODE_ENV": '"production"' },
  });
  const output = [results].flat().flatMap((each) => ("output" in each ? each.output : []));
  const [chunk, ...others] = output.filter((each) => each.type === "chunk");
  if (!chunk || others.length > 0) throw new Error(`${entry} is not one file`);
  return chunk.code;
}
