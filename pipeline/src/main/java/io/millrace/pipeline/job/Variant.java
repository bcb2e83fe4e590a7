package io.millrace.pipeline.job;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Names a record that is one choice of a sealed interface. A sealed interface is written either as
 * an object with one key, the choice's name ({@code { pad-reflect = 4 }}, {@code one-cycle { epochs
 * = 5 } }), or, where the interface carries {@link #discriminator()} (on the interface itself), as
 * an object whose key of that name says which ({@code { name = resnet, channels = [..] }}). A
 * choice whose value is no object gives the record's first component ({@code random-crop = 32}).
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface Variant {
  /** On a record: the choice's name in kebab-case. */
  String value() default "";

  /** On the sealed interface: the key that says which choice it is; empty for the one-key form. */
  String discriminator() default "";

  /** On a record: one sentence on what the choice is, for lists of choices. */
  String summary() default "";

  /** On a record: the choice as a person would write it in a pipeline file, in HOCON. */
  String example() default "";
}
