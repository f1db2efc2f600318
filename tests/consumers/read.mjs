// What a library that is not ours makes of a file, as JSON on standard output: node read.mjs csv|junit|markdown|hcl|hcl-format FILE
import { readFileSync } from "node:fs";

const readers = {
  csv: async (text) => {
    const { parse } = await import("csv-parse/sync");
    return parse(text, { columns: true });
  },
  junit: async (text) => {
    const { parse } = await import("junit2json");
    return await parse(text);
  },
  // HTML and bare links on, as on GitHub: whatever a name could become must show up here as something else than text.
  markdown: async (text) => {
    const { default: MarkdownIt } = await import("markdown-it");
    const flat = [];
    const walk = (tokens) => {
      for (const token of tokens) {
        if (token.children) walk(token.children);
        else flat.push({ type: token.type, content: token.content });
      }
    };
    walk(new MarkdownIt({ html: true, linkify: true }).parse(text, {}));
    return flat;
  },
  // HashiCorp's own parser; expressions come as templates, as the JSON form of Terraform has them.
  hcl: async (text) => {
    const { parse } = await import("@cdktf/hcl2json");
    return await parse("main.tf", text);
  },
  "hcl-format": async (text) => {
    const { format } = await import("@cdktf/hcl-tools");
    return await format(text);
  },
};

const [kind, file] = process.argv.slice(2);
process.stdout.write(JSON.stringify(await readers[kind](readFileSync(file, "utf8"))));
