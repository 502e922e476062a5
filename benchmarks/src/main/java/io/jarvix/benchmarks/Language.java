package io.jarvix.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// A language that the origin's pages are written in, with the phrases by which a shop asks to buy.
enum Language {
    EN("Add to cart", "Buy now", "Request a quote"),
    ES("Añadir al carrito", "Comprar ahora", "Solicitar presupuesto"),
    DE("In den Warenkorb", "Jetzt kaufen", "Angebot anfordern"),
    FR("Ajouter au panier", "Acheter maintenant", "Demander un devis"),
    IT("Aggiungi al carrello", "Acquista ora", "Richiedi un preventivo"),
    PT("Adicionar ao carrinho", "Comprar agora", "Solicitar orçamento");

    private final List<String> buyingPhrases;
    private final List<String> words;
    private final List<String> slugs;

    Language(String... buyingPhrases) {
        this.buyingPhrases = List.of(buyingPhrases);
        this.words = wordsOf(code());
        this.slugs =
                words.stream().filter(word -> word.length() > 3).map(Language::slugOf).toList();
    }

    /// BCP 47.
    String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    List<String> buyingPhrases() {
        return buyingPhrases;
    }

    /// The most frequent first.
    List<String> words() {
        return words;
    }

    /// The longer words as they stand in a URL: ASCII, lower case.
    List<String> slugs() {
        return slugs;
    }

    private static String slugOf(String word) {
        return Normalizer.normalize(word, Normalizer.Form.NFD)
                .replaceAll("[^A-Za-z]", "")
                .toLowerCase(Locale.ROOT);
    }

    private static List<String> wordsOf(String code) {
        try (@Nullable InputStream file =
                Language.class.getResourceAsStream("words/" + code + ".txt")) {
            if (file == null) {
                throw new IllegalStateException("no words for " + code);
            }
            return List.of(new String(file.readAllBytes(), UTF_8).strip().split("\\s+"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
