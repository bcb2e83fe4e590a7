package io.millrace.pipeline.store;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Who holds a lock. */
record Holder(long pid, String user, String host, Instant since, Optional<Instant> processStart) {
  private static final Path HOST_NAME = Path.of("/proc/sys/kernel/hostname");

  static Holder self() {
    ProcessHandle process = ProcessHandle.current();
    return new Holder(
        process.pid(),
        System.getProperty("user.name"),
        thisHost(),
        Instant.now(),
        process.info().startInstant());
  }

  private static String thisHost() {
    try {
      // Asking the resolver may wait for a name server.
      return Files.readString(HOST_NAME).strip();
    } catch (IOException notLinux) {
      try {
        return InetAddress.getLocalHost().getHostName();
      } catch (UnknownHostException nameless) {
        return "localhost";
      }
    }
  }

  /** Whether it is certain that the process has ended: only known of processes on this host. */
  boolean isDead() {
    if (!host.equals(thisHost())) {
      return false;
    }
    Optional<ProcessHandle> process = ProcessHandle.of(pid);
    // The number may have gone to another process since.
    return process.isEmpty()
        || (processStart.isPresent()
            && process
                .get()
                .info()
                .startInstant()
                .filter(s -> !s.equals(processStart.get()))
                .isPresent());
  }

  byte[] json() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("pid", pid);
    json.put("user", user);
    json.put("host", host);
    json.put("since", since);
    processStart.ifPresent(start -> json.put("process-start", start));
    return JsonText.pretty(json).getBytes(StandardCharsets.UTF_8);
  }

  static Optional<Holder> read(byte[] bytes) {
    try {
      Map<String, Object> json = JsonText.object(bytes);
      return Optional.of(
          new Holder(
              ((Number) json.get("pid")).longValue(),
              (String) json.get("user"),
              (String) json.get("host"),
              Instant.parse((String) json.get("since")),
              Optional.ofNullable((String) json.get("process-start")).map(Instant::parse)));
    } catch (IOException | RuntimeException unreadable) {
      return Optional.empty();
    }
  }

  /** For "Cannot run in work/x: ... has held it since 10:00 UTC; wait for it or stop it". */
  String sentence() {
    boolean today =
        since
            .atOffset(ZoneOffset.UTC)
            .toLocalDate()
            .equals(Instant.now().atOffset(ZoneOffset.UTC).toLocalDate());
    String when =
        DateTimeFormatter.ofPattern(today ? "HH:mm 'UTC'" : "uuuu-MM-dd HH:mm 'UTC'")
            .withZone(ZoneOffset.UTC)
            .format(since);
    return "process "
        + pid
        + " of user "
        + user
        + " on host "
        + host
        + " has held it since "
        + when
        + "; wait for it or stop it";
  }
}
