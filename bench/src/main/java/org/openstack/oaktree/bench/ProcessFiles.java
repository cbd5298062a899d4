package org.openstack.oaktree.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What the kernel says of a process of the same user, in {@code /proc}: memory, bytes written, open files. */
final class ProcessFiles {
    private static final String RESET_HIGHEST_MEMORY = "5";
    private static final int ACCESS_MODE = 3;

    private final Path process;

    ProcessFiles(long id) {
        process = Path.of("/proc", String.valueOf(id));
        if (!Files.exists(process)) {
            throw new Benchmark.CannotRunException(process + " is missing: it needs Linux");
        }
    }

    /** Memory that it has now, in KiB; the highest that there was is counted anew from here. */
    long memory() throws IOException {
        Files.writeString(process.resolve("clear_refs"), RESET_HIGHEST_MEMORY);
        return number("status", "VmRSS");
    }

    /** The most memory that it had since {@link #memory}, in KiB. */
    long highestMemory() throws IOException {
        return number("status", "VmHWM");
    }

    /** Bytes of files that it has written, since it was started. */
    long writtenBytes() throws IOException {
        return number("io", "write_bytes");
    }

    /** Files that it has open to write to them; also those that have no name any more. */
    Set<String> filesOpenForWriting() throws IOException {
        List<Path> descriptors = new ArrayList<>();
        try (Stream<Path> all = Files.list(process.resolve("fd"))) {
            all.forEach(descriptors::add);
        }
        Set<String> files = new TreeSet<>();
        for (Path descriptor : descriptors) {
            try {
                String target = Files.readSymbolicLink(descriptor).toString();
                long flags = Long.parseLong(value("fdinfo/" + descriptor.getFileName(), "flags"), 8);
                if (target.startsWith("/") && !target.startsWith("/dev/") && (flags & ACCESS_MODE) != 0) {
                    files.add(target);
                }
            } catch (NoSuchFileException e) {
                // Closed meanwhile.
            }
        }
        return files;
    }

    private long number(String file, String name) throws IOException {
        return Long.parseLong(value(file, name));
    }

    private String value(String file, String name) throws IOException {
        Matcher line = Pattern.compile("(?m)^" + name + ":\\s*(\\d+)").matcher(Files.readString(process.resolve(file)));
        if (!line.find()) {
            throw new IOException(process.resolve(file) + " has no " + name);
        }
        return line.group(1);
    }
}
