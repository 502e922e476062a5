package io.jarvix.scoring;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TimeZone;
import org.junit.jupiter.api.Test;

/// The same bytes give the same scores on a machine with other habits: another JVM with another
/// default locale, time zone, charset and garbage collector, without the optimising compiler.
class ReproducibilityTest {

    @Test
    void aTurkishMachineScoresAsThisOne() throws Exception {
        assertThat(elsewhere("tr", "TR", "Pacific/Kiritimati", "-XX:TieredStopAtLevel=1"))
                .isEqualTo("tr_TR Pacific/Kiritimati US-ASCII " + ScoredPages.hash());
    }

    @Test
    void aThaiMachineScoresAsThisOne() throws Exception {
        assertThat(elsewhere("th", "TH", "America/St_Johns", "-XX:+UseSerialGC"))
                .isEqualTo("th_TH America/St_Johns US-ASCII " + ScoredPages.hash());
    }

    private static String elsewhere(String language, String country, String zone, String option)
            throws Exception {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(
                List.of(
                        "-Duser.language=" + language,
                        "-Duser.country=" + country,
                        "-Duser.timezone=" + zone,
                        "-Dfile.encoding=COMPAT",
                        option,
                        "-cp",
                        System.getProperty("java.class.path"),
                        ScoredPages.class.getName()));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().put("LC_ALL", "C");
        builder.redirectError(ProcessBuilder.Redirect.DISCARD);
        Process process = builder.start();
        String printed = new String(process.getInputStream().readAllBytes(), UTF_8).strip();
        assertThat(process.waitFor()).isZero();
        return printed;
    }

    /// Scores pages in many charsets and prints where it was and the hash of all scores.
    static final class ScoredPages {

        public static void main(String[] arguments) throws Exception {
            System.out.println(
                    Locale.getDefault()
                            + " "
                            + TimeZone.getDefault().getID()
                            + " "
                            + Charset.defaultCharset()
                            + " "
                            + hash());
        }

        static String hash() throws Exception {
            java.security.MessageDigest sha = java.security.MessageDigest.getInstance("SHA-256");
            for (String charset : List.of("UTF-8", "windows-1254", "UTF-16LE", "ISO-8859-15")) {
                for (int seed = 0; seed < 25; seed++) {
                    String page = "<title>IŞIK İ ı</title>" + SamplePages.page(seed, 4_000);
                    byte[] body = page.getBytes(Charset.forName(charset));
                    sha.update(
                            io.jarvix.contracts.Wire.write(
                                    TestPages.resultOf("TEXT/HTML; CHARSET=" + charset, body)));
                    sha.update(
                            io.jarvix.contracts.Wire.write(TestPages.resultOf("text/html", body)));
                }
            }
            return java.util.HexFormat.of().formatHex(sha.digest());
        }
    }
}
