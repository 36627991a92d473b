// The rich text editor would write its basic rules into a <style> element, which the
// Content-Security-Policy forbids. It leaves that be where one with this mark stands already: an
// element of that name without a meaning to the browser. The rules are in article.css.
const mark = document.createElementNS("portal:mark", "style");
mark.setAttribute("data-tiptap-style", "");
document.head.append(mark);
