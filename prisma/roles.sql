-- What the run-time roles may touch. Applied after every migration; safe to repeat. The roles themselves
-- (NOSUPERUSER NOBYPASSRLS, passwords derived) are made by packages/db/src/migrate.ts.
GRANT USAGE ON SCHEMA public TO tideline_app, tideline_system;
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO tideline_app;

-- Partitions of raw events are reached through their parent only.
DO $$
DECLARE part regclass;
BEGIN
  FOR part IN SELECT inhrelid::regclass FROM pg_inherits WHERE inhparent = 'event'::regclass LOOP
    EXECUTE format('REVOKE ALL ON %s FROM tideline_app, tideline_system', part);
  END LOOP;
  IF to_regclass('_prisma_migrations') IS NOT NULL THEN
    REVOKE ALL ON _prisma_migrations FROM tideline_app;
    GRANT SELECT ON _prisma_migrations TO tideline_system; -- readiness: does the database have what the program expects
  END IF;
END $$;

-- Inside a workspace: its own row may change but not appear or go; people are read; the audit log only grows.
REVOKE INSERT, DELETE ON workspace FROM tideline_app;
REVOKE INSERT, UPDATE, DELETE ON app_user FROM tideline_app;
REVOKE UPDATE, DELETE ON audit_log FROM tideline_app;
REVOKE ALL ON password_reset, setup_link, sign_in_attempt FROM tideline_app;

GRANT SELECT, INSERT, UPDATE, DELETE ON workspace, app_user, membership, password_reset, setup_link, sign_in_attempt TO tideline_system;

-- After much history was written the planner's statistics are refreshed at once (write/statistics.ts).
GRANT MAINTAIN ON account, daily_usage, daily_revenue, account_day, rescore, monthly_revenue TO tideline_app;
