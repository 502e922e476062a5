package io.jarvix.pdf;

import static org.assertj.core.api.Assertions.assertThat;

import io.jarvix.contracts.ReportRequest;
import io.jarvix.contracts.ReportRequest.Coverage;
import io.jarvix.contracts.RunEnd;
import org.junit.jupiter.api.Test;

/// The finished PDF, read by another reader, says what the request says.
class ReportFactsTest {

    private static final ReportRenderer RENDERER = new ReportRenderer(1);

    @Test
    void theCoverageStatementNamesEveryStateAndAddsUp() throws Exception {
        Printed report =
                print(
                        Requests.builder("Cancelled early", "en")
                                .end(RunEnd.CANCELLED)
                                .coverage(
                                        new Coverage(
                                                12_345, 11, 222, 1_040, 320, 630, 7, 9_000, 1_115))
                                .scored(1_040, Requests::title)
                                .build());

        assertThat(report.text())
                .contains("The run was cancelled.")
                .contains("12,345 lines were submitted; each ended in exactly one of these states.")
                .contains("Read and scored 1,040 8.4 %")
                .contains("Could not be read 320 2.6 %")
                .contains("Not fetched, since a rule forbids it 630 5.1 %")
                .contains("Not a web address 11 0.1 %")
                .contains("Same page as an earlier line 222 1.8 %")
                .contains("Not reached in time 7 0.1 %")
                .contains("Cancelled before its turn 9,000 72.9 %")
                .contains("Still to come 1,115 9.0 %")
                .contains("Submitted 12,345 100 %")
                .contains("Time-out 160 50.0 %")
                .contains("Forbidden by robots.txt 315 50.0 %");
    }

    @Test
    void theSummaryIsMadeFromTheData() throws Exception {
        Printed report = print(Requests.of(1_000, "en"));

        assertThat(report.text())
                .contains("Of 1,000 submitted lines, 805 could be read and scored (80.5 %).")
                .contains("The mean score is 46.5 of 100")
                .contains("100 URLs could not be read. Most often: Time-out (50).")
                .contains("50 URLs were not fetched, since a rule forbids it.");
    }

    @Test
    void zeroSuccessesAreSaidPlainly() throws Exception {
        Printed report =
                print(
                        Requests.builder("Nothing reached", "en")
                                .coverage(new Coverage(500, 0, 0, 0, 500, 0, 0, 0, 0))
                                .build());

        assertThat(report.text())
                .contains("None of the 500 submitted lines gave a score.")
                .contains("500 URLs could not be read. Most often: Time-out (250).");
        assertThat(report.outline())
                .containsExactly("Executive summary", "Coverage", "Rules and versions");
    }

    @Test
    void everyChapterIsABookmarkAndEveryLinkIsDescribed() throws Exception {
        Printed report =
                print(
                        Requests.builder("With a trend", "en")
                                .coverage(new Coverage(12, 0, 0, 12, 0, 0, 0, 0, 0))
                                .scored(12, Requests::title)
                                .trend()
                                .build());

        assertThat(report.outline())
                .startsWith(
                        "Executive summary",
                        "Coverage",
                        "Score distribution",
                        "The 10 best pages",
                        "1. Lighting for workshops and garages – Lumen & Co.")
                .endsWith("Hosts", "Trend", "All scored pages", "Rules and versions");
        assertThat(report.undescribed()).isZero();
        assertThat(report.internalLinks()).isGreaterThanOrEqualTo(9);
        assertThat(report.uris())
                .hasSize(10 + 12 + 4)
                .allMatch(uri -> uri.startsWith("https://shop-"));
        assertThat(report.text())
                .contains("Since November 16, 2026 the mean score has risen by 7.0 points")
                .contains("New 12 14.6 %")
                .contains("50.5 76.5 +26.0");
    }

    @Test
    void aCardExplainsItsScoreTermByTerm() throws Exception {
        Printed report = print(Requests.of(100, "en"));

        assertThat(report.text())
                .contains("confidence 95.0 %")
                .contains("0.4 × 95 = 38")
                .contains("30 × 1 = 30")
                .contains("Buying intent: “request a quote”")
                .contains("5 points off the quality: The page has no meta description.")
                .contains("Contact the seller this week.");
    }

    @Test
    void theSpanishReportHasSpanishWordsAndNumbers() throws Exception {
        Printed report = print(Requests.of(20_000, "es"));

        assertThat(report.text())
                .contains("Resumen ejecutivo")
                .contains("De 20.000 líneas enviadas, 16.100 se pudieron leer y puntuar (80,5 %).")
                .contains("COMPRAR")
                .contains("Datos a 23 de noviembre de 2026")
                .doesNotContain("Executive summary");
    }

    @Test
    void theAppendixEndsAtItsLimitAndSaysSo() throws Exception {
        ReportRenderer short_ = new ReportRenderer(1, 25, java.util.Optional.empty());

        Printed report = Printed.of(short_.render(Requests.of(1_000, "en")).pdf());

        assertThat(report.text())
                .contains("25 pages are listed of 805 that were scored, best first.");
        assertThat(report.uris()).hasSize(10 + 25);
    }

    @Test
    void theOnePageReportIsOnePageWithTenRows() throws Exception {
        Printed report =
                Printed.of(RENDERER.render(Requests.of(1_000, "en"), ReportForm.ONE_PAGE).pdf());

        assertThat(report.pages()).isEqualTo(1);
        assertThat(report.uris()).hasSize(10);
        assertThat(report.text()).contains("1,000 805 46.5 92.9");
    }

    private static Printed print(ReportRequest request) throws Exception {
        return Printed.of(RENDERER.render(request).pdf());
    }
}
