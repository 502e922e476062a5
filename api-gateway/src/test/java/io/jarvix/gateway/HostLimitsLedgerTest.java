package io.jarvix.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.jarvix.contracts.FetchFacts;
import io.jarvix.contracts.HostLimits;
import io.jarvix.contracts.HostLimits.DelayRule;
import io.jarvix.contracts.HostLimits.Pause;
import io.jarvix.contracts.HostLimits.PauseCause;
import io.jarvix.contracts.PageScore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// What a run waits for is what its results told last of their hosts.
class HostLimitsLedgerTest {

    private static final Instant AT = Instant.parse("2026-11-23T18:00:00Z");

    private final LedgerDatabase database = LedgerDatabase.empty();
    private final LedgerReader reader = new LedgerReader(database.source);

    @Test
    void eachHostKeepsWhatItsLastTellingResultSaidAndTheSlowestComesFirst() throws Exception {
        List<String> urls = new ArrayList<>();
        for (int i = 1; i <= 10; i++) {
            urls.add("https://%s.example/%d".formatted(i <= 4 ? "slow" : "fast", i));
        }
        UUID run = new SeriesLedger(database).open("waits", null, urls);
        assertThat(reader.waiting(run, 5)).extracting(HostWait::told).containsOnlyNulls();

        HostLimits first = new HostLimits(0, null, 4, null);
        HostLimits robots =
                new HostLimits(
                        10_000,
                        DelayRule.ROBOTS,
                        2,
                        new Pause(AT.plusSeconds(60), PauseCause.REFUSING));
        apply(result(run, 1, "slow", first), result(run, 2, "slow", robots));
        apply(result(run, 3, "slow", null), result(run, 5, "fast", first));

        assertThat(reader.waiting(run, 5))
                .containsExactly(
                        new HostWait("slow.example", 1, 0, robots),
                        new HostWait("fast.example", 5, 0, first));
        Views.RunView view = Views.RunView.of(run(run), reader.waiting(run, 5), AT);
        assertThat(view.waitingFor().getFirst())
                .startsWith("1 URL waits for slow.example: it asked to be left alone");
        assertThat(view.etaSeconds()).isNotNull().isGreaterThanOrEqualTo(10);
    }

    private Run run(UUID id) throws Exception {
        Run run = new Run();
        run.id = id;
        run.pending = Integer.parseInt(database.runColumn(id, "pending"));
        run.submittedAt = AT;
        run.deadlineAt = AT;
        return run;
    }

    private void apply(PageScore... results) throws Exception {
        database.transactions.run(
                connection -> new ResultLedger().apply(connection, List.of(results), AT));
    }

    private static PageScore result(
            UUID run, int ordinal, String host, @Nullable HostLimits limits) {
        String url = "https://%s.example/%d".formatted(host, ordinal);
        FetchFacts fetch =
                new FetchFacts(url, 0, AT, 200, 1, 12, "text/html", false, 4_000, limits);
        return new PageScore(run, ordinal, 1, url, "id" + ordinal, fetch, Pages.scored(50, url));
    }
}
