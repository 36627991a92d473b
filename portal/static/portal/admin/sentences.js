// Fills a row's words from the sentence that is picked in it, unless words were typed there.
const template = document.getElementById("article-sentences");
const sentences = new Map();
if (template) {
  for (const line of template.content.querySelectorAll("[data-key]")) {
    sentences.set(line.dataset.key, line.textContent);
  }
}

document.addEventListener("change", (event) => {
  const select = event.target;
  if (!(select instanceof HTMLSelectElement) || !select.name.endsWith("-sentence")) return;
  const words = document.getElementsByName(select.name.replace(/sentence$/, "words"))[0];
  const wholes = new Set(sentences.values());
  if (words && (words.value.trim() === "" || wholes.has(words.value))) {
    words.value = sentences.get(select.value) ?? "";
  }
});
