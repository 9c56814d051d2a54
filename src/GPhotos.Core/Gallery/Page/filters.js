// What is to be seen: by search, and by whatever the pictures differ in.

const filters = [
  { key: 'side', title: 'Sides', of: item => item.side ? [item.side] : [], label: value => sides[value]?.name ?? value },
  { key: 'kind', title: 'Kinds', of: item => [item.kind], label: value => value },
  { key: 'source', title: 'Sources', of: item => [item.source], label: value => sources[value] ?? value },
  { key: 'status', title: 'Results', of: item => item.status ? [item.status] : [], label: value => value.replace(/(?<=[a-z])(?=[A-Z])/g, ' ') },
  { key: 'album', title: 'Albums', of: item => item.albums, label: value => value, isList: true },
];

const chosen = Object.fromEntries(filters.map(filter => [filter.key, null]));
let searched = '';

function visible(items) {
  const words = plain(searched).split(/\s+/).filter(Boolean);
  const active = filters.filter(filter => chosen[filter.key] != null);
  return items.filter(item =>
    active.every(filter => filter.of(item).includes(chosen[filter.key])) && words.every(word => item.text.includes(word)));
}

function countsOf(filter, items) {
  const counts = new Map();
  for (const item of items) {
    for (const value of filter.of(item)) counts.set(value, (counts.get(value) ?? 0) + 1);
  }

  const order = Object.keys(sides);
  return [...counts].sort((a, b) => order.indexOf(a[0]) - order.indexOf(b[0]) || b[1] - a[1]);
}

function showFilters(items, changed) {
  const place = document.getElementById('filters');
  for (const filter of filters) {
    const counts = countsOf(filter, items);
    // One kind alone is no choice; a side is worth telling all the same.
    if (counts.length < (filter.key === 'side' || filter.isList ? 1 : 2)) continue;
    place.append(filter.isList ? listOf(filter, counts, changed) : chipsOf(filter, counts, changed));
  }
}

function chipsOf(filter, counts, changed) {
  const group = make('div', 'chips');
  group.setAttribute('role', 'group');
  group.setAttribute('aria-label', filter.title);
  for (const [value, count] of counts) {
    const chip = make('button', 'chip');
    chip.type = 'button';
    chip.dataset.filter = filter.key;
    chip.dataset.value = value;
    chip.setAttribute('aria-pressed', 'false');
    if (sides[value]) chip.append(make('span', `sign ${sides[value].style}`, sides[value].sign));
    chip.append(make('span', '', filter.label(value)), make('span', 'number', count.toLocaleString('en')));
    chip.addEventListener('click', () => {
      chosen[filter.key] = chosen[filter.key] === value ? null : value;
      markChips();
      changed();
    });
    group.append(chip);
  }

  return group;
}

function listOf(filter, counts, changed) {
  const list = make('select');
  list.dataset.filter = filter.key;
  list.setAttribute('aria-label', filter.title);
  list.append(new Option(`All ${filter.title.toLowerCase()}`, ''));
  // By number: a title may be empty, or anything else.
  const values = counts.map(([value]) => value).sort((a, b) => a.localeCompare(b));
  const numbers = new Map(counts);
  values.forEach((value, i) => list.append(new Option(`${filter.label(value)} (${numbers.get(value).toLocaleString('en')})`, String(i))));
  list.addEventListener('change', () => {
    chosen[filter.key] = list.value === '' ? null : values[Number(list.value)];
    changed();
  });
  return list;
}

function markChips() {
  for (const chip of document.querySelectorAll('.chip')) {
    chip.setAttribute('aria-pressed', String(chosen[chip.dataset.filter] === chip.dataset.value));
  }
}

function clearFilters() {
  for (const key of Object.keys(chosen)) chosen[key] = null;
  searched = document.getElementById('search').value = '';
  for (const list of document.querySelectorAll('#filters select')) list.value = '';
  markChips();
}
