package io.jarvix.gateway;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.LockModeType;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.hibernate.LockOptions;
import org.jspecify.annotations.Nullable;

/// A message that was committed with the change that it tells of, and is yet to be sent.
@Entity
@Table(name = "outbox")
@SuppressWarnings("NullAway.Init")
class OutboxMessage extends PanacheEntityBase {

    enum Kind {
        PDF_REQUEST,
        WEBHOOK
    }

    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    @Nullable Long id;

    @Enumerated(EnumType.STRING)
    Kind kind;

    @Column(name = "run_id")
    UUID runId;

    byte[] payload;

    @Column(name = "created_at")
    Instant createdAt;

    @Column(name = "due_at")
    Instant dueAt;

    int attempts;

    @Nullable String error;

    /// Puts a message into the outbox, as part of the caller's transaction.
    static void put(Kind kind, UUID run, byte[] payload, Instant now) {
        OutboxMessage message = new OutboxMessage();
        message.kind = kind;
        message.runId = run;
        message.payload = payload;
        message.createdAt = now;
        message.dueAt = now;
        message.persist();
    }

    /// The message of this kind that is due the longest, locked; one that another gateway works on
    /// is passed over.
    static @Nullable OutboxMessage nextDue(Kind kind, Instant now) {
        List<OutboxMessage> due =
                OutboxMessage.<OutboxMessage>find(
                                "kind = ?1 and dueAt <= ?2 order by dueAt, id", kind, now)
                        .range(0, 0)
                        .withLock(LockModeType.PESSIMISTIC_WRITE)
                        .withHint("jakarta.persistence.lock.timeout", LockOptions.SKIP_LOCKED)
                        .list();
        return due.isEmpty() ? null : due.getFirst();
    }
}
