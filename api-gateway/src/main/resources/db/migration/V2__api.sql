-- The same key of the same owner names the same submission.
ALTER TABLE run ADD COLUMN idempotency_key text;
ALTER TABLE run ADD COLUMN body_sha256 text;
CREATE UNIQUE INDEX run_idempotency
    ON run (coalesce(owner, '00000000-0000-0000-0000-000000000000'::uuid), idempotency_key)
    WHERE idempotency_key IS NOT NULL;

-- Who may call. The key itself is not kept: a random key of 256 bits needs no slow hash.
CREATE TABLE api_key (
    id         uuid PRIMARY KEY,
    name       text NOT NULL,
    role       text NOT NULL CHECK (role IN ('READ', 'SUBMIT', 'ADMIN')),
    sha256     text NOT NULL UNIQUE,
    created_at timestamptz NOT NULL,
    revoked_at timestamptz
);
