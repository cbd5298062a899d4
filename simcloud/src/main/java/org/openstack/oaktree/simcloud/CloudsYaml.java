package org.openstack.oaktree.simcloud;

/** The clouds.yaml that tells clients about the simulated cloud. */
final class CloudsYaml {
    private final StringBuilder text = new StringBuilder("clouds:\n");
    private final String authUrl;
    private final String region;

    CloudsYaml(String authUrl, String region) {
        this.authUrl = authUrl;
        this.region = region;
    }

    CloudsYaml add(String cloud, String user, String password, String project) {
        text.append(
                """
                  %s:
                    auth:
                      auth_url: %s
                      username: %s
                      password: %s
                      project_name: %s
                      user_domain_name: Default
                      project_domain_name: Default
                    region_name: %s
                    identity_api_version: 3
                    interface: public
                """.formatted(cloud, authUrl, user, password, project, region).indent(0));
        return this;
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
