// Improves pages that are whole without it.
"use strict";

const all = (selector, within = document) => [...within.querySelectorAll(selector)];

// From the next page on, times are told as the clock of this browser does, where nobody chose another.
const { zone } = document.documentElement.dataset;
if (zone) {
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
  const secure = zone.startsWith("__Host-") ? "; Secure" : "";
  document.cookie = `${zone}=${timeZone}; Path=/; SameSite=Lax; Max-Age=31536000${secure}`;
}

// Where the navigation is a row that scrolls, the page's own place in it is in sight.
for (const here of all(".side [aria-current]")) here.scrollIntoView({ block: "nearest", inline: "center" });

// One button shows and hides every password of a form, and says so.
for (const row of all("[data-show]")) {
  const [button, status] = [row.querySelector("button"), row.querySelector("[role=status]")];
  row.hidden = false;
  button.addEventListener("click", () => {
    const shown = button.getAttribute("aria-pressed") !== "true";
    button.setAttribute("aria-pressed", String(shown));
    status.textContent = shown ? button.dataset.shown : button.dataset.hidden;
    for (const field of all("[data-password]", row.closest("form"))) field.type = shown ? "text" : "password";
  });
}

// Who is about to be signed out for want of activity is told two minutes before, and stays by one click: the answer to
// it is empty, so that the page stays as it is, with all that was typed. A session is seen once a minute.
for (const warning of all("[data-idle]")) {
  let timer;
  const wait = () => {
    clearTimeout(timer);
    warning.hidden = true;
    timer = setTimeout(() => { warning.hidden = false; }, Math.max(1, warning.dataset.idle - 180) * 1000);
  };
  warning.addEventListener("submit", () => setTimeout(wait));
  wait();
}

// A form is sent once.
for (const form of all("form[method=post]:not([action='/session/stay'], [data-again])")) {
  form.addEventListener("submit", (event) => {
    if (form.dataset.sent) return event.preventDefault();
    form.dataset.sent = "yes";
    event.submitter?.setAttribute("aria-disabled", "true");
  });
}
addEventListener("pageshow", () => {
  for (const form of all("form[data-sent]")) {
    delete form.dataset.sent;
    for (const button of all("[aria-disabled]", form)) button.removeAttribute("aria-disabled");
  }
});

// What can be done from a time on is there from then on, and the words that say so go.
for (const row of all("[data-until]")) {
  for (const link of all("[data-plain]", row)) link.hidden = true;
  setTimeout(() => { row.hidden = true; }, Number(row.dataset.until));
}
for (const button of all("[data-after]")) {
  setTimeout(() => { button.hidden = false; }, Number(button.dataset.after));
}

// Copies what stands beside the button.
for (const button of all("[data-copy]")) {
  button.hidden = false;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(button.dataset.copy);
    button.textContent = button.dataset.copied;
  });
}

// Chooses a whole group of permissions, and counts what is chosen.
for (const choice of all("[data-access]")) {
  const status = choice.querySelector("[data-count]");
  const boxes = all("input[name=permission]", choice);
  const count = () => {
    status.textContent = status.dataset.count.replace("0", String(boxes.filter((it) => it.checked).length));
  };
  for (const button of all("[data-group]", choice)) {
    button.hidden = false;
    button.addEventListener("click", () => {
      const group = all("input[name=permission]", button.closest("fieldset"));
      const checked = group.some((it) => !it.checked);
      for (const box of group) box.checked = checked;
      count();
    });
  }
  choice.addEventListener("change", count);
  count();
}

// Narrows the rows that are there while somebody types.
for (const field of all("[data-filter]")) {
  const rows = all(`${field.dataset.filter} tbody tr`);
  if (rows.length <= 10) continue;
  field.addEventListener("input", () => {
    const wanted = field.value.trim().toLocaleLowerCase();
    for (const row of rows) row.hidden = !row.textContent.toLocaleLowerCase().includes(wanted);
  });
}

// A menu closes where others do: with Escape, and when the focus leaves it.
for (const menu of all("details.menu")) {
  menu.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !menu.open) return;
    menu.open = false;
    menu.querySelector("summary").focus();
  });
  menu.addEventListener("focusout", (event) => {
    if (event.relatedTarget && !menu.contains(event.relatedTarget)) menu.open = false;
  });
}

// A search over radio buttons becomes a combobox with a list (ARIA APG): typing narrows it, arrows move, Enter
// chooses, Escape closes. What it lists are the radio buttons of the page as the server answers it.
for (const form of all("form[data-combobox]")) {
  const field = form.querySelector("input[type=search]");
  const [status, search] = [form.querySelector("[data-status]"), form.querySelector("[data-search]")];
  const list = Object.assign(document.createElement("ul"), { id: `${field.id}-list`, className: "options", hidden: true });
  const choice = Object.assign(document.createElement("input"), { type: "hidden", name: "organization", disabled: true });
  const none = document.createElement("div");
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", form.querySelector("label").textContent);
  field.type = "text";
  for (const [name, value] of [["role", "combobox"], ["aria-autocomplete", "list"], ["aria-controls", list.id], ["aria-expanded", "false"]]) {
    field.setAttribute(name, value);
  }
  field.after(list, choice);
  form.querySelector(".choices, [data-none]").before(none);
  // Enter presses the first button that submits.
  const searches = (by) => [search.hidden, search.type] = by === "button" ? [false, "submit"] : [true, "button"];
  searches("typing");
  for (const it of all("[data-paging]")) it.hidden = true;

  let [active, asked, waiting] = [-1, null, 0];
  const options = () => all("[role=option]", list);
  const open = (opens) => {
    list.hidden = !opens || options().length === 0;
    field.setAttribute("aria-expanded", String(!list.hidden));
    if (list.hidden) move(-1);
  };
  const move = (to) => {
    active = to;
    options().forEach((it, at) => it.setAttribute("aria-selected", String(at === to)));
    const it = options()[to];
    if (!it) return field.removeAttribute("aria-activedescendant");
    field.setAttribute("aria-activedescendant", it.id);
    it.scrollIntoView({ block: "nearest" });
  };
  const choose = (it) => {
    [field.value, choice.value, choice.disabled] = [it.textContent.trim(), it.dataset.value, false];
    open(false);
  };
  const show = (page) => {
    list.replaceChildren(...all("input[type=radio]", page).map((radio) => {
      const it = Object.assign(document.createElement("li"), { id: `option-${radio.value}` });
      it.setAttribute("role", "option");
      it.setAttribute("aria-selected", "false");
      it.dataset.value = radio.value;
      it.append(document.importNode(page.querySelector(`label[for="${radio.id}"] bdi`), true));
      return it;
    }));
    none.replaceChildren(...all("[data-none]", page).map((it) => document.importNode(it, true)));
    for (const it of all(".choices, [data-none]", form)) if (!none.contains(it)) it.remove();
  };
  const ask = async () => {
    asked?.abort();
    asked = new AbortController();
    const query = new URLSearchParams({ query: field.value });
    try {
      const answer = await fetch(`${form.action}?${query}`, { signal: asked.signal, headers: { accept: "text/html" } });
      if (!answer.ok || answer.redirected) return;
      const page = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("[data-combobox]");
      show(page);
      status.textContent = page.querySelector("[data-status]").textContent;
      open(document.activeElement === field);
    } catch (error) {
      if (error.name !== "AbortError") searches("button");
    }
  };

  show(form);
  field.addEventListener("input", () => {
    choice.disabled = true;
    clearTimeout(waiting);
    waiting = setTimeout(ask, 150);
  });
  field.addEventListener("click", () => open(true));
  field.addEventListener("blur", () => open(false));
  field.addEventListener("keydown", (event) => {
    const count = options().length;
    if ((event.key === "ArrowDown" || event.key === "ArrowUp") && count > 0) {
      event.preventDefault();
      const step = event.key === "ArrowDown" ? 1 : -1;
      if (list.hidden) open(true);
      move(active < 0 ? (step > 0 ? 0 : count - 1) : (active + step + count) % count);
    } else if (event.key === "Enter" && !list.hidden && active >= 0) {
      event.preventDefault();
      choose(options()[active]);
    } else if (event.key === "Escape" && !list.hidden) {
      event.preventDefault();
      open(false);
    }
  });
  // Before the field loses the focus, which closes the list.
  list.addEventListener("mousedown", (event) => {
    event.preventDefault();
    const it = event.target.closest("[role=option]");
    if (it) choose(it);
  });
}

// Where the places stand in one row that scrolls, the current one is seen.
for (const here of all(".side [aria-current]")) {
  const row = here.closest("ul");
  row.scrollLeft = here.offsetLeft - row.offsetLeft;
}

// Says how many characters are left, to all while they type, and aloud when few are.
for (const area of all("textarea[data-limit]")) {
  const [counter, announced] = [area.parentElement.querySelector("[data-counter]"), area.parentElement.querySelector("[data-announced]")];
  const count = (event) => {
    const left = Number(area.dataset.limit) - [...area.value.trim()].length;
    const words = (left < 0 ? area.dataset.over : area.dataset.left).replace("0", String(Math.abs(left)));
    counter.textContent = words;
    if (event && (left === 30 || left === 10 || left <= 0)) announced.textContent = words;
  };
  area.addEventListener("input", count);
  count();
}

// Counts what is selected, on the button that acts on it.
for (const button of all("button[data-selected]")) {
  const boxes = all("input[name=request]");
  const words = button.textContent;
  const count = () => {
    const chosen = boxes.filter((it) => it.checked).length;
    button.textContent = chosen > 0 ? button.dataset.selected.replace("0", String(chosen)) : words;
  };
  for (const box of boxes) box.addEventListener("change", count);
  count();
}

// Puts a reason that is given often into the field, to be changed.
for (const row of all("[data-templates]")) {
  const field = document.querySelector(row.dataset.templates);
  row.hidden = false;
  for (const button of all("[data-template]", row)) {
    button.addEventListener("click", () => {
      field.value = button.textContent;
      field.focus();
    });
  }
}
