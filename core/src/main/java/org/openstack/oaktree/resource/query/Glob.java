package org.openstack.oaktree.resource.query;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;

/**
 * Shell patterns: {@code *}, {@code ?}, {@code [a-z]} and {@code [!a-z]}; anchored at both ends, case-sensitive, a dot is a dot.
 *
 * <p>Patterns come from callers, so matching goes back to the last star only, never further: its time is bounded by the length of the
 * pattern times that of the text, whatever the pattern. Regular expressions have no such bound.
 */
final class Glob {
    private final String exact;
    /** No two stars follow each other. */
    private final List<Element> elements;

    /** Takes one character, or, a star, any number of any characters. */
    private record Element(boolean isStar, IntPredicate takes) {}

    Glob(String text) {
        this.exact = text;
        this.elements = elements(text.codePoints().toArray());
    }

    /** Whether the text is the pattern itself, to the letter, or matches it. */
    boolean matches(String text) {
        return text.equals(exact) || matches(text.codePoints().toArray());
    }

    private boolean matches(int[] text) {
        int at = 0;
        int element = 0;
        int star = -1;
        int afterStar = 0;
        while (at < text.length) {
            if (element < elements.size() && elements.get(element).isStar()) {
                star = element++;
                afterStar = at;
            } else if (element < elements.size()
                    && elements.get(element).takes().test(text[at])) {
                element++;
                at++;
            } else if (star >= 0) {
                // The last star takes one character more. To let an earlier one do so cannot help: it would only find
                // the same later.
                element = star + 1;
                at = ++afterStar;
            } else {
                return false;
            }
        }
        return element == elements.size()
                || (element == elements.size() - 1 && elements.get(element).isStar());
    }

    private static List<Element> elements(int[] glob) {
        List<Element> elements = new ArrayList<>();
        int i = 0;
        while (i < glob.length) {
            int c = glob[i];
            int end = c == '[' ? endOfClass(glob, i) : -1;
            if (end > 0) {
                elements.add(new Element(false, characterClass(glob, i + 1, end)));
                i = end;
            } else if (c == '?') {
                elements.add(new Element(false, any -> true));
            } else if (c != '*') {
                elements.add(new Element(false, character -> character == c));
            } else if (elements.isEmpty() || !elements.getLast().isStar()) {
                elements.add(new Element(true, any -> true));
            }
            i++;
        }
        return List.copyOf(elements);
    }

    /** Index of the bracket that closes the class, or -1: then the opening one is an ordinary character. */
    private static int endOfClass(int[] glob, int start) {
        int first = start + 1;
        if (first < glob.length && glob[first] == '!') {
            first++;
        }
        // A closing bracket that stands first is a member of the class.
        for (int i = first + 1; i < glob.length; i++) {
            if (glob[i] == ']') {
                return i;
            }
        }
        return -1;
    }

    private static IntPredicate characterClass(int[] glob, int start, int end) {
        boolean negated = glob[start] == '!';
        IntPredicate members = character -> false;
        int i = negated ? start + 1 : start;
        while (i < end) {
            boolean range = i + 2 < end && glob[i + 1] == '-';
            int low = glob[i];
            // A range that runs backwards has no members.
            int high = range ? glob[i + 2] : low;
            members = members.or(character -> low <= character && character <= high);
            i += range ? 3 : 1;
        }
        return negated ? members.negate() : members;
    }
}
