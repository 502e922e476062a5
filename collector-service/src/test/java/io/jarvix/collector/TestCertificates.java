package io.jarvix.collector;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// Certificates of an authority of the tests, made by the keytool of the running JDK: one for
/// `good.example`, one for `expired.example` that ended, and a self-signed one for `self.example`.
record TestCertificates(Path folder) {

    static final String PASSWORD = "of-the-tests";

    static TestCertificates make(Path folder) throws IOException, InterruptedException {
        TestCertificates made = new TestCertificates(Files.createDirectories(folder));
        made.pair("authority", "-ext", "bc:c=ca:true", "-ext", "ku=keyCertSign", "-validity", "9");
        made.pair("good", "-signer", "authority", "-ext", "san=dns:good.example");
        made.pair(
                "expired",
                "-signer",
                "authority",
                "-ext",
                "san=dns:expired.example",
                "-startdate",
                "-5d",
                "-validity",
                "3");
        made.pair("self", "-ext", "san=dns:self.example");
        made.keytool(
                "-exportcert", "-rfc", "-alias", "authority", "-file", made.authority().toString());
        return made;
    }

    /// The authority's certificate, PEM.
    Path authority() {
        return folder.resolve("authority.pem");
    }

    /// All pairs, PKCS 12, under the names `good`, `expired` and `self`.
    Path keyStore() {
        return folder.resolve("keys.p12");
    }

    private void pair(String alias, String... more) throws IOException, InterruptedException {
        List<String> arguments =
                new ArrayList<>(
                        List.of(
                                "-genkeypair",
                                "-alias",
                                alias,
                                "-keyalg",
                                "EC",
                                "-dname",
                                "CN=" + alias));
        arguments.addAll(Arrays.asList(more));
        keytool(arguments.toArray(String[]::new));
    }

    private void keytool(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.add("-J-XX:TieredStopAtLevel=1");
        command.addAll(Arrays.asList(arguments));
        command.addAll(List.of("-keystore", keyStore().toString(), "-storepass", PASSWORD));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), UTF_8);
        if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
            throw new IOException("keytool: " + said);
        }
    }
}
