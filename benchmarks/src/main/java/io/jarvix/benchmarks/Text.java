package io.jarvix.benchmarks;

import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/// Sentences that look like a language: frequent words come often, as by Zipf's law. One instance
/// per thread.
final class Text {

    private final Language language;
    private final SplittableRandom random;

    Text(Language language, SplittableRandom random) {
        this.language = language;
        this.random = random;
    }

    String word() {
        List<String> words = language.words();
        double rank = Math.pow(words.size(), random.nextDouble()) - 1;
        return words.get(Math.min((int) rank, words.size() - 1));
    }

    String title(int words) {
        StringBuilder title = new StringBuilder();
        for (int i = 0; i < words; i++) {
            List<String> all = language.words();
            title.append(i == 0 ? "" : " ")
                    .append(capital(all.get(random.nextInt(all.size() / 3, all.size()))));
        }
        return title.toString();
    }

    String sentence() {
        int words = random.nextInt(6, 22);
        StringBuilder sentence = new StringBuilder(capital(word()));
        for (int i = 1; i < words; i++) {
            sentence.append(random.nextInt(9) == 0 ? ", " : " ");
            sentence.append(random.nextInt(25) == 0 ? code() : word());
        }
        return sentence.append(". ").toString();
    }

    String sentences(int count) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < count; i++) {
            text.append(sentence());
        }
        return text.toString();
    }

    /// A model number, such as `KX-4821`.
    String code() {
        return ""
                + (char) ('A' + random.nextInt(26))
                + (char) ('A' + random.nextInt(26))
                + '-'
                + random.nextInt(100, 9999);
    }

    String price() {
        return random.nextInt(2, 900) + "." + random.nextInt(10, 99);
    }

    int number(int below) {
        return random.nextInt(below);
    }

    String hex(int digits) {
        StringBuilder hex = new StringBuilder();
        for (int i = 0; i < digits; i++) {
            hex.append(Character.forDigit(random.nextInt(16), 16));
        }
        return hex.toString();
    }

    private static String capital(String word) {
        return word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1);
    }
}
