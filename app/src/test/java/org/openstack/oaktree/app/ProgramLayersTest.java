package org.openstack.oaktree.app;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** The layers above core, which core's own test of layers does not see. */
class ProgramLayersTest {
    private static final String ROOT = "org.openstack.oaktree.";

    private static final JavaClasses PROGRAM = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages(ROOT + "app", ROOT + "cli", ROOT + "server");

    @Test
    void nobodyOpensConnectionsToCloudsPastRest() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.apache.hc..", "java.net.http..")
                .orShould()
                .dependOnClassesThat()
                .haveNameMatching("java\\.net\\.(Socket|HttpURLConnection|URLConnection)")
                .check(PROGRAM);
    }

    @Test
    void theCommandLineKnowsTheApiAndNothingBehindIt() {
        noClasses()
                .that()
                .resideInAPackage(ROOT + "cli..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        ROOT + "app..",
                        ROOT + "call..",
                        ROOT + "cloud..",
                        ROOT + "config..",
                        ROOT + "error..",
                        ROOT + "resource..",
                        ROOT + "rest",
                        ROOT + "server..",
                        ROOT + "session..",
                        ROOT + "simcloud..")
                .check(PROGRAM);
    }
}
