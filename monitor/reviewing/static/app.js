// The review page from the keyboard. Every act here is a form button, too: without this file everything still works.
"use strict";
(() => {
  const root = document.documentElement, list = document.getElementById("list"), article = document.getElementById("the-change");
  const said = document.getElementById("said"), keys = document.getElementById("keys"), note = document.getElementById("note");
  root.classList.add("has-js");
  const keep = {
    get: (name) => { try { return JSON.parse(sessionStorage.getItem(name)); } catch { return null; } },
    set: (name, value) => { try { sessionStorage.setItem(name, JSON.stringify(value)); } catch { /* private window: go on without */ } },
  };
  const rows = () => [...document.querySelectorAll(".rows > .row")];
  const current = () => document.querySelector(".row[aria-current]");
  const further = () => document.getElementById("further");
  const token = () => document.querySelector("input[name=token]")?.value ?? "";

  function mayReview() {
    if (!note) say("You may look, but not review; an admin can alter that.", { warning: true });
    return Boolean(note);
  }

  // Saying

  function say(text, { batch = null, warning = false } = {}) {
    if (!said) return;
    const box = document.createElement("div"), words = document.createElement("span");
    box.className = warning ? "notice warning" : "notice";
    words.textContent = text;
    box.append(words);
    if (batch) {
      const button = document.createElement("button");
      button.textContent = "Undo (u)";
      button.addEventListener("click", () => undo(batch));
      box.append(button);
    }
    said.replaceChildren(box);
  }

  // What was said last goes along where an act leads to another page.

  const carry = ({ said: text, batch, warning }) => keep.set("told", { text, batch, warning, at: Date.now() });
  const carried = keep.get("told");
  keep.set("told", null);
  if (carried && Date.now() - carried.at < 60000) say(carried.text, carried);

  function post(action, fields, keepalive = false) {
    const body = new URLSearchParams(fields);
    body.set("token", token());
    return fetch(action, { method: "POST", body, headers: { Accept: "application/json" }, credentials: "same-origin", keepalive });
  }

  async function send(action, fields) {
    if (isLeft) throw new Error("Your session had ended; sign in first.");
    const answer = await post(action, fields).catch(() => { throw new Error("The server cannot be reached; try again when it answers."); });
    if (answer.ok) return answer.json();
    if (answer.status === 401) return byForm(action, [...fields, ["back", location.pathname + location.search]]); // its page keeps what was written, and signs in again
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = page.querySelector("form.kept input[name=token]")?.value;
    if (answer.status === 400 && fresh && fresh !== token()) return byForm(action, [...fields, ["back", location.pathname + location.search]]); // signed in anew in another tab: its page says as whom
    throw new Error(page.querySelector("main > p")?.textContent ?? `The server answered ${answer.status}.`);
  }

  let isLeft = false; // for the page to sign in, with the first act that could not be done: another form would take its place

  addEventListener("pageshow", () => { isLeft = false; }); // back from there

  function byForm(action, fields) {
    isLeft = true;
    const form = document.createElement("form");
    form.method = "post";
    form.action = action;
    for (const [name, value] of [...fields, ["token", token()]]) {
      const input = document.createElement("input");
      Object.assign(input, { type: "hidden", name, value });
      form.append(input);
    }
    document.body.append(form);
    form.submit();
    return null;
  }

  const fault = (wrong) => say(`It was not done. ${wrong.message}`, { warning: true });

  // Rows

  function choose(row, { focus = true, scroll = true } = {}) {
    if (!row) return;
    current()?.removeAttribute("aria-current");
    row.setAttribute("aria-current", "true");
    if (focus) row.querySelector("h2 a").focus({ preventScroll: true });
    if (scroll) row.scrollIntoView({ block: "nearest", behavior: "instant" });
  }

  function step(by) {
    const all = rows(), at = all.indexOf(current());
    if (at + by >= all.length) return void further()?.click();
    choose(all[Math.max(0, at + by)]);
  }

  function onward() {
    const all = rows(), at = all.indexOf(current());
    const next = all.slice(at + 1).find((row) => !row.classList.contains("done"));
    if (next) return choose(next);
    if (further()) return waiting.then(() => { if (isLeft) return; if (latest) carry(latest); further().click(); });
    if (all.every((row) => row.classList.contains("done"))) waiting.then(() => say("That was the last one of this list."));
  }

  const chosen = () => rows().filter((row) => row.querySelector(".pick input")?.checked);

  function count() {
    const number = chosen().length, place = document.getElementById("chosen");
    if (place) place.textContent = number ? `${number} selected` : "Select all";
    document.querySelector(".bulk")?.classList.toggle("some", number > 0);
    const all = document.getElementById("all");
    if (all) all.checked = number > 0 && number === rows().length;
  }

  function show({ changes, counts }) {
    for (const [number, now] of Object.entries(changes)) {
      const row = document.getElementById(`c${number}`) ?? (article?.dataset.change === number ? article : null);
      if (!row) continue;
      Object.assign(row.dataset, { last: now.last, state: now.state });
      if (row !== article) {
        row.classList.remove("open", "acknowledged", "flagged", "dismissed");
        row.classList.add(now.state);
        row.classList.toggle("done", now.state !== "open");
        const pick = row.querySelector(".pick input");
        if (pick) pick.value = `${number}:${now.last}`;
        for (const button of row.querySelectorAll(".acts button")) {
          const [act, , scope] = button.value.split(" ");
          button.value = `${act} ${number}:${now.last} ${scope}`;
        }
      }
      const state = row.querySelector(".state");
      state.className = `state ${now.state}`;
      state.textContent = now.state === "open" ? "open" : `${now.state} by ${now.who}`;
      tags(state.parentElement, now);
    }
    for (const place of document.querySelectorAll(".tabs [data-count]")) place.textContent = (counts[place.dataset.count] ?? 0).toLocaleString("en-US");
  }

  function tags(place, { assigned, notes }) {
    for (const old of place.querySelectorAll(".tag")) old.remove();
    for (const text of [assigned && `for ${assigned}`, notes && `${notes} note${notes === 1 ? "" : "s"}`]) {
      if (!text) continue;
      const tag = document.createElement("span");
      tag.className = "tag";
      tag.textContent = text;
      place.append(" ", tag);
    }
  }

  // Acts are sent one after the other, in the order of the keys, while the reader goes on.

  let waiting = Promise.resolve(), latest = null;
  const queue = new Set();

  function inTurn(action, fields) {
    const job = { action, fields };
    queue.add(job);
    return waiting.then(() => (queue.delete(job) ? send(action, fields) : null));
  }

  // What still waits for its turn when the page is left is sent at once, but for what was to be undone before it was done.

  addEventListener("pagehide", () => {
    const left = [];
    for (const job of queue) {
      if (job.action === "/undo" && !job.fields.length) left.pop();
      else left.push(job);
    }
    queue.clear();
    if (!isLeft) for (const { action, fields } of left) post(action, fields, true).catch(() => { /* nobody is there to be told */ });
  });

  function perform(act, targets, extra = []) {
    const fields = [["act", act], ...extra];
    for (const row of targets) fields.push(["changes", `${row.dataset.change}:${row.dataset.last}`]);
    if (targets.length === 1 && targets[0].dataset.scope && act !== "note") {
      fields.push(["scope", targets[0].dataset.scope], ["upto", list?.elements.upto?.value ?? ""]);
    }
    waiting = inTurn("/review", fields).then((done) => {
      if (!done) return;
      latest = done;
      show(done);
      say(done.said, done);
      return done;
    }).catch((wrong) => {
      for (const row of targets) row.classList.remove("done");
      fault(wrong);
    });
    return waiting;
  }

  function act(name) {
    if (!mayReview()) return;
    if (article) return void perform(name, [article]).then((done) => { if (done) { carry(done); neighbour(1, { after: true }); } });
    const many = chosen(), targets = many.length ? many : [current()].filter(Boolean);
    if (!targets.length) return choose(rows()[0]);
    for (const row of many) row.querySelector(".pick input").checked = false;
    count();
    for (const row of targets) row.classList.add("done");
    if (many.length && !targets.includes(current())) choose(targets[0], { focus: false });
    perform(name, targets);
    onward();
  }

  function undo(batch = null) {
    if (!mayReview()) return;
    waiting = inTurn("/undo", batch ? [["batch", batch]] : []).then((done) => {
      if (!done) return;
      show(done);
      say(done.said, done);
      const back = rows().find((row) => row.dataset.change in done.changes);
      if (back) choose(back);
      else if (list && Object.keys(done.changes).length) { carry(done); location.reload(); } // it comes back into the list
      if (article && article.dataset.change in done.changes) { carry(done); location.reload(); }
    }).catch(fault);
  }

  function like(name) {
    const target = article ?? current();
    if (target && mayReview()) location.href = `/changes/${target.dataset.change}/like?act=${name}&back=${encodeURIComponent(article ? keep.get("list")?.address ?? "/" : location.pathname + location.search)}`;
  }

  function write() {
    if (!mayReview()) return;
    if (article) return document.querySelector("#note textarea")?.focus();
    if (!current()) choose(rows()[0]);
    if (current() && note) {
      note.dataset.change = current().dataset.change;
      note.querySelector("h2").textContent = `Note on change ${note.dataset.change}`;
      note.querySelector("textarea").value = drafts.get(note.dataset.change) ?? "";
      trouble("");
      note.showModal();
    }
  }

  // What was written stays until it is saved: when sending fails, and when the dialog is closed, for its own change.

  const drafts = new Map();

  function trouble(text) {
    const box = note.querySelector("[role=alert]");
    box.textContent = text;
    box.hidden = !text;
  }

  if (note?.matches("dialog")) {
    const text = note.querySelector("textarea"), save = note.querySelector("button");
    note.addEventListener("close", () => drafts.set(note.dataset.change, text.value));
    note.querySelector("form").addEventListener("submit", (event) => {
      event.preventDefault();
      if (save.disabled) return;
      const row = rows().find((each) => each.dataset.change === note.dataset.change), sent = text.value;
      save.disabled = true;
      perform("note", [row], [["text", sent]]).then((done) => {
        save.disabled = false;
        if (done && drafts.get(row.dataset.change) === sent) drafts.delete(row.dataset.change);
        if (!note.open || note.dataset.change !== row.dataset.change) return; // closed meanwhile, or it is that of another change
        if (!done) return void trouble(isLeft ? "" : said.textContent);
        if (text.value !== sent) return; // written on meanwhile
        text.value = "";
        note.close();
        choose(row);
      });
    });
  }

  // A change among those of the list it was opened from

  if (list) {
    keep.set("list", { ids: rows().map((row) => row.dataset.change), address: location.pathname + location.search, further: further()?.getAttribute("href") ?? "" });
    const from = rows().find((row) => row.dataset.change === keep.get("at"));
    choose(from ?? rows()[0], { focus: false, scroll: Boolean(from) });
    list.addEventListener("change", (event) => {
      if (event.target.id === "all") for (const row of rows()) row.querySelector(".pick input").checked = event.target.checked;
      count();
    });
    list.addEventListener("focusin", (event) => {
      const row = event.target.closest(".row");
      if (row && row !== current()) choose(row, { focus: false });
    });
    list.addEventListener("submit", (event) => {
      const button = event.submitter;
      if (!button) return;
      event.preventDefault();
      if (button.name === "one") choose(button.closest(".row"), { focus: false });
      const name = button.name === "one" ? button.value.split(" ")[0] : button.value;
      if (button.name === "act" && !chosen().length) return say("No change is selected; x selects one.", { warning: true });
      if (button.name === "one") for (const row of chosen()) row.querySelector(".pick input").checked = false;
      act(name);
    });
  }
  if (article) {
    keep.set("at", article.dataset.change);
    const known = keep.get("list"), up = document.getElementById("up");
    if (known?.address && up) up.href = known.address;
  }

  function neighbour(by, { after = false } = {}) {
    const known = keep.get("list"), at = known ? known.ids.indexOf(article.dataset.change) : -1;
    if (at < 0) return after ? location.reload() : say("This change was not opened from a list; g i leads to the inbox.");
    const next = known.ids[at + by];
    if (next) location.href = `/changes/${next}`;
    else location.href = (by > 0 && known.further) || known.address;
  }

  // What came in since the list was made is told; the list stays as it is until the reader asks for it anew.

  const newer = document.getElementById("newer");

  async function look() {
    if (document.hidden || isLeft) return;
    const answer = await fetch(newer.dataset.address, { headers: { Accept: "application/json" }, credentials: "same-origin" }).catch(() => null);
    if (answer?.status === 401) clearInterval(looking); // the session ended
    if (!answer?.ok) return;
    const { said } = await answer.json();
    if (said) newer.querySelector("span").textContent = said;
    newer.hidden = !said;
  }

  const looking = newer ? setInterval(look, 60000) : 0;
  if (newer) document.addEventListener("visibilitychange", look);

  // Edits

  let edit = 0;
  function jump(by) {
    const all = [...document.querySelectorAll("[id^='edit-']")];
    if (!all.length) return;
    edit = Math.min(Math.max(1, edit + by), all.length);
    const target = document.getElementById(`edit-${edit}`);
    target?.focus({ preventScroll: true });
    target?.scrollIntoView({ block: "center" });
  }

  // Keys

  const acts = {
    j: () => (article ? neighbour(1) : step(1)),
    k: () => (article ? neighbour(-1) : step(-1)),
    o: () => (article ? document.querySelector(".links a")?.focus() : current()?.querySelector("h2 a").click()),
    a: () => act("acknowledge"), f: () => act("flag"), d: () => act("dismiss"),
    A: () => like("acknowledge"), F: () => like("flag"), D: () => like("dismiss"),
    n: write, u: () => undo(), e: () => jump(1), E: () => jump(-1),
    x: () => { const box = current()?.querySelector(".pick input"); if (box) { box.checked = !box.checked; count(); } },
    "/": () => { const field = document.getElementById("q"); if (field) { field.focus(); field.select(); } else location.href = "/search"; },
    "?": () => keys?.showModal(),
  };
  const works = (article || list) ? acts : { "/": acts["/"], "?": acts["?"] };
  const isOn = document.getElementById("keys-on");
  const stored = (() => { try { return localStorage.getItem("keys"); } catch { return null; } })();
  if (isOn) {
    isOn.checked = stored !== "off";
    isOn.addEventListener("change", () => { try { localStorage.setItem("keys", isOn.checked ? "on" : "off"); } catch { /* for this page only */ } });
  }

  let going = 0;
  document.addEventListener("keydown", (event) => {
    const inField = event.target.closest("textarea, select, input:not([type=checkbox]):not([type=radio])");
    if (event.key === "Escape" && inField && !event.isComposing && !event.target.closest("dialog")) return event.target.blur();
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && event.target.matches("textarea") && !event.isComposing) {
      event.preventDefault();
      return void event.target.form?.requestSubmit();
    }
    if (event.key === "Enter" && event.target.matches(".pick input, #all")) return event.preventDefault(); // it would send the form
    if (inField || event.ctrlKey || event.metaKey || event.altKey || event.isComposing || document.querySelector("dialog[open]")) return;
    if (isOn && !isOn.checked && event.key !== "?") return;
    if (going && event.timeStamp - going < 1500 && event.key === "i") { location.href = "/"; return; }
    going = event.key === "g" ? event.timeStamp : 0;
    const run = Object.hasOwn(works, event.key) ? works[event.key] : null;
    if (!run) return;
    event.preventDefault();
    run();
  });
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-key], [data-close]");
    if (!button) return;
    if (button.dataset.key) acts[button.dataset.key]?.();
    else button.closest("dialog")?.close();
  });

  // What a form leaves empty does not belong into the address.

  document.getElementById("filters")?.addEventListener("submit", (event) => {
    for (const field of event.target.elements) if (field.name && !field.value) field.disabled = true;
    setTimeout(() => { for (const field of event.target.elements) field.disabled = false; });
  });
})();
