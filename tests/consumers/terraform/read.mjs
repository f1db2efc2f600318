// What @cdktf makes of Terraform code: node read.mjs json|format FILE
import { readFileSync } from "node:fs";

const [kind, file] = process.argv.slice(2);
const text = readFileSync(file, "utf8");
if (kind === "json") {
  const { parse } = (await import("@cdktf/hcl2json")).default;
  process.stdout.write(JSON.stringify(await parse("main.tf", text)));
} else {
  const { format } = (await import("@cdktf/hcl-tools")).default;
  process.stdout.write(JSON.stringify(await format(text)));
}
