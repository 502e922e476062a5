package io.jarvix.scoring;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.jarvix.contracts.Signals;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What is found in a page.
class SignalsTest {

    @Test
    void aWholePageGivesAllSignals() {
        Signals signals =
                signals(
                        """
                        <!DOCTYPE html>
                        <html lang="es-MX"><head>
                        <title> L&aacute;mparas
                          de mesa </title>
                        <meta name="Description" content="Todas las  l&aacute;mparas">
                        <base href="https://shop.example/es/">
                        <link rel="alternate canonical" href="lamps?a=1&amp;b=2">
                        <meta name="generator" content="WooCommerce 9.1">
                        <link rel="stylesheet" href="/wp-content/themes/x.css">
                        <script type="application/ld+json">
                        {"@context": "https://schema.org", "@graph": [
                          {"@type": ["Product", "https://schema.org/Thing"],
                           "offers": {"@type": "Offer", "priceCurrency": "EUR", "price": 19.9}},
                          {"@type": "Organization"}]}
                        </script></head>
                        <body><h1>L&aacute;mparas</h1><h2>Mesa</h2>
                        <p>Desde 1.299,00&nbsp;€ o US$ 20 – 灯火
                        <a href="#top">x</a> <a href="/a">x</a> <a href="https://shop.example:443/b">x</a>
                        <a href="//cdn.other.example/c">x</a> <a href="HTTP://other.example">x</a>
                        <a href="mailto:a@b.example">x</a> <a href="javascript:void(0)">x</a>
                        </body></html>
                        """);
        assertThat(signals.mediaType()).isEqualTo("text/html");
        assertThat(signals.charset()).isEqualTo("UTF-8");
        assertThat(signals.title()).isEqualTo("Lámparas de mesa");
        assertThat(signals.description()).isEqualTo("Todas las lámparas");
        assertThat(signals.language()).isEqualTo("es");
        assertThat(signals.canonicalUrl()).isEqualTo("https://shop.example/es/lamps?a=1&b=2");
        assertThat(signals.headings()).isEqualTo(2);
        assertThat(signals.internalLinks()).isEqualTo(2);
        assertThat(signals.externalLinks()).isEqualTo(2);
        assertThat(signals.platforms()).containsExactly("WooCommerce", "WordPress");
        assertThat(signals.structuredData())
                .containsExactly("Product", "Thing", "Offer", "Organization");
        assertThat(signals.prices()).containsExactly("1.299,00 €", "US$ 20", "EUR 19.9");
        assertThat(signals.wordCount()).isEqualTo(18);
        assertThat(signals.simHash()).matches("[0-9a-f]{16}");
        assertThat(signals.contentHash()).matches("[0-9a-f]{64}");
    }

    @Test
    void textLengthCountsCharactersNotUnits() {
        assertThat(signals("<p>a💡b").textLength()).isEqualTo(3);
    }

    @Test
    void titleAndDescriptionAreCutAtCharacters() {
        Signals signals =
                signals(
                        "<title>%s</title><meta name=description content='%s'>"
                                .formatted("💡".repeat(600), "x".repeat(1_200)));
        assertThat(signals.title()).isEqualTo("💡".repeat(500));
        assertThat(signals.description()).hasSize(1_000);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "byte order mark over header | ISO-8859-1 | | UTF-8-BOM | UTF-8",
                "header over meta | windows-1251 | <meta charset=utf-8> | windows-1251 | windows-1251",
                "meta | | <meta charset='windows-1250'> | windows-1250 | windows-1250",
                "meta http-equiv | | <meta http-equiv=content-type content='text/html; charset=Shift_JIS'> | windows-31j | windows-31j",
                "meta in a comment does not count | | <!-- <meta charset=koi8-r> --> | UTF-8 | UTF-8",
                "XML declaration | | <?xml version='1.0' encoding='ISO-8859-2'?> | ISO-8859-2 | ISO-8859-2",
                "an unknown header goes on to meta | martian | <meta charset=windows-1257> | windows-1257 | windows-1257",
                "latin1 means windows-1252 | latin1 | | windows-1252 | windows-1252",
                "UTF-16 mark | | | UTF-16-BOM | UTF-16LE",
                "nothing but valid UTF-8 | | | UTF-8 | UTF-8",
                "nothing, and not UTF-8 | | | windows-1251 | windows-1251",
                "nothing, and not UTF-8 | | | windows-31j | windows-31j",
                "nothing, and not UTF-8 | | | windows-1252 | windows-1252",
            })
    void theCharsetIsFound(
            String why, String header, String markup, String written, String expected) {
        String text =
                switch (written) {
                    case "windows-1251" ->
                            "Настольные лампы для дома и сада, доставка по всей России";
                    case "windows-31j" -> "家庭用の電気スタンドと照明器具の通信販売です。送料は無料です";
                    case "windows-1252" -> "Schöne Lampen für Ihr Zuhause – natürlich größer";
                    default -> "Šárka žluťoučký";
                };
        String html = (markup == null ? "" : markup) + "<title>" + text + "</title>";
        byte[] body =
                switch (written) {
                    case "UTF-8-BOM" -> ("\ufeff" + html).getBytes(UTF_8);
                    case "UTF-16-BOM" -> ("\ufeff" + html).getBytes(StandardCharsets.UTF_16LE);
                    default -> html.getBytes(Charset.forName(written));
                };
        Signals signals =
                TestPages.ofType(
                                header == null ? "text/html" : "text/html; charset=" + header, body)
                        .signals();
        assertThat(signals.charset()).as(why).isEqualTo(expected);
        if (!expected.equals("windows-1257") && !header(header).equals("latin1")) {
            assertThat(signals.title()).isEqualTo(text);
        }
    }

    private static String header(String header) {
        return header == null ? "" : header;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "<html lang=DE-at> | de",
                "<html xml:lang=it> | it",
                "<meta http-equiv=Content-Language content='fr, en'> | fr",
                "<html lang=''> | ''",
                "<html lang=x-none> | ''",
                "<html lang=english> | ''",
                "<p>The lamps of our house are for you and for your garden, with all that is new. | en",
                "<p>Las lámparas de la casa son para los que no tienen más luz en el jardín, con su mesa. | es",
                "<p>Die Lampen sind für das Haus und den Garten, mit einer Garantie von uns und nicht mehr. | de",
                "<p>Les lampes de la maison sont pour vous et dans le jardin, avec une garantie sur des prix. | fr",
                "<p>Le lampade della casa sono per il giardino, con una garanzia di più anni che è nel prezzo. | it",
                "<p>As lâmpadas da casa são para você e não mais do que isso, com uma garantia dos seus. | pt",
                "<p>Lamp. | ''",
            })
    void theLanguageIsDeclaredOrTold(String html, String language) {
        assertThat(signals(html).language()).isEqualTo(language);
    }

    @Test
    void theAnswersContentLanguageCountsWhereThePageDeclaresNone() {
        byte[] body = "<p>x".getBytes(UTF_8);
        var plain = RawRecords.html("<p>x");
        var raw =
                new io.jarvix.contracts.RawRecord(
                        plain.runId(),
                        1,
                        1,
                        plain.url(),
                        plain.urlId(),
                        plain.finalUrl(),
                        List.of(),
                        plain.fetchedAt(),
                        200,
                        plain.outcome(),
                        1,
                        1,
                        "text/html",
                        null,
                        java.util.Map.of("content-language", List.of("pt-BR")),
                        false,
                        body.length,
                        null);
        assertThat(TestPages.scored(raw, body).signals().language()).isEqualTo("pt");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "<script src=https://cdn.shopify.com/s/x.js> | Shopify",
                "<img src=/wp-content/plugins/woocommerce/a.png> | WooCommerce,WordPress",
                "<script src=/static/frontend/Magento/luma/x.js> | Magento",
                "<meta name=generator content='WordPress 6.5'> | WordPress",
                "<img src=https://static.wixstatic.com/media/x.jpg> | Wix",
                "<link href=https://static1.squarespace.com/x.css rel=stylesheet> | Squarespace",
                "<meta name=Generator content='PrestaShop'> | PrestaShop",
                "<meta name=generator content='TYPO3 CMS'> | TYPO3",
                "<meta name=generator content='Wix.com Website Builder'> | Wix",
                "<script type=text/x-magento-init>{}</script> | Magento",
                "<link rel=https://api.w.org/ href=https://shop.example/wp-json/> | WordPress",
                "<link rel=preconnect href=https://cdn.shopify.com> | Shopify",
                "<script src=/cdn/shop/t/2/assets/theme.js></script> | Shopify",
                "<script src=https://cdn11.bigcommerce.com/s-x/app.js> | BigCommerce",
                "<img src=https://lojax.vtexassets.com/arquivos/1.jpg> | VTEX",
                "<script src=https://acdn.mitiendanube.com/x.js> | Nuvemshop",
                "<link rel=stylesheet href=/typo3temp/assets/x.css> | TYPO3",
                "<link rel=stylesheet href=/bundles/storefront/x.css> | Shopware",
                "<img src=/sites/default/files/x.png> | Drupal",
                "<p>We migrated from wp-content to Shopify | ''",
                "<a href=https://cdn.shopify.com/x>x</a> | ''",
            })
    void platformsAreKnownByTheirMarks(String html, String platforms) {
        assertThat(String.join(",", signals(html).platforms())).isEqualTo(platforms);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "$19.99 and $19.99 | $19.99",
                "EUR 1,299.00 | EUR 1,299.00",
                "12 EUR, 13 USD | 12 EUR;13 USD",
                "19,90 € statt 29,90 € | 19,90 €;29,90 €",
                "R$ 10,00 | R$ 10,00",
                "CHF 1'200.50 | CHF 1'200.50",
                "EUROPE 20, USD, $ and € | ``",
                "$5. Next | $5",
                "<table><tr><td>19<td>€ 20</table> | € 20",
                "5$10 | $10",
                "1 299,00 &euro; | 1 299,00 €",
                "1&nbsp;299,00&nbsp;€ | 1 299,00 €",
                "1&#x202f;299,00&#x202f;€ | 1 299,00 €",
                "19,- € und 20,–&nbsp;€ | 19,- €;20,– €",
                "CHF 20.– ou Fr. 19.90 | CHF 20.–;Fr. 19.90",
                "19€99 | 19€99",
                "<s>29,90 €</s> <b>19,90 €</b> | 29,90 €;19,90 €",
                "12 EUR 13 USD | 12 EUR;13 USD",
                "Pack of 10 $20, size 10 EUR 20.00 | $20;EUR 20.00",
                "€ 20 € 30 | € 20;€ 30",
                "1.299 Euro, 5 euros, 20 EURO | 1.299 Euro;5 euros;20 EURO",
                "20 US$, MX$ 20 | 20 US$;MX$ 20",
                "R$1.299,90 | R$1.299,90",
                "1.5.2024 €, 12.05.24 €, v1.2.3 €, 1234567890123456789 € | ``",
            })
    void pricesAreFoundAsPrinted(String html, String prices) {
        assertThat(String.join(";", signals(html).prices())).isEqualTo(prices);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "application/ld+json; charset=utf-8 | {\"@type\": \"Product\"} | Product",
                "APPLICATION/LD+JSON | [{\"@type\": \"http://schema.org/Offer\"}] | Offer",
                "application/ld+json | //<![CDATA[\\n{\"@type\": \"Product\"}\\n//]]> | Product",
                "application/ld+json | /*<![CDATA[*/{\"@type\": \"Product\"}/*]]>*/ | Product",
                "application/ld+json | <!--\\n{\"@type\": \"Organization\"}\\n--> | Organization",
                "application/json | {\"@type\": \"Product\"} | ``",
            })
    void structuredDataIsReadInsideOfWhatHidesIt(String type, String script, String types) {
        Signals signals =
                signals(
                        "<script type=\"%s\">%s</script>"
                                .formatted(type, script.replace("\\n", "\n")));
        assertThat(String.join(",", signals.structuredData())).isEqualTo(types);
    }

    @Test
    void theLabelsOfButtonsAreSeenAndTheValuesOfOtherInputsAreNot() {
        var scored =
                TestPages.scored(
                        "<p>Lamp<input type=submit value='Add to &#99;art'><input type=Button value=more>"
                                + "<input value='buy now'><input type=hidden value='order now'>"
                                + "<div hidden><input type=submit value='buy online'></div>one");
        assertThat(scored.signals().textLength())
                .isEqualTo("Lamp\nAdd to cart\nmore\none".length());
        assertThat(scored.score().evidence())
                .extracting(io.jarvix.contracts.Score.Evidence::phrase)
                .containsExactly("add to cart");
    }

    @Test
    void nearDuplicatesDifferInFewBitsAndOthersInMany() {
        String page = SamplePages.page(1, 30_000);
        String near = page.replaceFirst("<footer>", "<footer><p>one more small sentence here");
        assertThat(distance(page, near)).isLessThanOrEqualTo(3);
        assertThat(distance(page, "<p>" + "entirely different words of another page ".repeat(9)))
                .isGreaterThan(10);
        assertThat(signals("<p>").simHash()).isEmpty();
    }

    private static int distance(String one, String other) {
        return Long.bitCount(
                Long.parseUnsignedLong(signals(one).simHash(), 16)
                        ^ Long.parseUnsignedLong(signals(other).simHash(), 16));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<title>Page not found - Shop</title><p>" + LONG,
                "<title>Shop</title><h1>Seite nicht gefunden</h1><p>" + LONG,
                "<title>Shop</title><p>Sorry, the page you requested was not found.",
                "<title>Error 404</title>",
                "<h1>Oops! That page can&rsquo;t be found.</h1><p>" + LONG,
                "<h1>¡Vaya! No se ha podido encontrar esta página.</h1><p>" + LONG,
                "<h1>Diese Seite kann leider nicht gefunden werden.</h1><p>" + LONG,
                "<h1>Oups&nbsp;! Cette page est introuvable.</h1><p>" + LONG,
                "<h1>Oops! Non è stato possibile trovare la pagina.</h1><p>" + LONG,
                "<h1>Ops! Essa página não pôde ser encontrada.</h1><p>" + LONG,
            })
    void aPageThatSaysThatItIsNotThereIsASoftNotFound(String html) {
        assertThat(signals(html).softNotFound()).isTrue();
    }

    @Test
    void anArticleAboutPagesThatAreNotFoundIsNone() {
        assertThat(signals("<title>News</title><p>A page not found is bad. " + LONG).softNotFound())
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "This website is for sale!",
                "lamps.example may be for sale by its owner",
                "Free parking: this domain is parked free, courtesy of the registrar",
                "Este dominio está a la venta",
                "Diese Domain steht zum Verkauf",
                "Ce nom de domaine est à vendre",
                "Il dominio è in vendita",
                "Este domínio está à venda",
            })
    void aParkedDomainIsKnownInSixLanguages(String text) {
        assertThat(signals("<title>lamps.example</title><p>" + text).parked()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Subscribe to continue reading",
                "Contenido exclusivo para suscriptores",
                "Dieser Artikel ist nur für Abonnenten",
                "La suite est réservée aux abonnés",
                "Contenuto riservato agli abbonati",
                "Conteúdo exclusivo para assinantes",
            })
    void aPaywallIsKnownInSixLanguages(String text) {
        assertThat(signals("<h1>News</h1><p>" + LONG + "<p>" + text).paywall()).isTrue();
    }

    @Test
    void aParkedDomainIsKnown() {
        assertThat(signals("<title>x.example</title><p>This domain is for sale!").parked())
                .isTrue();
        assertThat(signals("<title>News</title><p>This domain is for sale. " + LONG).parked())
                .isFalse();
    }

    @Test
    void aPaywallIsKnownByItsPhraseAndByStructuredData() {
        assertThat(signals("<p>Suscríbete para seguir leyendo").paywall()).isTrue();
        assertThat(
                        signals(
                                        "<script type=application/ld+json>{\"@type\":\"NewsArticle\","
                                                + "\"isAccessibleForFree\":\"False\"}</script>")
                                .paywall())
                .isTrue();
        assertThat(signals("<p>Free to read").paywall()).isFalse();
    }

    private static final String LONG =
            "One two three four five six seven eight nine ten one two three four five six seven eight nine ten "
                    + "one two three four five six seven eight nine ten one two three four five six seven eight nine ten "
                    + "one two three four five six seven eight nine ten one two three four five six seven eight nine ten "
                    + "one two three four five six seven eight nine ten one two three four five six seven eight nine ten "
                    + "one two three four five six seven eight nine ten one two three four five six seven eight nine ten "
                    + "one two three four five six seven eight nine ten one two three four five six seven eight nine ten "
                    + "one two three four five six seven eight nine ten one two three four five six seven eight nine ten "
                    + "one two three four five six seven eight nine ten one two three four five six seven eight nine ten "
                    + "one two three four five six seven eight nine ten one two three four five six seven eight nine ten "
                    + "one two three four five six seven eight nine ten one two three four five six seven eight nine ten "
                    + "one two three four five six seven eight nine ten one two three four five six seven eight nine ten "
                    + "one two three four five six seven eight nine ten one two three four five six seven eight nine ten "
                    + "one two three four five six seven eight nine ten one two three four five six seven eight nine ten.";

    private static Signals signals(String html) {
        return TestPages.scored(html).signals();
    }
}
