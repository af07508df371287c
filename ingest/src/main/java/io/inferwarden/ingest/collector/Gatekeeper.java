package io.inferwarden.ingest.collector;

import io.inferwarden.ingest.door.Client;
import java.net.InetSocketAddress;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Set;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/** Tells who sends a request: by its key, else by its certificate, else because it is from here. */
final class Gatekeeper {
  /** Another header for the key, for senders that cannot set {@code Authorization}. */
  static final String API_KEY = "x-api-key";

  private static final String BEARER = "bearer ";

  private final ClientKeys keys;
  private final InstantSource clock;

  /**
   * Who speaks.
   *
   * @param routes paths it may post to; empty for all
   */
  record Speaker(Client client, Set<String> routes) {
    boolean mayPostTo(String path) {
      return routes.isEmpty() || routes.contains(path);
    }
  }

  Gatekeeper(ClientKeys keys, InstantSource clock) {
    this.keys = keys;
    this.clock = clock;
  }

  /** Who sends it; null when nobody that is known. */
  @Nullable Speaker speaker(Request request) {
    if (keys.isEmpty()) {
      return isFromHere(request) ? new Speaker(Client.local(), Set.of()) : null;
    }
    String presented = presentedKey(request.getHeaders());
    ClientKey key =
        presented == null ? ofCertificate(request) : keys.presented(presented, clock.instant());
    return key == null ? null : new Speaker(key.client(), key.routes());
  }

  private @Nullable ClientKey ofCertificate(Request request) {
    if (request.getAttribute(EndPoint.SslSessionData.ATTRIBUTE)
        instanceof EndPoint.SslSessionData session) {
      X509Certificate[] chain = session.peerCertificates();
      if (chain != null && chain.length > 0) {
        return keys.ofCertificate(CertificateNames.of(chain[0]), clock.instant());
      }
    }
    return null;
  }

  private static @Nullable String presentedKey(HttpFields headers) {
    String authorization = headers.get(HttpHeader.AUTHORIZATION);
    if (authorization != null) {
      return authorization.toLowerCase(Locale.ROOT).startsWith(BEARER)
          ? authorization.substring(BEARER.length()).strip()
          : "";
    }
    HttpField apiKey = headers.getField(API_KEY);
    return apiKey == null ? null : apiKey.getValue();
  }

  /**
   * From this machine, by no proxy, and not by a web page that a browser on this machine shows:
   * such a page could otherwise post events of its own.
   */
  private static boolean isFromHere(Request request) {
    HttpFields headers = request.getHeaders();
    return request.getConnectionMetaData().getRemoteSocketAddress()
            instanceof InetSocketAddress peer
        && peer.getAddress() != null
        && peer.getAddress().isLoopbackAddress()
        && !headers.contains(HttpHeader.ORIGIN)
        && !headers.contains(HttpHeader.FORWARDED)
        && !headers.contains(HttpHeader.X_FORWARDED_FOR);
  }
}
