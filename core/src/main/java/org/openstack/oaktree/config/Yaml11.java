package org.openstack.oaktree.config;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.Base64;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a plain scalar means in YAML 1.1, as PyYAML understands it: clouds.yaml files are written for that, while snakeyaml-engine knows
 * YAML 1.2 only. Differences that matter: {@code yes/no/on/off}, {@code 0123} is octal, {@code 1:30} is 90, {@code 1_000} is 1000, dates.
 */
final class Yaml11 {

    static final String PREFIX = "tag:yaml.org,2002:";
    static final String STR = PREFIX + "str";
    static final String NULL = PREFIX + "null";
    static final String BOOL = PREFIX + "bool";
    static final String INT = PREFIX + "int";
    static final String FLOAT = PREFIX + "float";
    static final String TIMESTAMP = PREFIX + "timestamp";
    static final String MERGE = PREFIX + "merge";
    static final String BINARY = PREFIX + "binary";

    /** Nothing longer is a number, a flag or a date: that keeps matching cheap. */
    private static final int NUMBER_LIMIT = 1000;

    private static final Pattern BOOLEAN =
            Pattern.compile("yes|Yes|YES|no|No|NO|true|True|TRUE|false|False|FALSE|on|On|ON|off|Off|OFF");
    private static final Pattern REAL = Pattern.compile("[-+]?[0-9][0-9_]*\\.[0-9_]*(?:[eE][-+][0-9]+)?"
            + "|\\.[0-9][0-9_]*(?:[eE][-+][0-9]+)?"
            + "|[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+\\.[0-9_]*"
            + "|[-+]?\\.(?:inf|Inf|INF)"
            + "|\\.(?:nan|NaN|NAN)");
    private static final Pattern INTEGER = Pattern.compile("[-+]?0b[0-1_]+"
            + "|[-+]?0[0-7_]+"
            + "|[-+]?(?:0|[1-9][0-9_]*)"
            + "|[-+]?0x[0-9a-fA-F_]+"
            + "|[-+]?[1-9][0-9_]*(?::[0-5]?[0-9])+");
    private static final Pattern NOTHING = Pattern.compile("~|null|Null|NULL|");
    private static final Pattern DATE = Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}");
    private static final Pattern MOMENT = Pattern.compile("([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})"
            + "(?:[Tt]|[ \\t]+)([0-9]{1,2}):([0-9]{2}):([0-9]{2})(?:\\.([0-9]*))?"
            + "(?:[ \\t]*(Z|([-+])([0-9]{1,2})(?::([0-9]{2}))?))?");

    private Yaml11() {}

    /** The tag of a plain scalar without a tag. */
    static String tag(String text) {
        if (text.length() > NUMBER_LIMIT) {
            return STR;
        }
        if (NOTHING.matcher(text).matches()) {
            return NULL;
        }
        if (text.equals("<<")) {
            return MERGE;
        }
        if (BOOLEAN.matcher(text).matches()) {
            return BOOL;
        }
        if (REAL.matcher(text).matches()) {
            return FLOAT;
        }
        if (INTEGER.matcher(text).matches()) {
            return INT;
        }
        if (DATE.matcher(text).matches() || MOMENT.matcher(text).matches()) {
            return TIMESTAMP;
        }
        return STR;
    }

    /**
     * The value of a scalar.
     *
     * @return text, {@link Boolean}, {@link Long}, {@link BigInteger}, {@link Double} or null; dates as the text that Python makes of them
     * @throws IllegalArgumentException when the text is none of that tag; without a message, for the text may be a secret
     */
    static @Nullable Object value(String tag, String text) {
        if (text.length() > NUMBER_LIMIT && !tag.equals(STR) && !tag.equals(BINARY)) {
            throw new IllegalArgumentException();
        }
        return switch (tag) {
            case STR, MERGE -> text;
            case NULL -> null;
            case BOOL -> bool(text);
            case INT -> integer(text);
            case FLOAT -> real(text);
            case TIMESTAMP -> timestamp(text);
            case BINARY -> binary(text);
            default -> throw new IllegalArgumentException();
        };
    }

    private static boolean bool(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "yes", "true", "on" -> true;
            case "no", "false", "off" -> false;
            default -> throw new IllegalArgumentException();
        };
    }

    private static Object integer(String text) {
        String digits = text.replace("_", "");
        boolean negative = digits.startsWith("-");
        if (negative || digits.startsWith("+")) {
            digits = digits.substring(1);
        }
        BigInteger number;
        if (digits.startsWith("0b")) {
            number = new BigInteger(digits.substring(2), 2);
        } else if (digits.startsWith("0x")) {
            number = new BigInteger(digits.substring(2), 16);
        } else if (digits.contains(":")) {
            number = BigInteger.ZERO;
            for (String part : digits.split(":", -1)) {
                number = number.multiply(BigInteger.valueOf(60)).add(new BigInteger(part));
            }
        } else if (digits.startsWith("0")) {
            number = new BigInteger(digits, 8);
        } else {
            number = new BigInteger(digits);
        }
        if (negative) {
            number = number.negate();
        }
        return number.bitLength() < Long.SIZE ? (Object) number.longValueExact() : number;
    }

    private static double real(String text) {
        String digits = text.replace("_", "").toLowerCase(Locale.ROOT);
        double sign = 1;
        if (digits.startsWith("-") || digits.startsWith("+")) {
            sign = digits.startsWith("-") ? -1 : 1;
            digits = digits.substring(1);
        }
        if (digits.equals(".inf")) {
            return sign * Double.POSITIVE_INFINITY;
        }
        if (digits.equals(".nan")) {
            return Double.NaN;
        }
        double number = 0;
        for (String part : digits.split(":", -1)) {
            number = number * 60 + Double.parseDouble(part);
        }
        return sign * number;
    }

    private static String timestamp(String text) {
        try {
            Matcher moment = MOMENT.matcher(text);
            if (!moment.matches()) {
                return LocalDate.parse(text).toString();
            }
            LocalDate date = LocalDate.of(number(moment, 1), number(moment, 2), number(moment, 3));
            LocalTime time = LocalTime.of(number(moment, 4), number(moment, 5), number(moment, 6));
            StringBuilder out = new StringBuilder(String.format(
                    Locale.ROOT, "%s %02d:%02d:%02d", date, time.getHour(), time.getMinute(), time.getSecond()));
            String fraction = ((moment.group(7) == null ? "" : moment.group(7)) + "000000").substring(0, 6);
            if (!fraction.equals("000000")) {
                out.append('.').append(fraction);
            }
            if (moment.group(9) != null) {
                int minutes = moment.group(11) == null ? 0 : number(moment, 11);
                out.append(String.format(Locale.ROOT, "%s%02d:%02d", moment.group(9), number(moment, 10), minutes));
            } else if (moment.group(8) != null) {
                out.append("+00:00");
            }
            return out.toString();
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static int number(Matcher matcher, int group) {
        return Integer.parseInt(matcher.group(group));
    }

    private static String binary(String text) {
        byte[] bytes = Base64.getMimeDecoder().decode(text);
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
