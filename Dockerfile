# syntax=docker/dockerfile:1
# Web, worker and migrations in one image; docker-compose.yml says which part a container is.
# Untested here: no Docker engine. `pnpm start` needs none of this.

FROM node:24-bookworm-slim AS pnpm
WORKDIR /app
RUN npm install --global pnpm@12.21.0
ENV CI=true NEXT_TELEMETRY_DISABLED=1 CHECKPOINT_DISABLE=1
COPY package.json pnpm-lock.yaml pnpm-workspace.yaml ./
COPY apps/api/package.json apps/api/
COPY apps/cli/package.json apps/cli/
COPY apps/web/package.json apps/web/
COPY apps/worker/package.json apps/worker/
COPY packages/contracts/package.json packages/contracts/
COPY packages/db/package.json packages/db/
COPY packages/domain/package.json packages/domain/
COPY packages/engine/package.json packages/engine/
COPY packages/jobs/package.json packages/jobs/
COPY packages/sdk/package.json packages/sdk/
COPY packages/testkit/package.json packages/testkit/

FROM pnpm AS build
RUN --mount=type=cache,target=/root/.local/share/pnpm pnpm install --frozen-lockfile
COPY . .
RUN node scripts/generate.ts && mkdir -p apps/web/public && cd apps/web && pnpm run build && rm -rf .next/cache

FROM pnpm AS run
RUN --mount=type=cache,target=/root/.local/share/pnpm pnpm install --frozen-lockfile --prod
COPY . .
COPY --from=build /app/packages/db/generated packages/db/generated
COPY --from=build /app/apps/web/.next apps/web/.next
COPY --from=build /app/apps/web/public apps/web/public
# files on their way in (imports) lie in /data, which web and worker share
RUN mkdir /data && chown node /data
ENV NODE_ENV=production HOST=0.0.0.0 PORT=3000 TIDELINE_DATA=/data
USER node
EXPOSE 3000
CMD ["node", "--heap-growing-percent=50", "apps/web/src/server.ts"]
