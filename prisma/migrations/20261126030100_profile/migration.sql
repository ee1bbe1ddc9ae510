-- The profile of the health model that judged an account; null: the model itself.
ALTER TABLE "score" ADD COLUMN "profile" TEXT;
ALTER TABLE "score_history" ADD COLUMN "profile" TEXT;
