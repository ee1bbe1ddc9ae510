/** A cell of RFC 4180; what a spreadsheet would take for a formula is quoted as text. */
const cell = (text: string): string => {
  const safe = /^[=+\-@\t\r]/.test(text) && !/^-?\d+(\.\d+)?$/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
};

/** One line of a CSV file, its end included. */
export const csvLine = (cells: readonly string[]): string => `${cells.map(cell).join(',')}\r\n`;

/** A download streamed page by page: the first lines leave before the last are read. `name` without ending. */
export const csvDownload = (name: string, head: readonly string[], pages: AsyncGenerator<readonly (readonly string[])[]>): Response => {
  const encoder = new TextEncoder();
  const body = new ReadableStream<Uint8Array>({
    // The mark tells spreadsheets that this is UTF-8.
    start: (controller) => controller.enqueue(encoder.encode(`\uFEFF${csvLine(head)}`)),
    pull: async (controller) => {
      const { value, done } = await pages.next();
      if (done) controller.close();
      else controller.enqueue(encoder.encode(value.map(csvLine).join('')));
    },
    cancel: async () => void (await pages.return(undefined)),
  });
  return new Response(body, {
    headers: { 'content-type': 'text/csv; charset=utf-8', 'content-disposition': `attachment; filename="${name}.csv"`, 'cache-control': 'no-store' },
  });
};
