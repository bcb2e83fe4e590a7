package io.millrace.pipeline.spec;

import java.time.Duration;
import java.util.Optional;

/**
 * When the artifact of an unchanged stage may be reused.
 *
 * @param never the stage runs every time
 * @param maxAge the artifact is used until it is this old; empty = for ever
 */
public record CachePolicy(boolean never, Optional<Duration> maxAge) {
  /** Reuse for ever, the default. */
  public static final CachePolicy ALWAYS = new CachePolicy(false, Optional.empty());
}
