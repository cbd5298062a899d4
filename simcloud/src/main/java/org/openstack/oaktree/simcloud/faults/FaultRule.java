package org.openstack.oaktree.simcloud.faults;

import java.util.regex.Pattern;

/**
 * Says which calls fail, how, and when.
 *
 * @param service service type as in the catalog (compute), or "" for every service
 * @param method HTTP method, or "" for every method
 * @param path pattern of the path below the service's prefix, as {@code /v2.1/servers/*}: {@code *} stands for one or no word, {@code
 *     **} for any number of them; "" for every path
 * @param skip how many of these calls go well before
 * @param count how many of them fail then; 0 = all
 * @param probability of each of them to fail, 0.0 to 1.0
 */
public record FaultRule(
        String service,
        String method,
        String path,
        int skip,
        int count,
        double probability,
        Moment moment,
        Fault fault) {

    public FaultRule {
        if (skip < 0 || count < 0 || probability < 0 || probability > 1) {
            throw new IllegalArgumentException(
                    "skip " + skip + ", count " + count + ", probability " + probability + " make no rule");
        }
    }

    /** Every call of the service ("" = of every service) fails so, before its effect. */
    public static FaultRule on(String service, Fault fault) {
        return new FaultRule(service, "", "", 0, 0, 1.0, Moment.BEFORE_EFFECT, fault);
    }

    /** Only calls of this method. */
    public FaultRule method(String changed) {
        return new FaultRule(service, changed, path, skip, count, probability, moment, fault);
    }

    /** Only calls whose path fits the pattern. */
    public FaultRule path(String changed) {
        return new FaultRule(service, method, changed, skip, count, probability, moment, fault);
    }

    /** The first ones go well. */
    public FaultRule skip(int changed) {
        return new FaultRule(service, method, path, changed, count, probability, moment, fault);
    }

    /** Only so many fail. */
    public FaultRule times(int changed) {
        return new FaultRule(service, method, path, skip, changed, probability, moment, fault);
    }

    /** Each fails by chance. */
    public FaultRule probability(double changed) {
        return new FaultRule(service, method, path, skip, count, changed, moment, fault);
    }

    /** The cloud does what was asked; only the answer is lost. */
    public FaultRule afterEffect() {
        return new FaultRule(service, method, path, skip, count, probability, Moment.AFTER_EFFECT, fault);
    }

    boolean fits(String calledService, String calledMethod, String calledPath) {
        return (service.isEmpty() || service.equals(calledService))
                && (method.isEmpty() || method.equals(calledMethod))
                && (path.isEmpty() || pattern().matcher(calledPath).matches());
    }

    private Pattern pattern() {
        StringBuilder regex = new StringBuilder();
        for (String part : path.split("(?<=\\*\\*)|(?=\\*\\*)|(?<=\\*)(?!\\*)|(?<!\\*)(?=\\*)", -1)) {
            regex.append(
                    switch (part) {
                        case "**" -> ".*";
                        case "*" -> "[^/]*";
                        default -> Pattern.quote(part);
                    });
        }
        return Pattern.compile(regex.toString(), Pattern.DOTALL);
    }
}
