"use strict";
(() => {
  const step = 100;
  // More rows at once than this and browsers take seconds to lay them out.
  const leap = 2000;
  const byId = id => document.getElementById(id);
  const form = byId("filters");
  const list = byId("list");
  addCopyButtons(document);
  openTarget();
  addEventListener("hashchange", openTarget);
  if (!form) return;

  const { rules, findings } = JSON.parse(byId("data").textContent);
  const selects = ["rule", "family", "account", "region", "status"].map(byId);
  const severities = [...form.querySelectorAll("[name=severity]")];
  const text = byId("text");
  const statusLine = byId("status-line");
  // Rows that the page came with are used again; the others are made when somebody looks at them.
  const rows = [...list.children];
  const words = new Array(findings.length);
  let matches = [];
  let shown = 0;

  function el(name, className, ...children) {
    const node = document.createElement(name);
    if (className) node.className = className;
    node.append(...children.filter(c => c !== null));
    return node;
  }

  function fact(name, value) {
    return value ? el("div", "", el("dt", "", name), el("dd", "", value)) : null;
  }

  function heading(name) {
    const th = el("th", "", name);
    th.scope = "col";
    return th;
  }

  // What FindingsSection writes for the first findings, element for element.
  function card(f, index) {
    const rule = rules[f.r];
    const marks = [];
    if (f.w) marks.push(el("span", "mark waived", "waived"));
    if ("new" in f) marks.push(el("span", f.new ? "mark new" : "mark known", f.new ? "new" : "known"));
    const summary = el("summary", "",
      el("span", "sev s-" + f.s, f.s),
      el("span", "what", el("span", "code", f.r), " " + rule.t, ...marks.flatMap(mark => [" ", mark])),
      el("span", "on", f.n ? el("span", "name", f.n) : null, el("span", "id", f.i ?? "")),
      f.a || f.g ? el("span", "where", [f.a, f.g].filter(Boolean).join(" ")) : null);
    const body = el("div", "body", el("p", "message", f.m ?? ""));
    if (f.e) {
      const count = f.e.length + (f.em ?? 0);
      const head = el("tr", "", ...["Direction", "Service", "Peer", "Rule id"].map(heading));
      const cells = f.e.map(row => el("tr", "", ...row.map((cell, i) => el("td", "", i === 3 && !cell ? "not read" : cell))));
      body.append(el("table", "evidence", el("caption", "", count === 1 ? "Offending rule" : "Offending rules"), el("thead", "", head), el("tbody", "", ...cells)));
      if (f.em) body.append(el("p", "more", `And ${f.em} more; the JSON report holds them all.`));
    }
    if (rule.x) {
      body.append(el("div", "fix", el("h3", "", "Fix"), el("p", "", rule.x), el("p", "command", el("code", "", `sallyport fix SOURCE --rule ${f.r} --to plan`))));
    }
    const about = el("a", "", `What ${f.r} checks, why, and which controls it serves`);
    about.setAttribute("href", "#rule-" + f.r);
    body.append(el("dl", "",
      fact("Resource", `${f.y ?? ""} ${f.i ?? ""}${f.n ? ` (${f.n})` : ""}`),
      fact("Place", [f.a, f.g, f.v].filter(Boolean).join(", ")),
      fact("Rests on", f.b),
      fact("Declared at", f.p),
      fact("Waived", f.w),
      fact("See also", f.l),
      fact("Also known as", f.o),
      el("div", "", el("dt", "", "Fingerprint"), el("dd", "", el("code", "fingerprint", f.k)))),
      el("p", "about", about));
    const item = el("li", "finding s-" + f.s, el("details", "", summary, body));
    item.id = "f" + (index + 1);
    return item;
  }

  function row(index) {
    if (!rows[index]) {
      rows[index] = card(findings[index], index);
      addCopyButtons(rows[index]);
    }
    return rows[index];
  }

  function wordsOf(index) {
    const f = findings[index];
    return words[index] ??= [f.r, rules[f.r].t, f.m, f.i, f.n, f.a, f.g, f.v, f.p, f.k, f.o, f.w, ...(f.e ?? []).flat()].join(" ").toLowerCase();
  }

  function apply() {
    const levels = new Set(severities.filter(s => s.checked).map(s => s.value));
    const [rule, family, account, region, status] = selects.map(s => s.value);
    const wanted = text.value.toLowerCase().split(/\s+/).filter(Boolean);
    matches = [];
    findings.forEach((f, index) => {
      if (!levels.has(f.s) || rule && f.r !== rule || family && rules[f.r].f !== family) return;
      if (account && f.a !== account || region && f.g !== region) return;
      if (status === "waived" && !f.w || status === "open" && f.w) return;
      if (status === "new" && (!f.new || f.w) || status === "known" && f.new !== false) return;
      if (wanted.length && !wanted.every(w => wordsOf(index).includes(w))) return;
      matches.push(index);
    });
    shown = 0;
    list.replaceChildren();
    show(step);
  }

  function show(count) {
    const next = matches.slice(shown, shown + count);
    const part = document.createDocumentFragment();
    next.forEach(index => part.append(row(index)));
    list.append(part);
    shown += next.length;
    const left = matches.length - shown;
    byId("paging").hidden = left === 0;
    byId("more").textContent = `Show ${Math.min(step, left).toLocaleString("en")} more`;
    byId("all").hidden = left <= step;
    byId("all").textContent = left > leap ? `Show ${leap.toLocaleString("en")} more` : `Show all ${matches.length.toLocaleString("en")}`;
    const some = left > 0 ? `, the first ${shown.toLocaleString("en")} shown` : "";
    statusLine.textContent = matches.length === findings.length
      ? `${counted(findings.length)}${some}`
      : `${matches.length.toLocaleString("en")} of ${counted(findings.length)}${some}`;
  }

  function counted(n) {
    return `${n.toLocaleString("en")} finding${n === 1 ? "" : "s"}`;
  }

  function only(changes) {
    form.reset();
    if (changes.severity) severities.forEach(s => { s.checked = s.value === changes.severity; });
    for (const name of ["rule", "account", "region", "status"]) {
      if (changes[name]) byId(name).value = changes[name];
    }
    apply();
  }

  let timer = 0;
  text.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(apply, 120);
  });
  form.addEventListener("change", event => { if (event.target !== text) apply(); });
  form.addEventListener("reset", () => setTimeout(apply));
  form.addEventListener("submit", event => event.preventDefault());
  for (const [id, count] of [["more", step], ["all", leap]]) {
    byId(id).addEventListener("click", () => {
      const first = shown;
      show(count);
      row(matches[first]).querySelector("summary").focus();
    });
  }
  byId("expand").addEventListener("click", () => list.querySelectorAll("details").forEach(d => { d.open = true; }));
  byId("collapse").addEventListener("click", () => rows.forEach(r => { r.firstElementChild.open = false; }));
  byId("summary").addEventListener("click", event => {
    const link = event.target.closest("a[data-severity], a[data-status], a[data-rule], a[data-account]");
    if (link) only(link.dataset);
  });
  form.hidden = false;
  apply();

  function openTarget() {
    const target = location.hash.length > 1 && byId(decodeURIComponent(location.hash.slice(1)));
    if (target && target.matches("details.rule")) {
      target.open = true;
      target.scrollIntoView();
    }
  }

  function addCopyButtons(root) {
    root.querySelectorAll(".fingerprint, .command code").forEach(code => {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "copy";
      button.textContent = "Copy";
      button.setAttribute("aria-label", code.className === "fingerprint" ? "Copy fingerprint" : "Copy command");
      button.addEventListener("click", async () => {
        const done = await copy(code);
        button.textContent = done ? "Copied" : "Selected";
        statusLine.textContent = done ? "Copied." : "Selected; copy it with the keyboard.";
        setTimeout(() => { button.textContent = "Copy"; }, 1500);
      });
      code.after(button);
    });
  }

  async function copy(code) {
    try {
      await navigator.clipboard.writeText(code.textContent);
      return true;
    } catch {
      getSelection().selectAllChildren(code);
      return document.execCommand("copy");
    }
  }
})();
