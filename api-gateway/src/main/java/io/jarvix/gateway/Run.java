package io.jarvix.gateway;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import io.quarkus.hibernate.orm.panache.PanacheQuery;
import io.quarkus.panache.common.Parameters;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.LockModeType;
import jakarta.persistence.Table;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.hibernate.LockOptions;
import org.hibernate.annotations.DynamicUpdate;
import org.jspecify.annotations.Nullable;

/// A run. Its counters and its state up to REPORTING are written by the ledger's transactions only
/// ([Tally]); what happens from then on is written here.
@Entity
@DynamicUpdate
@Table(name = "run")
@SuppressWarnings("NullAway.Init")
class Run extends PanacheEntityBase {

    @Id UUID id;

    String name;

    @Nullable UUID owner;

    @Enumerated(EnumType.STRING)
    RunState state;

    @Column(name = "end_state")
    @Enumerated(EnumType.STRING)
    @Nullable RunState endState;

    String language;

    @Column(name = "submitted_at")
    Instant submittedAt;

    @Column(name = "deadline_at")
    Instant deadlineAt;

    @Column(name = "started_at")
    @Nullable Instant startedAt;

    @Column(name = "closed_at")
    @Nullable Instant closedAt;

    @Column(name = "ended_at")
    @Nullable Instant endedAt;

    @Column(updatable = false)
    int submitted;

    @Column(updatable = false)
    int invalid;

    @Column(updatable = false)
    int duplicate;

    @Column(updatable = false)
    int pending;

    @Column(updatable = false)
    int dispatched;

    @Column(updatable = false)
    int scored;

    @Column(updatable = false)
    int failed;

    @Column(updatable = false)
    int blocked;

    @Column(updatable = false)
    int expired;

    @Column(updatable = false)
    int cancelled;

    @Column(updatable = false)
    double pace;

    @Column(name = "pace_from", updatable = false)
    @Nullable Instant paceFrom;

    @Column(name = "pace_done", updatable = false)
    int paceDone;

    @Column(name = "report_request_id")
    @Nullable UUID reportRequestId;

    @Column(name = "report_requested_at")
    @Nullable Instant reportRequestedAt;

    @Column(name = "report_attempts")
    int reportAttempts;

    /// The run whose failed lines this one tries again; absent where it is no retry.
    @Column(name = "retry_of", updatable = false)
    @Nullable UUID retryOf;

    /// Why the run cannot end, for a person.
    @Nullable String problem;

    static Run find(UUID id) {
        Run run = Run.findById(id);
        if (run == null) {
            throw Problem.runNotFound(id);
        }
        return run;
    }

    /// The newest first, from the one before `before`.
    static List<Run> page(
            @Nullable UUID before,
            @Nullable RunState state,
            @Nullable String name,
            @Nullable UUID owner,
            int limit) {
        StringBuilder where = new StringBuilder("1 = 1");
        Parameters parameters = new Parameters();
        if (before != null) {
            where.append(" and id < :before");
            parameters.and("before", before);
        }
        if (state != null) {
            where.append(" and state = :state");
            parameters.and("state", state);
        }
        if (name != null) {
            where.append(" and name = :name");
            parameters.and("name", name);
        }
        if (owner != null) {
            where.append(" and owner = :owner");
            parameters.and("owner", owner);
        }
        PanacheQuery<Run> query = Run.find(where + " order by id desc", parameters);
        return query.range(0, limit - 1).list();
    }

    /// A run that waits for its report to be asked for, the first time or again; locked. One that
    /// another gateway works on is passed over.
    static @Nullable Run nextToReport(Instant askedBefore) {
        List<Run> due =
                Run.<Run>find(
                                "state = ?1 and (reportRequestedAt is null or reportRequestedAt <= ?2) order by id",
                                RunState.REPORTING,
                                askedBefore)
                        .range(0, 0)
                        .withLock(LockModeType.PESSIMISTIC_WRITE)
                        .withHint("jakarta.persistence.lock.timeout", LockOptions.SKIP_LOCKED)
                        .list();
        return due.isEmpty() ? null : due.getFirst();
    }

    /// Ends the run that waits for this very report.
    ///
    /// @return whether it did; a second answer to a request changes nothing
    static boolean endReported(UUID id, UUID requestId, Instant now) {
        return Run.update(
                        "state = endState, endedAt = ?1, problem = null"
                                + " where id = ?2 and state = ?3 and reportRequestId = ?4",
                        now,
                        id,
                        RunState.REPORTING,
                        requestId)
                == 1;
    }

    /// How many lines are in each state; the counts add up to `submitted`.
    Map<LineState, Integer> counts() {
        Map<LineState, Integer> counts = new EnumMap<>(LineState.class);
        for (LineState line : LineState.values()) {
            counts.put(line, count(line));
        }
        return counts;
    }

    int count(LineState line) {
        return switch (line) {
            case INVALID -> invalid;
            case DUPLICATE -> duplicate;
            case PENDING -> pending;
            case DISPATCHED -> dispatched;
            case SCORED -> scored;
            case FAILED -> failed;
            case BLOCKED -> blocked;
            case EXPIRED -> expired;
            case CANCELLED -> cancelled;
        };
    }

    /// URLs per second: of the last seconds while the run goes on, of all its time afterwards.
    double urlsPerSecond(Instant now) {
        int done = scored + failed + blocked;
        if (closedAt != null && startedAt != null) {
            return rate(done, Duration.between(startedAt, closedAt));
        }
        if (paceFrom == null) {
            return 0;
        }
        Duration since = Duration.between(paceFrom, now);
        return pace == 0 || since.toSeconds() >= 4 ? rate(done - paceDone, since) : pace;
    }

    private static double rate(int count, Duration time) {
        return count * 1000.0 / Math.max(1, time.toMillis());
    }
}
