// One picture, larger, with what is known of it.

const viewer = document.getElementById('viewer');

function openViewer(index) {
  goTo(index, false);
  showPicture();
  if (!viewer.open) viewer.showModal();
  // Not on the link within: Enter, pressed twice, would follow it.
  viewer.focus();
}

function step(by) {
  goTo(grid.current + by, false);
  showPicture();
}

function showPicture() {
  const item = grid.items[grid.current];
  const picture = document.getElementById('picture');
  const shown = item.picture ? thumbnail(item, describe(item)) : sign(item);
  picture.className = item.picture ? '' : 'drawn';
  picture.style.setProperty('--ratio', item.ratio);
  picture.replaceChildren(shown);
  viewer.setAttribute('aria-label', describe(item));
  document.getElementById('facts').replaceChildren(...factsOf(item));
  document.getElementById('previous').disabled = grid.current === 0;
  document.getElementById('next').disabled = grid.current === grid.items.length - 1;
}

function factsOf(item) {
  const facts = make('dl');
  const fact = (name, ...values) => {
    const there = values.filter(value => value != null && value !== '');
    if (!there.length) return;
    const row = make('div');
    row.append(make('dt', '', name), ...there.map(value => value instanceof Node ? value : make('dd', '', value)));
    facts.append(row);
  };
  const side = sides[item.side];
  if (side) {
    const told = make('dd');
    told.append(make('span', `sign ${side.style}`, side.sign), ` ${side.name}`);
    fact('Comparison', told, item.matchedBy && `Matched by ${spaced(item.matchedBy)}`, item.reason);
  }

  fact('May be', ...(item.candidates ?? []));
  fact('Taken', item.time == null ? 'Not known' : `${dayAndTime.format(new Date(item.time))}${item.isCameraClock ? ', by the camera’s clock' : item.isFileTime ? ' UTC, when the file was last changed' : ' UTC'}`);
  fact('Result', item.status && spaced(item.status));
  fact('Size', item.width > 0 && item.height > 0 ? `${item.width.toLocaleString('en')} × ${item.height.toLocaleString('en')}` : null, bytes(item.length), item.mimeType);
  fact('Camera', item.camera, item.exposure);
  fact('Albums', ...item.albums);
  fact('From', sources[item.source] ?? item.source);
  fact('File', item.place);
  const links = make('p', 'links');
  if (item.page) links.append(link(item.page, 'Open in Google Photos'));
  if (item.file) links.append(link(item.file, 'Open the file'));
  const title = make('h2', '', item.name);
  return [title, ...(item.description ? [make('p', 'description', item.description)] : []), facts, ...(links.childNodes.length ? [links] : [])];
}

function link(address, text) {
  const anchor = make('a', '', text);
  anchor.href = address;
  anchor.target = '_blank';
  anchor.rel = 'noopener noreferrer';
  return anchor;
}

const spaced = text => text.replace(/(?<=[a-z])(?=[A-Z])/g, ' ').toLowerCase();

function bytes(length) {
  if (length == null) return null;
  const units = ['bytes', 'KB', 'MB', 'GB', 'TB'];
  let unit = 0;
  let amount = length;
  for (; amount >= 1000 && unit < units.length - 1; unit++) amount /= 1000;
  return `${amount.toLocaleString('en', { maximumFractionDigits: unit < 2 ? 0 : 1 })} ${units[unit]}`;
}
