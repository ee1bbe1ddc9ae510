/** `node examples/online-retail/downsize.ts online-retail.csv.gz > invoices.csv`: one row per invoice that names a customer. */
import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { createGunzip } from 'node:zlib';

type Invoice = { customer: string; at: string; sold: number; units: number; thousandths: number };

const invoices = new Map<string, Invoice>();
const source = createReadStream(process.argv[2] ?? 'online-retail.csv.gz').pipe(createGunzip());
let header = true;
for await (const line of createInterface({ input: source })) {
  // Only the description may hold commas; the columns that matter are counted from either end.
  const [invoiceNo = ''] = line.split(',', 1);
  const [quantity = '', at = '', price = '', customer = ''] = line.split(',').slice(-5, -1);
  if (!header && customer !== '') {
    const one = invoices.get(invoiceNo) ?? { customer, at, sold: 0, units: 0, thousandths: 0 };
    one.units += Number(quantity);
    one.thousandths += Math.round(Number(quantity) * Number(price) * 1000); // prices have up to three places
    if (Number(quantity) > 0 && Number(price) > 0) one.sold += 1;
    if (at < one.at) one.at = at;
    invoices.set(invoiceNo, one);
  }
  header = false;
}

process.stdout.write('Invoice,Customer,Time,SoldLines,Units,Amount\n');
for (const [invoiceNo, { customer, at, sold, units, thousandths }] of invoices) {
  process.stdout.write(`${invoiceNo},${customer},${at.slice(0, 16)},${sold},${units},${thousandths / 1000}\n`);
}
