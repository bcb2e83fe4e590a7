package io.millrace.pipeline.job;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Describes one key of a parameter record. The key's name is the record component's name in
 * kebab-case ({@code shardBytes} is {@code shard-bytes}). The same description serves the checks,
 * the command line's flags and {@code --help}.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Key {
  /** One sentence: what the key means, with its unit. */
  String value();

  /**
   * The default as HOCON text (for example {@code "1%"}, {@code "[]"}, {@code "128MB"}); {@link
   * #REQUIRED} means that the key must be given, unless the component is an {@code Optional}.
   */
  String or() default REQUIRED;

  /** The smallest value of a number. */
  double min() default Double.NEGATIVE_INFINITY;

  /** The largest value of a number. */
  double max() default Double.POSITIVE_INFINITY;

  /**
   * What the artifact is that a reference as the key's value must name, as its job's {@link
   * Job#makes()} says; empty where any serves.
   */
  String of() default "";

  /**
   * Other spellings that are read as well, American ones for instance. The key's own name is what
   * is written.
   */
  String[] also() default {};

  /** Names that the key had once; they are read, with a notice that says the name of today. */
  String[] formerly() default {};

  /**
   * The short flag of the key, without dashes: it stays this key's whatever other keys come. If
   * empty, the key's last name is the flag as long as no other key of the job claims it.
   */
  String flag() default "";

  /** What a number counts, for messages about a wrong one: {@code minibatches}. */
  String counts() default "";

  /** False for a key that can't change the result and so stays out of the fingerprint. */
  boolean affectsResult() default true;

  /** Marks a key without a default. */
  String REQUIRED = "\0required";
}
