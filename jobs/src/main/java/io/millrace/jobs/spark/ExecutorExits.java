package io.millrace.jobs.spark;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.LoggerConfig;
import org.apache.logging.log4j.core.config.Property;

/**
 * Executors of a standalone cluster that have ended. Spark starts new ones without end. Executors
 * that never reached the driver appear only in Spark's log, so this class reads the log.
 */
final class ExecutorExits extends AbstractAppender implements AutoCloseable {
  private static final String CLIENT =
      "org.apache.spark.deploy.client.StandaloneAppClient$ClientEndpoint";
  private static final Pattern ADDED =
      Pattern.compile("Executor added: (\\S+) on \\S+ \\((.+):\\d+\\) with .*");
  private static final Pattern ENDED =
      Pattern.compile("Executor updated: (\\S+) is now (?:EXITED|FAILED|LOST)\\b.*");

  private final Map<String, String> hostOf = new ConcurrentHashMap<>();
  private final Set<String> hosts = Collections.synchronizedSet(new TreeSet<>());
  private final AtomicInteger count = new AtomicInteger();

  private ExecutorExits() {
    super("millrace-executor-exits", null, null, true, Property.EMPTY_ARRAY);
  }

  /** Watches from now on until it is closed. */
  static ExecutorExits watch() {
    ExecutorExits exits = new ExecutorExits();
    exits.start();
    LoggerConfig logger = new LoggerConfig(CLIENT, Level.INFO, true);
    logger.addAppender(exits, Level.INFO, null);
    LoggerContext log = LoggerContext.getContext(false);
    log.getConfiguration().addLogger(CLIENT, logger);
    log.updateLoggers();
    return exits;
  }

  @Override
  public void append(LogEvent event) {
    String said = event.getMessage().getFormattedMessage();
    Matcher added = ADDED.matcher(said);
    if (added.matches()) {
      hostOf.put(added.group(1), added.group(2));
      return;
    }
    Matcher ended = ENDED.matcher(said);
    if (ended.matches()) {
      count.incrementAndGet();
      hosts.add(hostOf.getOrDefault(ended.group(1), "an unknown host"));
    }
  }

  /** How many have ended. */
  int count() {
    return count.get();
  }

  /** Where they were, in order. */
  List<String> hosts() {
    synchronized (hosts) {
      return List.copyOf(hosts);
    }
  }

  @Override
  public void close() {
    LoggerContext log = LoggerContext.getContext(false);
    log.getConfiguration().removeLogger(CLIENT);
    log.updateLoggers();
    stop();
  }
}
