/* Marks in the contents list which section is being read. */
export function watchContents(page) {
  const links = new Map(
    [...page.querySelectorAll(".kpo-toc.kpo-sticky a[href^='#']")].map((link) => [link.hash.slice(1), link]),
  );
  const sections = [...links.keys()].map((id) => page.getElementById(id)).filter(Boolean);
  if (sections.length === 0) return;

  const mark = () => {
    const line = window.innerHeight / 3;
    const passed = sections.filter((section) => section.getBoundingClientRect().top <= line);
    const atEnd = window.innerHeight + window.scrollY >= document.body.scrollHeight - 2;
    const current = atEnd ? sections.at(-1) : (passed.at(-1) ?? sections[0]);
    for (const [id, link] of links) {
      if (id === current.id) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    }
  };
  page.addEventListener("scroll", mark, { passive: true });
  // Fonts and pictures that come in later move the sections without a scroll.
  new ResizeObserver(mark).observe(page.body);
}
