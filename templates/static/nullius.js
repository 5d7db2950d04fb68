/* What a page does beyond forms and links: guards what is not saved yet, says how the draft stands, copies a citation.
   Every page works without it. At most 3 KB; drafts use htmx's events. */
(() => {
  "use strict";
  const on = (name, act) => document.addEventListener(name, act);
  const each = (css, act) => document.querySelectorAll(css).forEach(act);
  const states = new WeakMap();
  const stateOf = (form) => {
    if (!states.has(form)) states.set(form, { typed: 0, sent: 0, kept: 0, busy: false, left: 0, press: null });
    return states.get(form);
  };
  const onDraft = (name, act) => on(name, (event) => {
    const form = event.target.form ?? event.target;
    if (form.matches?.("form[data-autosave]")) act(stateOf(form), event, form, event.detail?.ctx);
  });
  const fail = (form) => {
    const line = form.querySelector(".saving"), words = line?.querySelector("span");
    if (words) words.textContent = line.dataset.failed;
  };

  onDraft("input", (state) => { state.typed += 1; });
  // A save that had to queue goes with the version of the latest answer.
  onDraft("htmx:before:request", (state, event, form, ctx) => {
    if (state.left) return event.preventDefault();
    if (form.elements.version) ctx.request.body.set("version", form.elements.version.value);
    state.sent = state.typed;
    state.busy = true;
  });
  // A whole page, such as the sign-in page, is no answer.
  onDraft("htmx:before:swap", (state, event, form, { response, text }) => {
    if (/<html/i.test(text) || ![200, 409].includes(response.status)) { event.preventDefault(); fail(form); }
    else if (response.status === 200) state.kept = state.sent;
  });
  onDraft("htmx:error", (state, event, form) => fail(form));
  onDraft("htmx:finally:request", (state, event, form) => {
    const press = state.press;
    state.busy = false;
    state.press = null;
    if (press) form.requestSubmit(press.by);
  });

  // A press waits for the save under way; a second press at once is the same press.
  on("submit", (event) => {
    const state = stateOf(event.target);
    if (state.busy) state.press = { by: event.submitter };
    else if (Date.now() - state.left > 1500) { state.left = Date.now(); return; }
    event.preventDefault();
  });
  addEventListener("pageshow", () => each("form", (form) => { stateOf(form).left = 0; }));
  addEventListener("beforeunload", (event) => each("form[data-autosave]", (form) => {
    const state = stateOf(form);
    if (!state.left && state.typed > state.kept) event.preventDefault();
  }));

  on("keydown", ({ key, target }) => document.getElementById(target.dataset[key])?.focus());
  on("click", async ({ target }) => {
    const button = target.closest("[data-copy]");
    if (!button) return;
    await navigator.clipboard.writeText(document.getElementById(button.dataset.copy).textContent.trim());
    button.textContent = button.dataset.copied;
  });
  if (navigator.clipboard) each("[data-copy]", (button) => { button.hidden = false; });
  document.querySelector(location.hash ? ":target" : ".errors")?.focus();
})();
