package io.jarvix.pdf;

import com.openhtmltopdf.extend.FSCacheEx;
import com.openhtmltopdf.extend.FSCacheValue;
import com.openhtmltopdf.outputdevice.helper.BaseRendererBuilder.FontStyle;
import com.openhtmltopdf.outputdevice.helper.ExternalResourceControlPriority;
import com.openhtmltopdf.pdfboxout.PDFontSupplier;
import com.openhtmltopdf.pdfboxout.PdfBoxRawPDFontMetrics;
import com.openhtmltopdf.pdfboxout.PdfBoxRenderer;
import com.openhtmltopdf.pdfboxout.PdfRendererBuilder;
import com.openhtmltopdf.pdfboxout.PdfRendererBuilder.CacheStore;
import com.openhtmltopdf.pdfboxout.PdfRendererBuilder.PdfAConformance;
import com.openhtmltopdf.util.XRLog;
import java.awt.color.ColorSpace;
import java.awt.color.ICC_Profile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.logging.Level;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.apache.fontbox.ttf.TrueTypeFont;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.font.PDFont;
import org.apache.pdfbox.pdmodel.font.PDType0Font;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/// Prints a [Manuscript] as tagged PDF/A-2a and PDF/UA-1. It keeps its parsed typefaces and its
/// parser from one print to the next, which is most of the cost of a short report; therefore one
/// thread at a time.
final class Press {

    private static final byte[] SRGB = ICC_Profile.getInstance(ColorSpace.CS_sRGB).getData();
    private static final SharedMetrics METRICS = new SharedMetrics(metricsOf(Typeface.SANS));

    static {
        XRLog.listRegisteredLoggers().forEach(logger -> XRLog.setLevel(logger, Level.SEVERE));
    }

    private final Map<Typeface, TrueTypeFont> typefaces = new EnumMap<>(Typeface.class);
    private final DocumentBuilder parser = parser();
    private final Charts charts = new Charts();

    /// The PDF's bytes and its number of pages. The same manuscript gives the same bytes.
    Print print(Manuscript manuscript) throws IOException {
        try (PDDocument document = new PDDocument()) {
            typeset(manuscript, document);
            Imprint.on(document, manuscript);
            ByteArrayOutputStream out = new ByteArrayOutputStream(64 * 1024);
            document.save(out);
            return new Print(out.toByteArray(), document.getNumberOfPages());
        }
    }

    record Print(byte[] pdf, int pages) {}

    private void typeset(Manuscript manuscript, PDDocument document) throws IOException {
        PdfRendererBuilder builder =
                new PdfRendererBuilder()
                        .usePDDocument(document)
                        .usePdfAConformance(PdfAConformance.PDFA_2_A)
                        .usePdfUaAccessibility(true)
                        .useColorProfile(SRGB)
                        .useCacheStore(CacheStore.PDF_FONT_METRICS, METRICS)
                        .useObjectDrawerFactory(charts)
                        .useExternalResourceAccessControl(
                                (uri, type) -> false,
                                ExternalResourceControlPriority.RUN_BEFORE_RESOLVING_URI)
                        .withProducer(Imprint.PRODUCER)
                        .withW3cDocument(parse(manuscript.xhtml()), null);
        if (manuscript.rightToLeft()) {
            builder.useUnicodeBidiSplitter(BidiRuns::new)
                    .useUnicodeBidiReorderer(new BidiRuns.Reorderer());
        }
        for (Typeface typeface : manuscript.typefaces()) {
            builder.useFont(
                    new FontOf(typeface, document),
                    typeface.family(),
                    typeface.weight(),
                    FontStyle.NORMAL,
                    true);
        }
        try (PdfBoxRenderer renderer = builder.buildPdfRenderer()) {
            renderer.createPDFWithoutClosing();
        }
    }

    private Document parse(String xhtml) throws IOException {
        try {
            return parser.parse(new InputSource(new StringReader(xhtml)));
        } catch (SAXException e) {
            throw new IOException("The template does not give well-formed XHTML: " + e, e);
        }
    }

    private static DocumentBuilder parser() {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newDefaultInstance();
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            factory.setNamespaceAware(true);
            return factory.newDocumentBuilder();
        } catch (ParserConfigurationException e) {
            throw new IllegalStateException("the platform has no XML parser", e);
        }
    }

    /// Gives a document its own font of a typeface that was parsed once.
    private final class FontOf extends PDFontSupplier {

        private final Typeface typeface;
        private final PDDocument document;

        private FontOf(Typeface typeface, PDDocument document) {
            super(null);
            this.typeface = typeface;
            this.document = document;
        }

        @Override
        public PDFont supply() {
            try {
                TrueTypeFont parsed = typefaces.computeIfAbsent(typeface, Typeface::parse);
                return PDType0Font.load(document, parsed, true);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private static PdfBoxRawPDFontMetrics metricsOf(Typeface typeface) {
        try (TrueTypeFont parsed = typeface.parse();
                PDDocument document = new PDDocument()) {
            PDFont font = PDType0Font.load(document, parsed, true);
            return PdfBoxRawPDFontMetrics.fromPdfBox(font, font.getFontDescriptor());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Gives all typefaces the same ascent and descent. The layout takes the largest of all
    /// typefaces of a report, so that one Arabic title would otherwise make every line's boxes
    /// and bullets higher.
    private record SharedMetrics(PdfBoxRawPDFontMetrics metrics)
            implements FSCacheEx<String, FSCacheValue> {

        @Override
        public void put(String key, FSCacheValue value) {}

        @Override
        public FSCacheValue get(String key) {
            return metrics;
        }

        @Override
        public FSCacheValue get(String key, Callable<? extends FSCacheValue> loader) {
            return metrics;
        }
    }
}
