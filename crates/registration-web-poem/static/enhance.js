// Improves pages that are whole without it.
"use strict";

const all = (selector, within = document) => [...within.querySelectorAll(selector)];

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

// A form is sent once.
for (const form of all("form[method=post]")) {
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
