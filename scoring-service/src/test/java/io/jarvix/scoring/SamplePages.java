package io.jarvix.scoring;

import java.util.List;
import java.util.Locale;
import java.util.Random;

/// Pages that look like the web's, always the same for a seed: head with metadata, menus, products
/// with prices and images, inline scripts and styles, JSON-LD, a footer.
final class SamplePages {

    private static final List<String> LANGUAGES = List.of("en", "es", "de", "fr", "it", "pt");
    private static final List<String> WORDS =
            List.of(
                    ("lamp light shade bulb oak steel the and of to is for with that this are you your"
                                    + " from our we have señal über größe façade città coração mesa silla"
                                    + " delivery warranty design kitchen bedroom garden modern classic price"
                                    + " new sale review customer quality material colour size width height")
                            .split(" "));
    private static final List<String> BUY =
            List.of(
                    "Add to cart",
                    "Añadir al carrito",
                    "In den Warenkorb",
                    "Ajouter au panier",
                    "Aggiungi al carrello",
                    "Adicionar ao carrinho");

    private SamplePages() {}

    /// A page of about this many characters.
    static String page(long seed, int size) {
        Random random = new Random(seed);
        int language = random.nextInt(LANGUAGES.size());
        StringBuilder html = new StringBuilder(size + 4_000);
        head(html, random, language);
        while (html.length() < size) {
            switch (random.nextInt(5)) {
                case 0 -> menu(html, random);
                case 1 -> article(html, random);
                case 2 -> script(html, random);
                default -> product(html, random, language);
            }
        }
        html.append("<footer><p>&copy; 2026 Lamps &amp; Co. <a href=\"/imprint\">Imprint</a></p>");
        html.append("</footer>\n</body>\n</html>\n");
        return html.toString();
    }

    private static void head(StringBuilder html, Random random, int language) {
        html.append("<!DOCTYPE html>\n<html lang=\"").append(LANGUAGES.get(language)).append("\">");
        html.append("\n<head>\n<meta charset=\"utf-8\">\n<title>")
                .append(words(random, 6))
                .append(" &ndash; Lamps</title>\n")
                .append("<meta name=\"viewport\" content=\"width=device-width\">\n")
                .append("<meta name=\"description\" content=\"")
                .append(words(random, 20))
                .append("\">\n<link rel=\"canonical\" href=\"/p/")
                .append(random.nextInt(1000))
                .append(
                        "\">\n<link rel=\"stylesheet\" href=\"https://cdn.shopify.com/s/theme.css?v=")
                .append(random.nextInt())
                .append("\">\n<style>")
                .append(".card{display:flex;margin:0 auto;color:#333}\n".repeat(20))
                .append("</style>\n<script type=\"application/ld+json\">{\"@context\":")
                .append(
                        "\"https://schema.org\",\"@type\":\"Product\",\"name\":\"Lamp\",\"offers\":")
                .append("{\"@type\":\"Offer\",\"price\":\"19.90\",\"priceCurrency\":\"EUR\"}}")
                .append("</script>\n</head>\n<body class=\"template-product\">\n");
    }

    private static void menu(StringBuilder html, Random random) {
        html.append("<nav aria-label=\"main\"><ul class=\"menu menu--level-1\">\n");
        for (int i = 0; i < 8; i++) {
            html.append("  <li class=\"menu__item\"><a class=\"menu__link\" href=\"/collections/")
                    .append(word(random))
                    .append("?page=")
                    .append(i)
                    .append("&amp;sort=price\">")
                    .append(words(random, 2))
                    .append("</a>\n");
        }
        html.append("</ul></nav>\n");
    }

    private static void product(StringBuilder html, Random random, int language) {
        html.append("<div class=\"card product-card\" data-id=\"")
                .append(random.nextInt(1_000_000))
                .append("\"><a href=\"/products/")
                .append(word(random))
                .append("\"><img class=\"lazy\" src=\"/cdn/shop/files/")
                .append(random.nextInt(1_000_000))
                .append(".jpg\" alt=\"")
                .append(words(random, 3))
                .append("\" width=\"300\" height=\"300\"></a>\n<h2>")
                .append(words(random, 4))
                .append("</h2>\n<p>")
                .append(words(random, 20))
                .append(". <b>")
                .append(words(random, 3))
                .append("</b>, ")
                .append(words(random, 10))
                .append("</p><span class=\"price\">€&nbsp;")
                .append(
                        String.format(
                                Locale.ROOT, "%d,%02d", random.nextInt(900), random.nextInt(100)))
                .append("</span><button type=\"button\" class=\"btn btn--primary\">")
                .append(BUY.get(language))
                .append("</button></div>\n");
    }

    private static void article(StringBuilder html, Random random) {
        html.append("<article><h1>").append(words(random, 5)).append("</h1>\n");
        for (int i = 0; i < 4; i++) {
            html.append("<p>").append(words(random, 60)).append(".\n");
        }
        html.append("<table><tr><th>Size<td>").append(random.nextInt(90)).append(" cm");
        html.append("<tr><th>Weight<td>").append(random.nextInt(90)).append(" kg</table>");
        html.append("</article><div class=\"modal\" style=\"display: none\"><p>");
        html.append(words(random, 10)).append("</p></div>\n<!-- ").append(words(random, 5));
        html.append(" -->\n");
    }

    private static void script(StringBuilder html, Random random) {
        html.append("<script>window.dataLayer=window.dataLayer||[];");
        for (int i = 0; i < 12; i++) {
            html.append("dataLayer.push({'event':'")
                    .append(word(random))
                    .append("','value':")
                    .append(random.nextInt())
                    .append(",'html':'<b>x<\\/b>'});\n");
        }
        html.append("</script>\n");
    }

    private static String words(Random random, int count) {
        StringBuilder words = new StringBuilder();
        for (int i = 0; i < count; i++) {
            words.append(i == 0 ? "" : " ").append(word(random));
        }
        return words.toString();
    }

    private static String word(Random random) {
        return WORDS.get(random.nextInt(WORDS.size()));
    }
}
