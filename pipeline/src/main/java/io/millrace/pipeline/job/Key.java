package io.millrace.pipeline.job;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Describes one key of a parameter record. The key's name is the record component's name in
 * kebab-case ({@code shardBytes} is {@code shard-bytes}). The same description is used for checks,
 * for the command line's flags and for {@code --help}.
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
   * The kind of artifact that a reference in this key must name, as in its job's {@link
   * Job#makes()}; empty if any kind is allowed.
   */
  String of() default "";

  /**
   * Other spellings that are read too, for instance American ones. Only the key's own name is
   * written.
   */
  String[] also() default {};

  /** Earlier names of the key; they are read, with a notice that gives today's name. */
  String[] formerly() default {};

  /**
   * The short flag of the key, without dashes, which stays with this key even if other keys with
   * that name are added. If empty, the key's last name is the flag as long as no other key of the
   * job has it.
   */
  String flag() default "";

  /** What a number counts, for messages about a wrong value: {@code minibatches}. */
  String counts() default "";

  /** False for a key that can't change the result and so is not part of the fingerprint. */
  boolean affectsResult() default true;

  /** Marks a key without a default. */
  String REQUIRED = "\0required";
}
