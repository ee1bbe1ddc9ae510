-- Where a key may be used from (CIDR; empty: anywhere), how much it may send, and which key takes its place.
ALTER TABLE "api_key" ADD COLUMN "source_addresses" TEXT[] NOT NULL DEFAULT '{}';
ALTER TABLE "api_key" ADD COLUMN "events_per_minute" INTEGER;
ALTER TABLE "api_key" ADD COLUMN "rotated_to" UUID;
ALTER TABLE "workspace" ADD COLUMN "events_per_minute" INTEGER NOT NULL DEFAULT 3000000;
