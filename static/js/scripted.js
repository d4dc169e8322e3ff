// Comes first in the one script, which is read before the page is drawn: what only scripts can do shows
// without a jump, and what stands in for it where there are none does not flash up.
document.documentElement.classList.add("scripted");
