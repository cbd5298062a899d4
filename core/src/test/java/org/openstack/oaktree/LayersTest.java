package org.openstack.oaktree;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Layers point one way: docs/architecture.md shows the picture that these rules hold. */
class LayersTest {
    private static final String ROOT = "org.openstack.oaktree.";
    private static final String[] SERVICES = {
        ROOT + "compute", ROOT + "network", ROOT + "image", ROOT + "blockstorage", ROOT + "clouds"
    };

    private static final JavaClasses CORE = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("org.openstack.oaktree");

    @Test
    void theEngineKnowsNoOpenStackService() {
        for (String service : SERVICES) {
            noClasses()
                    .that()
                    .resideInAPackage(ROOT + "resource..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage(service + "..")
                    .check(CORE);
        }
    }

    /**
     * Services do not know each other. The one exception are servers: their addresses are decided by what the networks are that they are on,
     * which {@code network} reads once, and lead to them because {@code network} makes floating IPs do so.
     */
    @Test
    void servicesDoNotKnowEachOther() {
        for (String service : SERVICES) {
            for (String other : SERVICES) {
                if (!service.equals(other)) {
                    noClasses()
                            .that()
                            .resideInAPackage(service)
                            .should()
                            .dependOnClassesThat(resideInAPackage(other)
                                    .and(DescribedPredicate.not(nameMatching(
                                            service.equals(ROOT + "compute")
                                                    ? Pattern.quote(ROOT + "network.")
                                                            + "(NetworkClassification|ServerFloatingIps)(\\$.*)?"
                                                    : "none"))))
                            .allowEmptyShould(true)
                            .check(CORE);
                }
            }
        }
    }

    @Test
    void onlyRestOpensSocketsToClouds() {
        noClasses()
                .that()
                .resideInAPackage("org.openstack.oaktree..")
                .and()
                .resideOutsideOfPackage(ROOT + "rest..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.apache.hc..", "java.net.http..")
                .orShould()
                .dependOnClassesThat()
                .haveNameMatching("java\\.net\\.(Socket|ServerSocket|HttpURLConnection|URLConnection)")
                .check(CORE);
    }

    @Test
    void restKnowsNothingAboveIt() {
        noClasses()
                .that()
                .resideInAPackage(ROOT + "rest")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        ROOT + "session..", ROOT + "cloud..", ROOT + "resource..", ROOT + "compute", ROOT + "network")
                .check(CORE);
    }

    @Test
    void sessionsKnowNothingOfResources() {
        noClasses()
                .that()
                .resideInAPackage(ROOT + "session")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(ROOT + "cloud..", ROOT + "resource..")
                .check(CORE);
    }

    @Test
    void configurationStandsAlone() {
        noClasses()
                .that()
                .resideInAPackage(ROOT + "config")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(ROOT + "rest", ROOT + "session..", ROOT + "cloud..", ROOT + "resource..")
                .check(CORE);
    }

    @Test
    void coreIsUsableWithoutGrpc() {
        noClasses()
                .that()
                .resideInAnyPackage(
                        ROOT + "resource..",
                        ROOT + "rest",
                        ROOT + "session",
                        ROOT + "cloud",
                        ROOT + "config",
                        ROOT + "error")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.grpc..")
                .check(CORE);
    }
}
