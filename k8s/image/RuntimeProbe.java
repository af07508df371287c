import static java.nio.charset.StandardCharsets.UTF_8;

import com.github.luben.zstd.Zstd;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.Charset;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Arrays;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import net.jpountz.lz4.LZ4Factory;
import org.rocksdb.RocksDB;
import org.xerial.snappy.Snappy;

/**
 * Run by {@code verify} inside the image: tries what fails only at run time when the runtime or the root file system
 * lacks a part. Arguments: a PKCS12 file with an elliptic-curve key for localhost, its password, a folder to write to.
 */
final class RuntimeProbe {
  private static final byte[] TEXT = "inferwarden ".repeat(100).getBytes(UTF_8);

  public static void main(String[] arguments) throws Exception {
    nativeLibraries(Path.of(arguments[2]));
    transportSecurity(Path.of(arguments[0]), arguments[1].toCharArray());
    encoding();
    readOnly();
  }

  private static void readOnly() throws Exception {
    for (String folder : List.of("/", "/etc", "/opt/inferwarden/lib", "/opt/java", "/var/lib/inferwarden")) {
      boolean written = true;
      try {
        Files.createFile(Path.of(folder, "probe"));
      } catch (FileSystemException refused) {
        written = false;
      }
      require(!written, folder + " cannot be written to");
    }
  }

  private static void nativeLibraries(Path folder) throws Exception {
    try (RocksDB database = RocksDB.open(folder.resolve("rocksdb-probe").toString())) {
      database.put(TEXT, TEXT);
      require(Arrays.equals(database.get(TEXT), TEXT), "RocksDB gives back what it took");
    }
    require(Arrays.equals(Snappy.uncompress(Snappy.compress(TEXT)), TEXT), "Snappy");
    require(Arrays.equals(Zstd.decompress(Zstd.compress(TEXT), TEXT.length), TEXT), "Zstandard");
    byte[] packed = LZ4Factory.nativeInstance().fastCompressor().compress(TEXT);
    require(
        Arrays.equals(LZ4Factory.nativeInstance().fastDecompressor().decompress(packed, TEXT.length), TEXT), "LZ4");
  }

  private static void transportSecurity(Path keyFile, char[] password) throws Exception {
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(keyFile)) {
      keys.load(in, password);
    }
    KeyManagerFactory own = KeyManagerFactory.getInstance("PKIX");
    own.init(keys, password);
    TrustManagerFactory trusted = TrustManagerFactory.getInstance("PKIX");
    trusted.init(keys);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(own.getKeyManagers(), trusted.getTrustManagers(), null);

    HttpsServer server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(context));
    server.createContext("/", exchange -> {
      exchange.sendResponseHeaders(204, -1);
      exchange.close();
    });
    server.start();
    try {
      URI address = URI.create("https://localhost:" + server.getAddress().getPort() + "/");
      HttpResponse<Void> answer = get(HttpClient.newBuilder().sslContext(context).build(), address);
      String protocol = answer.sslSession().orElseThrow().getProtocol();
      require(answer.statusCode() == 204 && protocol.equals("TLSv1.3"), "TLS 1.3, was " + protocol);
      require(refuses(HttpClient.newHttpClient(), address), "a certificate that nobody signed is refused");
    } finally {
      server.stop(0);
    }

    TrustManagerFactory system = TrustManagerFactory.getInstance("PKIX");
    system.init((KeyStore) null);
    int authorities = ((X509TrustManager) system.getTrustManagers()[0]).getAcceptedIssuers().length;
    require(authorities >= 100, "at least 100 certificate authorities, were " + authorities);
  }

  private static void encoding() {
    String charset = Charset.defaultCharset().name();
    require(charset.equals("UTF-8"), "text is UTF-8, was " + charset);
  }

  private static HttpResponse<Void> get(HttpClient client, URI address) throws Exception {
    return client.send(HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.discarding());
  }

  private static boolean refuses(HttpClient client, URI address) throws Exception {
    try {
      get(client, address);
      return false;
    } catch (SSLHandshakeException refused) {
      return true;
    }
  }

  private static void require(boolean holds, String claim) {
    if (!holds) {
      throw new IllegalStateException("not so: " + claim);
    }
  }
}
