// Brings it all to life.

const all = readItems();
const search = document.getElementById('search');
const helpPage = document.getElementById('help');

function refresh() {
  const items = visible(all);
  const count = items.length === all.length
    ? all.length.toLocaleString('en')
    : `${items.length.toLocaleString('en')} of ${all.length.toLocaleString('en')}`;
  document.getElementById('count').textContent = `${count} ${all.length === 1 ? 'picture' : 'pictures'}`;
  const nothing = document.getElementById('nothing');
  nothing.hidden = items.length > 0;
  nothing.firstChild.textContent = all.length ? 'Nothing fits these filters. ' : 'There is nothing in this gallery.';
  document.getElementById('reset').hidden = !all.length;
  grid.current = 0;
  showItems(items);
}

function change() {
  window.scrollTo({ top: 0, behavior: 'instant' });
  refresh();
}

let typing;
search.addEventListener('input', () => {
  clearTimeout(typing);
  typing = setTimeout(() => {
    searched = search.value;
    change();
  }, 80);
});
document.getElementById('reset').addEventListener('click', () => {
  clearFilters();
  change();
});

function turnTheme() {
  const { dataset } = document.documentElement;
  const dark = dataset.theme ? dataset.theme === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches;
  dataset.theme = dark ? 'light' : 'dark';
}

document.getElementById('theme').addEventListener('click', turnTheme);
document.getElementById('keys').addEventListener('click', () => helpPage.showModal());
document.getElementById('previous').addEventListener('click', () => step(-1));
document.getElementById('next').addEventListener('click', () => step(1));
document.getElementById('close').addEventListener('click', () => viewer.close());
viewer.addEventListener('click', event => { if (event.target === viewer) viewer.close(); });
viewer.addEventListener('close', () => goTo(grid.current));
main.addEventListener('click', event => {
  const clicked = event.target.closest('.tile');
  if (clicked) openViewer(Number(clicked.dataset.index));
});

for (const side of Object.values(sides)) {
  const line = make('p');
  line.append(make('span', `sign ${side.style}`, side.sign), ` ${side.name}`);
  if (all.some(item => item.side === side.sign)) document.getElementById('signs').append(line);
}

document.addEventListener('keydown', event => {
  if (event.ctrlKey || event.metaKey || event.altKey || helpPage.open) return;
  const inField = event.target.matches('input, select');
  if (event.key === 'Escape' && event.target === search) {
    clearFilters();
    search.blur();
    change();
  } else if (inField) {
    if (event.key === 'Enter' && event.target === search) goTo(0);
    return;
  } else if (viewer.open) {
    if (event.key === 'ArrowLeft') step(-1);
    else if (event.key === 'ArrowRight') step(1);
    else return;
  } else if (event.key === '/') search.focus();
  else if (event.key === '?') helpPage.showModal();
  else if (event.key === 't') turnTheme();
  else if (rail.contains(event.target) && ['ArrowUp', 'ArrowDown'].includes(event.key)) moveOnRail(event.key === 'ArrowUp' ? -1 : 1);
  else if (['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown', 'Home', 'End'].includes(event.key)) {
    const inGrid = main.contains(document.activeElement);
    const from = grid.current;
    // The first key only shows where one is.
    goTo(event.key === 'Home' ? 0 : event.key === 'End' ? grid.items.length - 1
      : !inGrid ? from
        : event.key === 'ArrowLeft' ? from - 1
          : event.key === 'ArrowRight' ? from + 1
            : beside(from, event.key === 'ArrowUp' ? -1 : 1));
  } else return;
  event.preventDefault();
});

function moveOnRail(by) {
  const links = [...rail.querySelectorAll('button')];
  const next = links[links.indexOf(document.activeElement) + by];
  if (!next) return;
  document.activeElement.tabIndex = -1;
  next.tabIndex = 0;
  next.focus();
}

let drawing = false;
window.addEventListener('scroll', () => {
  if (drawing) return;
  drawing = true;
  requestAnimationFrame(() => {
    drawing = false;
    draw();
  });
}, { passive: true });

let width = 0;
new ResizeObserver(() => {
  if (main.clientWidth === width) return;
  width = main.clientWidth;
  arrange();
}).observe(main);

showFilters(all, change);
width = main.clientWidth;
refresh();
// Told to whoever measures: when the first pictures were on the screen.
requestAnimationFrame(() => setTimeout(() => { document.documentElement.dataset.ready = String(Math.round(performance.now())); }));
