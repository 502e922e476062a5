package io.jarvix.standalone;

import io.jarvix.standalone.DemoSiteAnswer.CutOff;
import io.jarvix.standalone.DemoSiteAnswer.Delayed;
import io.jarvix.standalone.DemoSiteAnswer.EveryOther;
import io.jarvix.standalone.DemoSiteAnswer.Page;
import io.jarvix.standalone.DemoSiteAnswer.Redirect;
import io.jarvix.standalone.DemoSiteAnswer.Status;
import java.net.URL;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The companies of the demo site and every path that is more than a file. To add a page, put
/// `demo/<host>/<path>.html` among the resources and its URL into `examples/seeds.txt`; to add a
/// behaviour, add a line to `SPECIAL`; to add a company, add its host to `HOSTS`.
final class DemoSiteTable {

    /// In the order of their loopback addresses. `.example` is reserved (RFC 2606), so none of them
    /// can be somebody's.
    static final List<String> HOSTS =
            List.of(
                    "lumen-lamps.example",
                    "nordwind-raeder.example",
                    "casa-verde.example",
                    "atelier-brume.example",
                    "atlas-robotics.example",
                    "quill-review.example",
                    "brokenware.example",
                    "closed-shop.example",
                    "harbour-market.example",
                    "sunlit-lamps.example");

    private static final Map<String, Map<String, DemoSiteAnswer>> SPECIAL =
            Map.of(
                    "lumen-lamps.example",
                    Map.of("/sale/arc-floor-lamp", Page.of("lamps/arc-floor-lamp.html")),
                    "nordwind-raeder.example",
                    // ISO-8859-1, which only the page's own meta element tells
                    Map.of("/winter", new Page("winter.html", "text/html")),
                    "quill-review.example",
                    Map.of(
                            "/archive/2019",
                            new Delayed(Duration.ofSeconds(2), Page.of("archive/2019.html"))),
                    "brokenware.example",
                    Map.of(
                            "/always-500", new Status(500),
                            "/flaky", new EveryOther(500, Page.of("flaky.html")),
                            "/old-shop", new Redirect(301, "/shop"),
                            "/shop", new Redirect(302, "/store"),
                            "/loop", new Redirect(302, "/loop-again"),
                            "/loop-again", new Redirect(302, "/loop"),
                            "/catalogue", new CutOff(Page.of("catalogue.html"))),
                    "closed-shop.example",
                    Map.of("/", new Status(403)),
                    "harbour-market.example",
                    Map.of("/robots.txt", new Status(503)));

    private static final String FOLDER = "/demo/";

    /// Names of files and folders that may be looked up; in particular no dots but one.
    private static final Pattern PATH = Pattern.compile("(/[a-z0-9-]+)*(\\.[a-z]+)?");

    private DemoSiteTable() {}

    /// @param host one of `HOSTS`
    static DemoSiteAnswer answer(String host, String path) {
        @Nullable DemoSiteAnswer special = SPECIAL.getOrDefault(host, Map.of()).get(path);
        if (special != null) {
            return special;
        }
        String file = fileOf(path);
        return PATH.matcher("/" + file).matches() && resource(host, file) != null
                ? Page.of(file)
                : new Status(404);
    }

    /// Where the file lies, or null where there is none.
    static @Nullable URL resource(String host, String file) {
        return DemoSiteTable.class.getResource(FOLDER + host + "/" + file);
    }

    private static String fileOf(String path) {
        if (path.equals("/")) {
            return "index.html";
        }
        String relative = path.startsWith("/") ? path.substring(1) : path;
        return relative.indexOf('.') >= 0 ? relative : relative + ".html";
    }
}
