// Where each picture stands: rows as wide as the page, pictures of a row as high as one another, short months side by side.

const gap = 4;
const monthGap = 28;
const headHeight = 50;
const nearlyFull = 0.85;

// Panoramas and strips are cut to what a row can bear.
const ratioOf = item => Math.min(3.2, Math.max(0.5, item.ratio || 4 / 3));

function layOut(items, width, rowHeight) {
  const lines = [];
  let top = 0;
  let open = null;
  for (const { month, from, to } of monthsOf(items)) {
    const rows = rowsOf(items, from, to, width, rowHeight);
    const head = { month, count: to - from };
    const alone = rows.length === 1 && !rows[0].isFull;
    const needed = alone ? Math.max(rows[0].width, Math.min(width, 150)) : width;
    if (alone && open && open.x + monthGap + needed <= width) {
      add(open, head, rows[0], open.x + monthGap, items);
      open.x += monthGap + needed;
      continue;
    }

    rows.forEach((row, i) => {
      const line = { top, cells: [], heads: [], x: 0, headHeight: i === 0 ? headHeight : 0, height: row.height };
      add(line, i === 0 ? head : null, row, 0, items);
      top += line.headHeight + row.height + gap;
      lines.push(line);
      line.x = i === 0 && alone ? needed : width;
    });
    open = alone ? lines.at(-1) : null;
  }

  return { lines, height: top };
}

function add(line, head, row, x, items) {
  if (head) line.heads.push({ ...head, x });
  let left = x;
  for (let i = row.from; i < row.to; i++) {
    const width = ratioOf(items[i]) * row.height;
    line.cells.push({ index: i, x: left, width });
    left += width + gap;
  }
}

function* monthsOf(items) {
  for (let from = 0, to; from < items.length; from = to) {
    for (to = from + 1; to < items.length && items[to].month === items[from].month; to++);
    yield { month: items[from].month, from, to };
  }
}

function rowsOf(items, from, to, width, rowHeight) {
  const rows = [];
  let begin = from;
  let ratios = 0;
  for (let i = from; i < to; i++) {
    ratios += ratioOf(items[i]);
    const gaps = (i - begin) * gap;
    if (ratios * rowHeight + gaps >= width) {
      const height = (width - gaps) / ratios;
      rows.push({ from: begin, to: i + 1, height, width, isFull: true });
      begin = i + 1;
      ratios = 0;
    }
  }

  if (begin < to) {
    const gaps = (to - begin - 1) * gap;
    const natural = ratios * rowHeight + gaps;
    // The last row keeps its height, unless it would end just short of the edge.
    const isFull = natural > width * nearlyFull;
    rows.push({ from: begin, to, height: isFull ? (width - gaps) / ratios : rowHeight, width: isFull ? width : natural, isFull });
  }

  return rows;
}
