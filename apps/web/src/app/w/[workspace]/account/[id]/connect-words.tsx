import Link from 'next/link';

/** Served beside Next and not a page of it, so it is opened by a plain link. */
const API_REFERENCE = '/docs/api';

export type Connect = { workspace: string; mayImport: boolean };

/** What will stand here, and how it comes: by the API, by file or by a source. */
export const ConnectWords = ({ workspace, mayImport, what, isConnected }: Connect & { what: 'contacts' | 'tickets'; isConnected: boolean }) => {
  if (isConnected) return <p className="py-1 text-text-2">None of this account.</p>;
  const data = mayImport ? (
    <Link href={`/w/${workspace}/settings/data`} className="door underline">
      a file or a source
    </Link>
  ) : (
    'a file or a source'
  );
  return (
    <p className="max-w-[56ch] py-1 text-text-2">
      None yet in this workspace. They come from your {what === 'contacts' ? 'CRM' : 'help desk'} by{' '}
      <a href={API_REFERENCE} className="door underline">
        the API
      </a>{' '}
      ({`POST /${what}`}) or {data}
      {what === 'contacts' ? ', or are added here.' : '.'}
    </p>
  );
};
