package org.openstack.oaktree.resource.query;

import java.util.regex.Pattern;

/** Shell patterns: {@code *}, {@code ?}, {@code [a-z]} and {@code [!a-z]}; anchored at both ends, case-sensitive, a dot is a dot. */
final class Glob {
    private final String exact;
    private final Pattern pattern;

    Glob(String text) {
        this.exact = text;
        this.pattern = Pattern.compile(regex(text), Pattern.DOTALL);
    }

    /** Whether the text is the pattern itself, to the letter, or matches it. */
    boolean matches(String text) {
        return text.equals(exact) || pattern.matcher(text).matches();
    }

    private static String regex(String glob) {
        StringBuilder regex = new StringBuilder();
        int i = 0;
        while (i < glob.length()) {
            char c = glob.charAt(i);
            int end = c == '[' ? endOfClass(glob, i) : -1;
            if (end > 0) {
                regex.append(charClass(glob.substring(i + 1, end)));
                i = end + 1;
                continue;
            }
            switch (c) {
                // Possessive-like: a run of stars is one, so that no pattern needs time that grows with their number.
                case '*' -> {
                    if (!regex.toString().endsWith(".*")) {
                        regex.append(".*");
                    }
                }
                case '?' -> regex.append('.');
                default -> regex.append(Pattern.quote(String.valueOf(c)));
            }
            i++;
        }
        return regex.toString();
    }

    /** Index of the bracket that closes the class, or -1: then the opening one is an ordinary character. */
    private static int endOfClass(String glob, int start) {
        int first = start + 1;
        if (first < glob.length() && glob.charAt(first) == '!') {
            first++;
        }
        // A closing bracket that stands first is a member of the class.
        return glob.indexOf(']', first + 1);
    }

    private static String charClass(String inner) {
        boolean negated = inner.startsWith("!");
        String members = negated ? inner.substring(1) : inner;
        StringBuilder regex = new StringBuilder(negated ? "[^" : "[");
        for (int i = 0; i < members.length(); i++) {
            boolean range = i + 2 < members.length() && members.charAt(i + 1) == '-';
            if (range) {
                char low = members.charAt(i);
                char high = members.charAt(i + 2);
                if (low <= high) {
                    regex.append(escaped(low)).append('-').append(escaped(high));
                }
                i += 2;
            } else {
                regex.append(escaped(members.charAt(i)));
            }
        }
        String built = regex.append(']').toString();
        // Only empty ranges: nothing matches, or, negated, anything.
        return built.equals("[]") ? "(?!)" : built.equals("[^]") ? "." : built;
    }

    private static String escaped(char c) {
        return Character.isLetterOrDigit(c) ? String.valueOf(c) : "\\x{" + Integer.toHexString(c) + "}";
    }
}
