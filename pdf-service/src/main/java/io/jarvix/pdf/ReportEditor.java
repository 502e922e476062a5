package io.jarvix.pdf;

import io.jarvix.contracts.Action;
import io.jarvix.contracts.Pure;
import io.jarvix.contracts.ReportRequest;
import io.jarvix.contracts.ReportRequest.Count;
import io.jarvix.contracts.Score;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Edits a request into what the templates print. It rounds, names and cuts; it counts nothing.
/// One instance per report.
@Pure
final class ReportEditor {

    private static final int NAME = 140;
    private static final int SHORT_NAME = 60;
    private static final int TITLE = 200;
    private static final int SENTENCE = 400;
    private static final int SNIPPET = 240;
    private static final int WORD = 80;
    private static final int CARD_URL = 160;
    private static final int ROW_TITLE = 90;
    private static final int ROW_URL = 90;
    private static final int HREF = 2_000;
    private static final int DETAILS = 8;
    private static final int LIST = 40;
    private static final Pattern LANGUAGE = Pattern.compile("[a-z]{2,3}");

    private final Messages messages;
    private final PrintableText text;
    private final int appendixRows;

    ReportEditor(Messages messages, PrintableText text, int appendixRows) {
        this.messages = messages;
        this.text = text;
        this.appendixRows = appendixRows;
    }

    ReportView edit(ReportRequest request) {
        String title = text.of(request.name(), NAME);
        return new ReportView(
                messages.language(),
                request.runId().toString(),
                title.isEmpty() ? messages.text("untitled") : title,
                text.of(request.name(), SHORT_NAME),
                messages.nameOf("end", request.end().name()),
                messages.dateAndTime(request.submittedAt()),
                messages.dateAndTime(request.asOf()),
                coverage(request.coverage()),
                shares("failure", request.failures()),
                shares("block", request.blocks()),
                actions(request.actions()),
                statistics(request.statistics()),
                histogram(request.histogram()),
                request.top().stream().limit(LIST).map(this::card).toList(),
                request.hosts().stream().limit(LIST).map(this::host).toList(),
                request.hostsTotal(),
                trend(request),
                request.appendix().stream().limit(appendixRows).map(this::row).toList(),
                request.appendixTotal(),
                shares("rule", request.rules()),
                request.versions().entrySet().stream()
                        .limit(LIST)
                        .map(
                                entry ->
                                        new ReportView.Version(
                                                text.of(entry.getKey(), WORD),
                                                text.of(entry.getValue(), WORD)))
                        .toList());
    }

    private ReportView.Coverage coverage(ReportRequest.Coverage coverage) {
        List<Count> outcomes =
                List.of(
                        new Count("SCORED", coverage.scored()),
                        new Count("FAILED", coverage.failed()),
                        new Count("BLOCKED", coverage.blocked()),
                        new Count("INVALID", coverage.invalid()),
                        new Count("DUPLICATE", coverage.duplicate()),
                        new Count("EXPIRED", coverage.expired()),
                        new Count("CANCELLED", coverage.cancelled()),
                        new Count("OPEN", coverage.open()));
        List<ReportView.Share> shares =
                outcomes.stream()
                        .map(count -> share("outcome", count, coverage.submitted()))
                        .toList();
        return new ReportView.Coverage(
                coverage.submitted(),
                coverage.scored(),
                coverage.failed(),
                coverage.blocked(),
                coverage.expired() + coverage.cancelled() + coverage.open(),
                coverage.open(),
                coverage.cancelled(),
                coverage.expired(),
                coverage.invalid() + coverage.duplicate(),
                messages.percent(coverage.scored(), coverage.submitted()),
                shares,
                values(outcomes.stream().map(Count::count).toList()),
                inWords(shares));
    }

    private List<ReportView.Share> shares(String prefix, List<Count> counts) {
        long whole = counts.stream().mapToLong(Count::count).sum();
        return counts.stream().limit(LIST).map(count -> share(prefix, count, whole)).toList();
    }

    private ReportView.Share share(String prefix, Count count, long whole) {
        return new ReportView.Share(
                count.name(),
                text.of(messages.nameOf(prefix, count.name()), WORD),
                count.count(),
                messages.integer(count.count()),
                messages.percent(count.count(), whole),
                String.format(Locale.ROOT, "%.2f", whole == 0 ? 0 : 100.0 * count.count() / whole));
    }

    private List<ReportView.ActionRow> actions(List<Count> counts) {
        long whole = counts.stream().mapToLong(Count::count).sum();
        return counts.stream()
                .limit(LIST)
                .map(
                        count ->
                                new ReportView.ActionRow(
                                        text.of(count.name(), WORD),
                                        text.of(messages.nameOf("action", count.name()), WORD),
                                        messages.nameOf("action_meaning", count.name()),
                                        share("action", count, whole)))
                .toList();
    }

    private ReportView.@Nullable Statistics statistics(
            ReportRequest.@Nullable Statistics statistics) {
        if (statistics == null) {
            return null;
        }
        return new ReportView.Statistics(
                messages.tenths(statistics.mean()),
                messages.tenths(statistics.median()),
                messages.tenths(statistics.lowest()),
                messages.tenths(statistics.highest()),
                messages.bytes(statistics.bytes()),
                messages.text("milliseconds", statistics.fetchMedianMillis()));
    }

    private ReportView.Histogram histogram(List<Integer> counts) {
        long scored = counts.stream().mapToLong(Integer::longValue).sum();
        List<ReportView.Share> bins =
                IntStream.range(0, counts.size())
                        .mapToObj(
                                i ->
                                        share(
                                                "bin",
                                                new Count(binName(i, counts.size()), counts.get(i)),
                                                scored))
                        .toList();
        return new ReportView.Histogram((int) scored, bins, values(counts), inWords(bins));
    }

    private static String binName(int bin, int bins) {
        int width = 100 / bins;
        return bin * width + "–" + (bin + 1 == bins ? "100" : "<" + (bin + 1) * width);
    }

    private ReportView.Card card(ReportRequest.RankedPage page) {
        Score score = page.score();
        String title = text.of(page.title(), TITLE);
        return new ReportView.Card(
                "page-" + page.rank(),
                page.rank(),
                title.isEmpty() ? messages.text("page_untitled") : title,
                title.isEmpty() ? messages.text("page_untitled") : text.of(title, SHORT_NAME),
                link(page.url(), CARD_URL),
                messages.tenths(score.value()),
                messages.exact(score.value()),
                score.action().name(),
                messages.nameOf("action", score.action().name()),
                messages.percent(Math.round(score.confidence() * 1000), 1000),
                text.of(score.reason(), SENTENCE),
                text.of(score.nextStep(), SENTENCE),
                LANGUAGE.matcher(page.language()).matches() ? page.language() : null,
                facts(page),
                score.toNextAction() > 0 ? messages.tenths(score.toNextAction()) : null,
                score.terms().stream().limit(DETAILS).map(this::term).toList(),
                score.deductions().stream()
                        .limit(DETAILS)
                        .map(
                                deduction ->
                                        new ReportView.Detail(
                                                text.of(deduction.rule(), WORD),
                                                messages.exact(deduction.points()),
                                                text.of(deduction.why(), SNIPPET)))
                        .toList(),
                score.defects().stream()
                        .limit(DETAILS)
                        .map(
                                defect ->
                                        new ReportView.Detail(
                                                text.of(defect.name(), WORD),
                                                "",
                                                text.of(defect.why(), SNIPPET)))
                        .toList(),
                score.evidence().stream()
                        .limit(DETAILS)
                        .map(
                                evidence ->
                                        new ReportView.Phrase(
                                                messages.nameOf(
                                                        "evidence", text.of(evidence.kind(), WORD)),
                                                text.of(evidence.phrase(), WORD),
                                                text.of(evidence.snippet(), SNIPPET)))
                        .toList());
    }

    private String facts(ReportRequest.RankedPage page) {
        List<String> facts = new ArrayList<>();
        if (LANGUAGE.matcher(page.language()).matches()) {
            facts.add(
                    text.of(
                            Locale.of(page.language()).getDisplayLanguage(messages.locale()),
                            WORD));
        }
        page.platforms().stream()
                .limit(DETAILS)
                .map(name -> text.of(name, WORD))
                .forEach(facts::add);
        return String.join(" · ", facts);
    }

    private ReportView.Term term(Score.ScoreTerm term) {
        return new ReportView.Term(
                text.of(messages.nameOf("term", term.name()), WORD),
                messages.exact(term.input()),
                messages.exact(term.weight()),
                messages.exact(term.points()));
    }

    private ReportView.Host host(ReportRequest.HostRow host) {
        return new ReportView.Host(
                text.of(host.host(), WORD),
                messages.integer(host.urls()),
                messages.integer(host.scored()),
                messages.integer(host.failed()),
                messages.integer(host.blocked()),
                score(host.meanScore()));
    }

    private ReportView.@Nullable Trend trend(ReportRequest request) {
        ReportRequest.Trend trend = request.trend();
        if (trend == null) {
            return null;
        }
        ReportRequest.Statistics now = request.statistics();
        double difference = now == null ? 0 : now.mean() - trend.meanBefore();
        List<Count> groups =
                List.of(
                        new Count("APPEARED", trend.appeared()),
                        new Count("IMPROVED", trend.improved()),
                        new Count("STABLE", trend.stable()),
                        new Count("DECLINED", trend.declined()),
                        new Count("GONE", trend.gone()));
        return new ReportView.Trend(
                messages.date(trend.previousAt()),
                messages.tenths(trend.meanBefore()),
                score(now == null ? null : now.mean()),
                messages.tenths(Math.abs(difference)),
                (int) Math.signum(Math.rint(difference * 10)),
                trend.appeared(),
                trend.gone(),
                trend.improved(),
                trend.declined(),
                trend.stable(),
                shares("change", groups),
                trend.changes().stream().limit(LIST).map(this::change).toList());
    }

    private ReportView.Change change(ReportRequest.Change change) {
        Double before = change.before();
        Double now = change.now();
        String difference = "";
        if (before != null && now != null) {
            difference = messages.signedTenths(now - before);
        }
        return new ReportView.Change(
                link(change.url(), ROW_URL), score(before), score(now), difference);
    }

    private ReportView.Row row(ReportRequest.ScoredUrl page) {
        @Nullable Action action = page.action();
        String name = action == null ? "" : action.name();
        return new ReportView.Row(
                messages.integer(page.ordinal()),
                text.of(page.title(), ROW_TITLE),
                link(page.url(), ROW_URL),
                messages.tenths(page.score()),
                name,
                messages.nameOf("action", name));
    }

    private String score(@Nullable Double score) {
        return score == null ? "–" : messages.tenths(score);
    }

    private ReportView.Link link(@Nullable String url, int limit) {
        return new ReportView.Link(text.of(url, limit), href(url));
    }

    /// The URL where a viewer may safely open it: absolute, http or https, of sane length.
    private static @Nullable String href(@Nullable String url) {
        try {
            URI uri = url != null && url.length() <= HREF ? new URI(url) : null;
            if (uri == null || uri.getRawAuthority() == null || uri.getScheme() == null) {
                return null;
            }
            return switch (uri.getScheme().toLowerCase(Locale.ROOT)) {
                case "http", "https" -> uri.toASCIIString();
                default -> null;
            };
        } catch (URISyntaxException e) {
            return null;
        }
    }

    private static String values(List<Integer> counts) {
        return counts.stream().map(String::valueOf).collect(Collectors.joining(" "));
    }

    private static String inWords(List<ReportView.Share> shares) {
        return shares.stream()
                .filter(share -> share.count() > 0)
                .map(share -> share.name() + ": " + share.number() + " (" + share.percent() + ")")
                .collect(Collectors.joining("; "));
    }
}
