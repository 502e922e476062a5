package io.jarvix.gateway;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A run's printed report, or the reason why there is none.
@Entity
@Table(name = "report")
@SuppressWarnings("NullAway.Init")
class Report extends PanacheEntityBase {

    @Id
    @Column(name = "run_id")
    UUID runId;

    @Column(name = "request_id")
    UUID requestId;

    byte @Nullable [] pdf;

    @Nullable Integer pages;

    @Nullable String sha256;

    @Nullable String error;

    @Column(name = "created_at")
    Instant createdAt;

    static @Nullable Report of(UUID run) {
        return Report.findById(run);
    }

    /// Puts the report in the place of an earlier one.
    static void replace(Report report) {
        Report.deleteById(report.runId);
        Report.flush();
        report.persist();
    }
}
