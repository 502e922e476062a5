package io.jarvix.pdf;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the templates see of a request: printable text, written numbers, checked links, and the
/// plain numbers that their sentences choose words by. Every name here may be used in a template.
record ReportView(
        String language,
        String runId,
        String title,
        String shortTitle,
        String status,
        String submittedAt,
        String asOf,
        Coverage coverage,
        List<Share> failures,
        List<Share> blocks,
        List<ActionRow> actions,
        @Nullable Statistics statistics,
        Histogram histogram,
        List<Card> top,
        List<Host> hosts,
        int hostsTotal,
        @Nullable Trend trend,
        List<Row> appendix,
        int appendixTotal,
        List<Share> rules,
        List<Version> versions) {

    /// A count with its name, its part of the whole as text and, for a bar, as a number 0 to 100.
    record Share(String key, String name, int count, String number, String percent, String width) {}

    /// @param outcomes all states that a line can end in, also those that nothing ended in
    /// @param chart the outcomes' counts, as the share chart takes them
    record Coverage(
            int submitted,
            int scored,
            int failed,
            int blocked,
            int unfinished,
            int open,
            int cancelled,
            int expired,
            int notPages,
            String scoredPercent,
            List<Share> outcomes,
            String chart,
            String chartText) {}

    record ActionRow(String action, String label, String meaning, Share share) {}

    record Statistics(
            String mean,
            String median,
            String lowest,
            String highest,
            String bytes,
            String fetch) {}

    record Histogram(int scored, List<Share> bins, String chart, String chartText) {}

    /// @param href an absolute http or https URL; absent where the text is none
    record Link(String text, @Nullable String href) {}

    record Card(
            String id,
            int rank,
            String title,
            String shortTitle,
            Link link,
            String score,
            String exact,
            String action,
            String label,
            String confidence,
            String reason,
            String nextStep,
            @Nullable String language,
            String facts,
            @Nullable String distance,
            List<Term> terms,
            List<Detail> deductions,
            List<Detail> defects,
            List<Phrase> evidence) {}

    record Term(String name, String input, String weight, String points) {}

    record Detail(String name, String points, String why) {}

    record Phrase(String kind, String phrase, String snippet) {}

    record Host(
            String host, String urls, String scored, String failed, String blocked, String mean) {}

    record Trend(
            String previousAt,
            String meanBefore,
            String meanNow,
            String difference,
            int direction,
            int appeared,
            int gone,
            int improved,
            int declined,
            int stable,
            List<Share> groups,
            List<Change> changes) {}

    record Change(Link link, String before, String now, String difference) {}

    record Row(
            String ordinal, String title, Link link, String score, String action, String label) {}

    record Version(String name, String version) {}
}
