import { CodeBlock } from '../../../../../ui/code-block.tsx';
import { SectionTitle } from '../../../../../ui/page-header.tsx';

const node = `// npm install standardwebhooks
import { Webhook } from 'standardwebhooks';

// \`body\` is the text as it came, not parsed and written again
const message = new Webhook(process.env.TIDELINE_WEBHOOK_SECRET).verify(body, request.headers);
// throws when the signature is wrong or the message is older than five minutes
console.log(message.type, message.data);`;

/** How a receiver knows that a message is ours, in words and in code. */
export const Verifying = () => (
  <section className="max-w-180">
    <SectionTitle title="Is a message really from here?" sub="Standard Webhooks" />
    <ul className="mt-1 max-w-[72ch] list-disc pl-5 text-text-2">
      <li>
        Each message carries <code className="font-mono text-12">webhook-id</code>, <code className="font-mono text-12">webhook-timestamp</code> and{' '}
        <code className="font-mono text-12">webhook-signature</code>: HMAC-SHA256 over “id.timestamp.body” with the endpoint’s secret. Any Standard Webhooks
        library checks it.
      </li>
      <li>A message may come twice, always under the same webhook-id: keep the ids you have seen, and each fact is seen once.</li>
      <li>Answer with 2xx within ten seconds. Anything else is tried ten times over about a day; after 410 it is not tried again.</li>
    </ul>
    <CodeBlock className="mt-3" label="Checking a signature in Node.js" code={node} />
  </section>
);
