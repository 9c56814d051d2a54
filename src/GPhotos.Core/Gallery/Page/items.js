// What the page was told of its pictures, newest first.

const sides = {
  '<=': { sign: '<=', name: 'Only on this machine', style: 'local' },
  '=>': { sign: '=>', name: 'Only in Google Photos', style: 'online' },
  '==': { sign: '==', name: 'On both sides', style: 'equal' },
  '<>': { sign: '<>', name: 'Not certain', style: 'unsure' },
};

const sources = { Library: 'Google Photos', Picker: 'Picked in Google Photos', Takeout: 'Takeout archive', File: 'This machine' };

const monthName = new Intl.DateTimeFormat('en', { month: 'long', year: 'numeric', timeZone: 'UTC' });
const dayAndTime = new Intl.DateTimeFormat('en', { dateStyle: 'full', timeStyle: 'medium', timeZone: 'UTC' });
const day = new Intl.DateTimeFormat('en', { dateStyle: 'long', timeZone: 'UTC' });

// Letters without their marks, so that "cafe" finds "Café".
const plain = text => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

function readItems() {
  const items = JSON.parse(document.getElementById('items').textContent);
  document.getElementById('items').textContent = '';
  for (const item of items) {
    const date = item.time == null ? null : new Date(item.time);
    item.month = date ? date.toISOString().slice(0, 7) : '';
    item.kind = item.isVideo ? 'Videos' : 'Photos';
    item.source ??= 'File';
    item.albums ??= [];
    item.text = plain([item.name, item.description, item.place, item.camera, ...item.albums].filter(Boolean).join('\n'));
  }

  const time = item => item.time ?? -Infinity;
  items.sort((a, b) => (time(b) > time(a)) - (time(b) < time(a)) || (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
  return items;
}

const monthOf = month => month ? monthName.format(new Date(`${month}-01T00:00:00Z`)) : 'Without a date';

// base64url, as the page bears it, into what an address of data takes.
const pictureOf = item => `data:image/webp;base64,${item.picture.replace(/-/g, '+').replace(/_/g, '/')}`;

function describe(item) {
  const parts = [item.isVideo ? 'Video' : 'Photo', item.name];
  if (item.time != null) parts.push(day.format(new Date(item.time)));
  if (sides[item.side]) parts.push(sides[item.side].name.toLowerCase());
  return parts.join(', ');
}

// Makes an element; text is text, never markup.
function make(name, className, text) {
  const element = document.createElement(name);
  if (className) element.className = className;
  if (text != null) element.textContent = text;
  return element;
}
