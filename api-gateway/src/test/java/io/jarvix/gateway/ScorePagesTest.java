package io.jarvix.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.jarvix.contracts.PageScore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ScorePagesTest {

    private static final LedgerReader.ScoreFilter ALL =
            new LedgerReader.ScoreFilter(null, null, null, 0);

    private final LedgerDatabase database = LedgerDatabase.empty();
    private final SeriesLedger series = new SeriesLedger(database);
    private final LedgerReader ledger = new LedgerReader(database.source);

    /// Results that come between two pages, better and worse ones, move no row to another page.
    @Test
    void whoReadsByThePageSeesEachRowOnceWhileTheRunGoesOn() throws Exception {
        List<String> urls =
                IntStream.rangeClosed(1, 60).mapToObj(i -> "https://pages.example/" + i).toList();
        UUID run = series.open("pages", null, urls);
        scored(run, urls, 1, 20);

        List<Integer> seen = new ArrayList<>();
        Cursor cursor = null;
        for (int page = 0; ; page++) {
            List<PageScore> rows = ledger.scores(run, ALL, cursor, 5);
            rows.forEach(row -> seen.add(row.ordinal()));
            if (rows.size() < 5) {
                break;
            }
            cursor = Views.ScoreRow.of(rows.getLast()).cursor();
            if (page < 4) {
                scored(run, urls, 21 + page * 10, 30 + page * 10);
            }
        }

        assertThat(seen)
                .doesNotHaveDuplicates()
                .containsAll(IntStream.rangeClosed(1, 20).boxed().toList());
        assertThat(seen.stream().map(ScorePagesTest::value))
                .isSortedAccordingTo((a, b) -> Double.compare(b, a));
    }

    @Test
    void theLastPageHasNoCursorThoughItIsFull() {
        Views.Page<Integer> full = page(List.of(1, 2, 3), 3);
        Views.Page<Integer> more = page(List.of(1, 2, 3, 4), 3);

        assertThat(full.nextCursor()).isNull();
        assertThat(more.items()).containsExactly(1, 2, 3);
        assertThat(more.nextCursor()).isEqualTo(Cursor.of(3).encode());
        assertThat(page(List.of(), 3).nextCursor()).isNull();
    }

    private static Views.Page<Integer> page(List<Integer> rows, int limit) {
        return Views.Page.of(rows, limit, row -> Cursor.of(row), row -> row);
    }

    private void scored(UUID run, List<String> urls, int first, int last) throws Exception {
        List<PageScore> scores = new ArrayList<>();
        for (int ordinal = first; ordinal <= last; ordinal++) {
            String url = urls.get(ordinal - 1);
            scores.add(
                    new PageScore(
                            run,
                            ordinal,
                            1,
                            url,
                            "id" + ordinal,
                            Pages.fetched(url, 200),
                            Pages.scored(value(ordinal), url)));
        }
        database.transactions.run(
                connection -> new ResultLedger().apply(connection, scores, Instant.EPOCH));
    }

    private static double value(int ordinal) {
        return ordinal * 37 % 101;
    }
}
