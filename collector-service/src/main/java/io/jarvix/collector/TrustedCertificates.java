package io.jarvix.collector;

import io.vertx.core.net.TrustOptions;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/// The certificates that the Java runtime trusts, and the operator's own beside them.
final class TrustedCertificates {

    private TrustedCertificates() {}

    /// @param files PEM files
    /// @throws IllegalArgumentException where one cannot be read; the text names it
    static TrustOptions with(List<Path> files) {
        try {
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            for (X509Certificate certificate : managerOf(null).getAcceptedIssuers()) {
                add(store, certificate);
            }
            for (Path file : files) {
                for (Certificate certificate : read(file)) {
                    add(store, certificate);
                }
            }
            return TrustOptions.wrap(managerOf(store));
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("trusted certificates: " + e.getMessage(), e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void add(KeyStore store, Certificate certificate)
            throws GeneralSecurityException {
        store.setCertificateEntry("trusted-" + store.size(), certificate);
    }

    private static List<Certificate> read(Path file) throws CertificateException {
        try (InputStream in = Files.newInputStream(file)) {
            return List.copyOf(CertificateFactory.getInstance("X.509").generateCertificates(in));
        } catch (IOException e) {
            throw new IllegalArgumentException("cannot read certificates of " + file, e);
        }
    }

    private static X509TrustManager managerOf(@Nullable KeyStore store)
            throws GeneralSecurityException {
        TrustManagerFactory factory =
                TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        for (TrustManager manager : factory.getTrustManagers()) {
            if (manager instanceof X509TrustManager x509) {
                return x509;
            }
        }
        throw new GeneralSecurityException("the Java runtime has no X.509 trust manager");
    }
}
