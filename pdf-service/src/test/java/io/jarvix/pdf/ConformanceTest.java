package io.jarvix.pdf;

import static org.assertj.core.api.Assertions.assertThat;

import io.jarvix.contracts.ReportRequest;
import java.io.ByteArrayInputStream;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.PDFAValidator;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;

/// veraPDF, the validator of the PDF Association, finds nothing wrong with any report: PDF/A-2a
/// (ISO 19005-2) and PDF/UA-1 (ISO 14289-1).
class ConformanceTest {

    private static final ReportRenderer RENDERER = new ReportRenderer(1);

    @BeforeAll
    static void useVeraPdfsOwnParser() {
        VeraGreenfieldFoundryProvider.initialise();
    }

    @TestFactory
    Stream<DynamicTest> everyReportConforms() {
        return Variety.all().entrySet().stream()
                .map(
                        entry ->
                                DynamicTest.dynamicTest(
                                        entry.getKey(), () -> assertConforms(entry.getValue())));
    }

    @Test
    void theOnePageReportConforms() throws Exception {
        byte[] pdf =
                RENDERER.render(Requests.titled(Variety.ALL_SCRIPTS), ReportForm.ONE_PAGE).pdf();

        assertThat(breaches(pdf, PDFAFlavour.PDFA_2_A)).isEmpty();
        assertThat(breaches(pdf, PDFAFlavour.PDFUA_1)).isEmpty();
    }

    private static void assertConforms(ReportRequest request) throws Exception {
        byte[] pdf = RENDERER.render(request).pdf();

        assertThat(breaches(pdf, PDFAFlavour.PDFA_2_A)).isEmpty();
        assertThat(breaches(pdf, PDFAFlavour.PDFUA_1)).isEmpty();
    }

    private static List<String> breaches(byte[] pdf, PDFAFlavour flavour) throws Exception {
        try (PDFAParser parser =
                        Foundries.defaultInstance()
                                .createParser(new ByteArrayInputStream(pdf), flavour);
                PDFAValidator validator =
                        Foundries.defaultInstance().createValidator(flavour, false)) {
            return validator.validate(parser).getTestAssertions().stream()
                    .filter(assertion -> assertion.getStatus() == TestAssertion.Status.FAILED)
                    .map(
                            assertion ->
                                    assertion.getRuleId().getClause()
                                            + " "
                                            + assertion.getMessage()
                                            + " at "
                                            + assertion.getLocation().getContext())
                    .distinct()
                    .limit(20)
                    .toList();
        }
    }
}
