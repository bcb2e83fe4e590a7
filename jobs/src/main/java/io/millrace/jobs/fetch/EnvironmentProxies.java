package io.millrace.jobs.fetch;

import io.millrace.pipeline.CannotException;
import java.io.IOException;
import java.net.Authenticator;
import java.net.InetSocketAddress;
import java.net.PasswordAuthentication;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The proxies in the environment, read as curl, wget and Python do: {@code http_proxy}, {@code
 * https_proxy}, {@code all_proxy} and {@code no_proxy}, in lower or upper case; lower case comes
 * first.
 */
final class EnvironmentProxies extends ProxySelector {
  private static final String ALL = "all_proxy";
  private static final String NONE = "no_proxy";
  private static final String SCHEME = "http";
  private static final int USUAL_PORT = 80;
  // Unless this is empty, Java sends no password to a proxy for a tunnel.
  private static final String TUNNELS_WITHOUT = "jdk.http.auth.tunneling.disabledSchemes";

  private final Map<String, URI> proxies;
  private final List<String> exceptions;

  private EnvironmentProxies(Map<String, URI> proxies, List<String> exceptions) {
    this.proxies = proxies;
    this.exceptions = exceptions;
  }

  /**
   * The proxies of an environment; empty if it names none, so that Java's own settings apply.
   *
   * @param what can't be done, after "cannot"
   * @throws CannotException if a named proxy can't be used
   */
  static Optional<EnvironmentProxies> of(String what, Map<String, String> environment) {
    Map<String, URI> proxies = new TreeMap<>();
    for (String scheme : List.of(SCHEME, "https")) {
      named(environment, scheme + "_proxy")
          .or(() -> named(environment, ALL))
          .ifPresent(it -> proxies.put(scheme, proxy(what, it)));
    }
    if (proxies.isEmpty()) {
      return Optional.empty();
    }
    String without = named(environment, NONE).map(Map.Entry::getValue).orElse("");
    return Optional.of(
        new EnvironmentProxies(
            proxies, Arrays.stream(without.split("[,\\s]+")).filter(it -> !it.isEmpty()).toList()));
  }

  private static Optional<Map.Entry<String, String>> named(
      Map<String, String> environment, String name) {
    return Stream.of(name, name.toUpperCase(Locale.ROOT))
        .filter(it -> !environment.getOrDefault(it, "").isBlank())
        .findFirst()
        .map(it -> Map.entry(it, environment.get(it).strip()));
  }

  /** The value is not shown, as it may contain a password. */
  private static URI proxy(String what, Map.Entry<String, String> named) {
    String text = named.getValue();
    try {
      URI uri = new URI(text.contains("://") ? text : SCHEME + "://" + text);
      if (SCHEME.equalsIgnoreCase(uri.getScheme()) && uri.getHost() != null) {
        return uri;
      }
    } catch (URISyntaxException e) {
      // Reported like all others.
    }
    throw new CannotException(
        what,
        named.getKey()
            + " in the environment is not a usable proxy; write"
            + " http://HOST:PORT or http://NAME:PASSWORD@HOST:PORT, or unset it");
  }

  @Override
  public List<Proxy> select(URI url) {
    URI proxy = proxies.get(url.getScheme().toLowerCase(Locale.ROOT));
    if (proxy == null
        || isThisMachine(url.getHost())
        || exceptions.stream().anyMatch(it -> covers(it, url))) {
      return List.of(Proxy.NO_PROXY);
    }
    return List.of(
        new Proxy(
            Proxy.Type.HTTP, InetSocketAddress.createUnresolved(proxy.getHost(), port(proxy))));
  }

  /** Java's own settings exclude this machine too, and no proxy elsewhere could reach it. */
  private static boolean isThisMachine(String host) {
    return host != null
        && (host.equalsIgnoreCase("localhost") || host.startsWith("127.") || host.equals("[::1]"));
  }

  private static int port(URI proxy) {
    return proxy.getPort() < 0 ? USUAL_PORT : proxy.getPort();
  }

  /** {@code host}, {@code .domain}, {@code *.domain} or {@code *}, each with or without a port. */
  private static boolean covers(String exception, URI url) {
    String name = exception.toLowerCase(Locale.ROOT).replaceFirst("^\\*?\\.", "");
    int colon = name.lastIndexOf(':');
    if (colon > 0 && name.substring(colon + 1).matches("\\d+") && name.indexOf(':') == colon) {
      int port = url.getPort() < 0 ? ("https".equals(url.getScheme()) ? 443 : 80) : url.getPort();
      if (!name.substring(colon + 1).equals(Integer.toString(port))) {
        return false;
      }
      name = name.substring(0, colon);
    }
    String host = String.valueOf(url.getHost()).toLowerCase(Locale.ROOT);
    return name.equals("*") || host.equals(name) || host.endsWith("." + name);
  }

  /** Name and password for proxies that require them; empty if the environment has none. */
  Optional<Authenticator> authenticator() {
    if (proxies.values().stream().allMatch(it -> it.getUserInfo() == null)) {
      return Optional.empty();
    }
    if (System.getProperty(TUNNELS_WITHOUT) == null) {
      System.setProperty(TUNNELS_WITHOUT, "");
    }
    return Optional.of(
        new Authenticator() {
          @Override
          protected PasswordAuthentication getPasswordAuthentication() {
            return getRequestorType() == RequestorType.PROXY ? told(getRequestingHost()) : null;
          }
        });
  }

  private PasswordAuthentication told(String host) {
    return proxies.values().stream()
        .filter(it -> it.getHost().equalsIgnoreCase(host) && it.getUserInfo() != null)
        .findFirst()
        .map(it -> it.getUserInfo().split(":", 2))
        .map(it -> new PasswordAuthentication(it[0], (it.length > 1 ? it[1] : "").toCharArray()))
        .orElse(null);
  }

  /** The proxy for an address, for a message; empty if there is none. */
  String between(URI url) {
    return select(url).get(0).address() instanceof InetSocketAddress address
        ? " by the proxy " + address.getHostString() + ":" + address.getPort()
        : "";
  }

  @Override
  public void connectFailed(URI url, SocketAddress address, IOException failure) {
    // The client throws it as well.
  }
}
