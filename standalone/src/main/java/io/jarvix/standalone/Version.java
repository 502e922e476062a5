package io.jarvix.standalone;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/// The version that Maven wrote into the jar, and the JDK that runs it.
final class Version implements IVersionProvider {

    @Override
    public String[] getVersion() throws IOException {
        Properties properties = new Properties();
        try (InputStream resource =
                Version.class.getResourceAsStream("/jarvix-version.properties")) {
            properties.load(resource);
        }
        return new String[] {
            "JARVIX " + properties.getProperty("version"), "Java " + Runtime.version()
        };
    }
}
