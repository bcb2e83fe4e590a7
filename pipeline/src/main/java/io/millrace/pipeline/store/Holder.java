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

/** The process that holds a lock, or that a run belongs to. */
public record Holder(
    long pid, String user, String host, Instant since, Optional<Instant> processStart) {
  private static final Path HOST_NAME = Path.of("/proc/sys/kernel/hostname");

  /** This process. */
  public static Holder self() {
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
      // The resolver might wait for a name server.
      return Files.readString(HOST_NAME).strip();
    } catch (IOException notLinux) {
      try {
        return InetAddress.getLocalHost().getHostName();
      } catch (UnknownHostException nameless) {
        return "localhost";
      }
    }
  }

  /** Whether the process has surely ended, which is known only for processes on this host. */
  public boolean isDead() {
    if (!host.equals(thisHost())) {
      return false;
    }
    Optional<ProcessHandle> process = ProcessHandle.of(pid);
    // Another process may have the same number now.
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
    return JsonText.pretty(fields()).getBytes(StandardCharsets.UTF_8);
  }

  /** The holder as JSON. */
  public Map<String, Object> fields() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("pid", pid);
    json.put("user", user);
    json.put("host", host);
    json.put("since", since);
    processStart.ifPresent(start -> json.put("process-start", start));
    return json;
  }

  static Optional<Holder> read(byte[] bytes) {
    try {
      return of(JsonText.object(bytes));
    } catch (IOException unreadable) {
      return Optional.empty();
    }
  }

  /** Reads {@link #fields}; empty if the JSON is something else. */
  public static Optional<Holder> of(Map<String, Object> json) {
    try {
      return Optional.of(
          new Holder(
              ((Number) json.get("pid")).longValue(),
              (String) json.get("user"),
              (String) json.get("host"),
              Instant.parse((String) json.get("since")),
              Optional.ofNullable((String) json.get("process-start")).map(Instant::parse)));
    } catch (RuntimeException unreadable) {
      return Optional.empty();
    }
  }

  /**
   * The end of "Cannot run in work/x: process ... has held it since 10:00 UTC; wait for it or stop
   * it".
   */
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
