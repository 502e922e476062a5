package io.jarvix.pdf;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/// Makes the plain classes that the service's beans work with.
class PdfBeans {

    @Produces
    @Singleton
    ReportRenderer renderer(PdfConfig config) {
        int renders =
                config.renders() > 0
                        ? config.renders()
                        : Runtime.getRuntime().availableProcessors();
        return new ReportRenderer(renders, config.appendixRows(), config.designFolder());
    }
}
