package io.jarvix.pdf;

import com.openhtmltopdf.css.parser.FSRGBColor;
import com.openhtmltopdf.extend.FSObjectDrawer;
import com.openhtmltopdf.extend.FSObjectDrawerFactory;
import com.openhtmltopdf.extend.OutputDevice;
import com.openhtmltopdf.render.RenderingContext;
import java.awt.Shape;
import java.awt.geom.Rectangle2D;
import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Element;

/// Draws `<object type="chart/columns">` and `<object type="chart/share">` as filled vector
/// shapes. Their `data-values` are numbers and their `data-colors` are CSS hex colours, both
/// separated by blanks; the text alternative is the element's `alt`. Labels are the template's.
final class Charts implements FSObjectDrawerFactory {

    private static final double COLUMN_SHARE = 0.72;

    @Override
    public boolean isReplacedObject(Element element) {
        return element.getAttribute("type").startsWith("chart/");
    }

    @Override
    public @Nullable FSObjectDrawer createDrawer(Element element) {
        return switch (element.getAttribute("type")) {
            case "chart/columns" -> Charts::drawColumns;
            case "chart/share" -> Charts::drawShare;
            default -> null;
        };
    }

    /// One column per value, the highest as high as the box, over a base line.
    private static @Nullable Map<Shape, String> drawColumns(
            Element element,
            double x,
            double y,
            double width,
            double height,
            OutputDevice device,
            RenderingContext context,
            int dotsPerPixel) {
        double[] values = values(element);
        double highest = Arrays.stream(values).max().orElse(0);
        double step = width / Math.max(1, values.length);
        device.setColor(color(element, 0));
        for (int i = 0; i < values.length && highest > 0; i++) {
            double column = height * values[i] / highest;
            double left = x + step * i + step * (1 - COLUMN_SHARE) / 2;
            device.fill(
                    new Rectangle2D.Double(left, y + height - column, step * COLUMN_SHARE, column));
        }
        device.setColor(color(element, 1));
        device.fill(new Rectangle2D.Double(x, y + height - dotsPerPixel, width, dotsPerPixel));
        return null;
    }

    /// One bar over the whole width, divided in the proportion of the values.
    private static @Nullable Map<Shape, String> drawShare(
            Element element,
            double x,
            double y,
            double width,
            double height,
            OutputDevice device,
            RenderingContext context,
            int dotsPerPixel) {
        double[] values = values(element);
        double sum = Arrays.stream(values).sum();
        double left = x;
        for (int i = 0; i < values.length && sum > 0; i++) {
            double part = width * values[i] / sum;
            if (part > 0) {
                double gap = left + part < x + width - dotsPerPixel ? dotsPerPixel : 0;
                device.setColor(color(element, i));
                device.fill(
                        new Rectangle2D.Double(left, y, Math.max(part - gap, part / 2), height));
            }
            left += part;
        }
        return null;
    }

    private static double[] values(Element element) {
        return Arrays.stream(element.getAttribute("data-values").strip().split("\\s+"))
                .filter(word -> !word.isEmpty())
                .mapToDouble(Double::parseDouble)
                .toArray();
    }

    private static FSRGBColor color(Element element, int index) {
        String[] colors = element.getAttribute("data-colors").strip().split("\\s+");
        int rgb = Integer.parseInt(colors[index % colors.length].substring(1), 16);
        return new FSRGBColor(rgb >> 16 & 0xFF, rgb >> 8 & 0xFF, rgb & 0xFF);
    }
}
