// The scores, as they were drawn in the kernel: whole in the panel, and small in the bar below.

/** Return drawings as elements: the one markup that a script of ours takes from the kernel. */
const elements = (drawn) => new DOMParser().parseFromString(drawn, "text/html").body.children;

/** Show the scores in the panel, and the same in the slim bar, as a part of its button's name. */
export function drawScores({ scores, mini }, drawings) {
  const drawn = drawings.join("");
  if (scores.drawn === drawn) return;
  scores.drawn = drawn;
  scores.replaceChildren(...elements(drawn));
  mini.replaceChildren(...elements(drawn));
  for (const score of mini.children) {
    for (const attribute of ["role", "aria-label"]) score.removeAttribute(attribute);
  }
}
