// Shows the rows that are near the window and no others, so that ten thousand pictures weigh as much as fifty.

const grid = { items: [], lines: [], shown: new Map(), current: 0, lineOf: [] };
const main = document.getElementById('pictures');
const rail = document.getElementById('months');
const overscan = 700;

function showItems(items) {
  grid.items = items;
  grid.current = Math.min(grid.current, Math.max(0, items.length - 1));
  arrange();
}

function arrange() {
  const width = main.clientWidth;
  const rowHeight = width < 520 ? 96 : width < 1000 ? 132 : 150;
  const { lines, height } = layOut(grid.items, width, rowHeight);
  grid.lines = lines;
  grid.lineOf = new Array(grid.items.length);
  lines.forEach((line, i) => line.cells.forEach(cell => { grid.lineOf[cell.index] = i; }));
  for (const element of grid.shown.values()) element.remove();
  grid.shown.clear();
  main.style.height = `${height}px`;
  draw();
  showRail();
}

// The first line whose end is below a place.
function lineAt(y) {
  let low = 0;
  let high = grid.lines.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const line = grid.lines[middle];
    if (line.top + line.headHeight + line.height < y) low = middle + 1; else high = middle;
  }

  return low;
}

const scrolled = () => window.scrollY - main.offsetTop;

function draw() {
  const from = lineAt(scrolled() - overscan);
  const below = scrolled() + window.innerHeight + overscan;
  let to = from;
  while (to < grid.lines.length && grid.lines[to].top < below) to++;
  const focused = main.contains(document.activeElement);
  for (const [i, element] of grid.shown) {
    if (i < from || i >= to) {
      element.remove();
      grid.shown.delete(i);
    }
  }

  for (let i = from; i < to; i++) {
    if (!grid.shown.has(i)) {
      const element = elementOf(grid.lines[i]);
      grid.shown.set(i, element);
      // In the order of the page, which is the order that is read out.
      main.insertBefore(element, grid.shown.get(i + 1) ?? null);
    }
  }

  if (focused && !main.contains(document.activeElement)) tileOf(grid.current)?.focus({ preventScroll: true });
  markRail();
}

function elementOf(line) {
  const element = make('div', 'row');
  element.style.transform = `translateY(${line.top}px)`;
  for (const head of line.heads) {
    const title = make('h2', '', monthOf(head.month));
    title.append(make('span', 'number', head.count.toLocaleString('en')));
    title.style.left = `${head.x}px`;
    element.append(title);
  }

  for (const cell of line.cells) element.append(tile(grid.items[cell.index], cell, line));
  return element;
}

function tile(item, cell, line) {
  const button = make('button', `tile${item.picture ? '' : ' drawn'}`);
  button.type = 'button';
  button.dataset.index = cell.index;
  button.tabIndex = cell.index === grid.current ? 0 : -1;
  button.setAttribute('aria-label', `${describe(item)}, ${cell.index + 1} of ${grid.items.length}`);
  Object.assign(button.style, { left: `${cell.x}px`, top: `${line.headHeight}px`, width: `${cell.width}px`, height: `${line.height}px` });
  button.append(item.picture ? thumbnail(item, '') : sign(item));
  if (item.isVideo) button.append(make('span', 'video', '▶'));
  if (item.isFavorite) button.append(make('span', 'favorite', '★'));
  const side = sides[item.side];
  if (side) {
    button.classList.add(side.style);
    button.append(make('span', `sign ${side.style}`, side.sign));
  }

  if (item.picture) button.append(make('span', 'name', item.name));
  return button;
}

function thumbnail(item, alt) {
  const image = make('img');
  image.alt = alt;
  image.decoding = 'async';
  image.draggable = false;
  image.src = pictureOf(item);
  return image;
}

// Stands for what nothing here could show.
function sign(item) {
  const drawn = make('span', 'sign-of');
  const extension = /\.([^.]{1,5})$/.exec(item.name)?.[1] ?? item.kind;
  drawn.append(make('span', 'extension', extension.toUpperCase()), make('span', 'label', item.name));
  return drawn;
}

const tileOf = index => grid.shown.get(grid.lineOf[index])?.querySelector(`[data-index="${index}"]`);

// Makes a picture the current one, and brings it into sight.
function goTo(index, focus = true) {
  if (!grid.items.length) return;
  const target = Math.min(grid.items.length - 1, Math.max(0, index));
  tileOf(grid.current)?.setAttribute('tabindex', '-1');
  grid.current = target;
  const line = grid.lines[grid.lineOf[target]];
  const header = document.getElementById('top').offsetHeight;
  const top = line.top + main.offsetTop;
  if (top < window.scrollY + header) window.scrollTo({ top: top - header, behavior: 'instant' });
  else if (top + line.headHeight + line.height + 12 > window.scrollY + window.innerHeight) {
    window.scrollTo({ top: top + line.headHeight + line.height + 12 - window.innerHeight, behavior: 'instant' });
  }

  draw();
  const element = tileOf(target);
  element?.setAttribute('tabindex', '0');
  if (focus) element?.focus({ preventScroll: true });
}

// The picture above or below: the one of the next row whose middle is nearest.
function beside(index, step) {
  const i = grid.lineOf[index];
  const next = grid.lines[i + step];
  if (!next) return index;
  const here = grid.lines[i].cells.find(cell => cell.index === index);
  const middle = here.x + here.width / 2;
  const distance = cell => Math.abs(cell.x + cell.width / 2 - middle);
  return next.cells.reduce((best, cell) => distance(cell) < distance(best) ? cell : best).index;
}

// The rail: a place for each month, as high as its pictures, and the years by name.
function showRail() {
  const heads = grid.lines.flatMap(line => line.heads.map(head => ({ ...head, top: line.top })));
  const list = make('ol');
  const room = rail.clientHeight || window.innerHeight - 200;
  const total = Math.max(1, grid.items.length);
  let year = null;
  let lastYear = -Infinity;
  let before = 0;
  for (const head of heads) {
    const entry = make('li');
    const link = make('button', '', '');
    link.type = 'button';
    link.tabIndex = -1;
    link.title = `${monthOf(head.month)} (${head.count.toLocaleString('en')})`;
    link.setAttribute('aria-label', link.title);
    link.dataset.month = head.month;
    const at = before / total * room;
    const ownYear = head.month.slice(0, 4) || '—';
    if (ownYear !== year && at - lastYear >= 22) {
      link.append(make('span', 'year', ownYear));
      lastYear = at;
      year = ownYear;
    }

    entry.style.top = `${before / total * 100}%`;
    entry.style.height = `${head.count / total * 100}%`;
    link.addEventListener('click', () => window.scrollTo({ top: head.top + main.offsetTop - document.getElementById('top').offsetHeight }));
    entry.append(link);
    list.append(entry);
    before += head.count;
  }

  // One stop for the key that goes from control to control; arrows go on from there.
  list.querySelector('button')?.setAttribute('tabindex', '0');
  rail.replaceChildren(list);
  markRail();
}

function markRail() {
  const line = grid.lines[Math.min(grid.lines.length - 1, lineAt(scrolled() + document.getElementById('top').offsetHeight + 1))];
  const month = line ? grid.items[line.cells[0].index].month : null;
  for (const link of rail.querySelectorAll('button')) {
    if (link.dataset.month === month) link.setAttribute('aria-current', 'true'); else link.removeAttribute('aria-current');
  }
}
