package io.jarvix.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class SitePlanTest {

    private static final int PAGES = 50_000;

    private final SitePlan plan = new SitePlan(8, 200, 50, 150, 0.1);

    @Test
    void page_sizes_are_log_normal_with_a_mean_of_44_kilobytes() {
        int[] sizes =
                IntStream.range(0, PAGES).map(n -> plan.page(n).targetBytes()).sorted().toArray();

        double mean = Arrays.stream(sizes).average().orElseThrow();
        assertThat(mean / SitePlan.MEAN_BYTES).isCloseTo(1, within(0.03));
        double median = sizes[PAGES / 2];
        assertThat(median / mean).as("exp(-sigma^2 / 2)").isCloseTo(0.755, within(0.03));
    }

    @Test
    void one_page_in_thirty_is_a_copy_in_the_same_language() {
        long copies =
                IntStream.range(0, PAGES)
                        .mapToObj(plan::page)
                        .filter(SitePlan.Page::duplicate)
                        .peek(
                                page ->
                                        assertThat(plan.page(page.content()).language())
                                                .isEqualTo(page.language()))
                        .count();

        assertThat((double) copies / PAGES).isCloseTo(0.03, within(0.005));
    }

    @Test
    void faults_come_in_the_share_and_the_mix_that_were_asked_for() {
        Map<Behaviour, Integer> counts = new EnumMap<>(Behaviour.class);
        IntStream.range(0, PAGES)
                .forEach(n -> counts.merge(plan.page(n).behaviour(), 1, Integer::sum));

        assertThat(1 - (double) counts.getOrDefault(Behaviour.PAGE, 0) / PAGES)
                .isCloseTo(0.1, within(0.01));
        assertThat(counts.getOrDefault(Behaviour.NOT_FOUND, 0) / (0.03 * PAGES))
                .isCloseTo(1, within(0.1));
        assertThat(counts).containsKeys(Behaviour.values());
    }

    @Test
    void without_faults_every_page_is_served() {
        SitePlan clean = new SitePlan(8, 200, 0, 0, 0);

        assertThat(IntStream.range(0, PAGES).mapToObj(clean::page))
                .allMatch(page -> page.behaviour() == Behaviour.PAGE && page.latencyMillis() == 0);
    }

    @Property
    void latencies_stay_in_their_interval(@ForAll @IntRange(max = 1_000_000) int number) {
        assertThat(plan.page(number).latencyMillis()).isBetween(50, 150);
    }

    @Property
    void a_url_names_its_host_and_ends_in_its_number(
            @ForAll @IntRange(max = 1_000_000) int number) {
        String url = plan.urlOf(number, 8000);

        assertThat(url)
                .startsWith("http://" + SitePlan.addressOf(number % 200) + ":8000/")
                .endsWith("-" + number + ".html")
                .isEqualTo(new SitePlan(8, 200, 50, 150, 0.1).urlOf(number, 8000));
    }
}
