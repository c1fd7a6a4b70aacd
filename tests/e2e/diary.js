// Keep a diary of what the customer's page showed, and when: for assertions about order.
(() => {
  const diary = [];
  let last = "";
  const look = () => {
    const card = document.querySelector("[data-state]")?.dataset.state ?? null;
    const line = document.querySelector("[data-line]")?.dataset.line ?? null;
    const text = document.body?.innerText ?? "";
    const seen = JSON.stringify([card, line, text]);
    if (seen === last) return;
    last = seen;
    diary.push({ at: Date.now(), card, line, text });
  };
  new MutationObserver(look).observe(document, {
    subtree: true,
    childList: true,
    characterData: true,
    attributes: true,
  });
  Object.defineProperty(window, "diary", { value: diary });
})();
