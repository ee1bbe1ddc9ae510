-- Files and sources bring in contacts, tickets, touches and contracts too.
ALTER TABLE "import" DROP CONSTRAINT "import_kind_check";
ALTER TABLE "import" ADD CONSTRAINT "import_kind_check" CHECK ("kind" IN ('usage', 'accounts', 'contacts', 'tickets', 'touches', 'contracts'));
ALTER TABLE "source" DROP CONSTRAINT "source_kind_check";
ALTER TABLE "source" ADD CONSTRAINT "source_kind_check" CHECK ("kind" IN ('usage', 'accounts', 'contacts', 'tickets', 'touches', 'contracts'));
