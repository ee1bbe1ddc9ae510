-- Who reads the file right now: a second reader would count its rows twice. A claim that was not renewed is void.
ALTER TABLE "import" ADD COLUMN "claim" uuid;
ALTER TABLE "import" ADD COLUMN "claimed_until" timestamptz;
-- Counts of identical rows live as long as the import that reads them; it starts over after a crash.
ALTER TABLE "import_row" SET UNLOGGED;
