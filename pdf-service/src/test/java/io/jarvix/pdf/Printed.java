package io.jarvix.pdf;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.interactive.action.PDActionURI;
import org.apache.pdfbox.pdmodel.interactive.annotation.PDAnnotation;
import org.apache.pdfbox.pdmodel.interactive.annotation.PDAnnotationLink;
import org.apache.pdfbox.pdmodel.interactive.documentnavigation.outline.PDOutlineItem;
import org.apache.pdfbox.text.PDFTextStripper;
import org.apache.pdfbox.text.TextPosition;

/// A finished PDF as a reader of it finds it.
///
/// @param text all text in compatibility form, white space folded
/// @param outline the titles of all bookmarks
/// @param uris the targets of all links to the web
/// @param undescribed links without a description
/// @param outside glyphs that are not wholly on their page
/// @param withoutGlyph characters that show as an empty box
record Printed(
        int pages,
        String text,
        List<String> outline,
        List<String> uris,
        int internalLinks,
        int undescribed,
        List<String> outside,
        int withoutGlyph) {

    static Printed of(byte[] pdf) {
        try (PDDocument document = Loader.loadPDF(pdf)) {
            Glyphs glyphs = new Glyphs();
            String text = glyphs.getText(document);
            List<String> uris = new ArrayList<>();
            int internal = 0;
            int undescribed = 0;
            for (PDPage page : document.getPages()) {
                for (PDAnnotation annotation : page.getAnnotations()) {
                    PDAnnotationLink link = (PDAnnotationLink) annotation;
                    if (link.getAction() instanceof PDActionURI uri) {
                        uris.add(uri.getURI());
                    } else {
                        internal++;
                    }
                    String contents = link.getContents();
                    undescribed += contents == null || contents.isBlank() ? 1 : 0;
                }
            }
            return new Printed(
                    document.getNumberOfPages(),
                    folded(text),
                    outline(document),
                    uris,
                    internal,
                    undescribed,
                    glyphs.outside,
                    glyphs.withoutGlyph);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String folded(String text) {
        return Normalizer.normalize(text, Normalizer.Form.NFKC).replaceAll("\\s+", " ").strip();
    }

    private static List<String> outline(PDDocument document) {
        List<String> titles = new ArrayList<>();
        if (document.getDocumentCatalog().getDocumentOutline() != null) {
            for (PDOutlineItem item :
                    document.getDocumentCatalog().getDocumentOutline().children()) {
                titles.add(item.getTitle());
                item.children().forEach(child -> titles.add(child.getTitle()));
            }
        }
        return titles;
    }

    private static final class Glyphs extends PDFTextStripper {

        private final List<String> outside = new ArrayList<>();
        private int withoutGlyph;

        @Override
        protected void processTextPosition(TextPosition text) {
            PDRectangle page = getCurrentPage().getMediaBox();
            if (text.getX() < 0
                    || text.getX() + text.getWidth() > page.getWidth()
                    || text.getY() < 0
                    || text.getY() > page.getHeight()) {
                outside.add(text + " at " + text.getX() + " " + text.getY());
            }
            for (int code : text.getCharacterCodes()) {
                withoutGlyph += code == 0 ? 1 : 0;
            }
            super.processTextPosition(text);
        }
    }
}
