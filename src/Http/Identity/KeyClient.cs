namespace GraphGateway.Http;

/// <summary>By which the keys of issuers are fetched: no redirect, no proxy, no cookies.</summary>
/// <param name="timeout">The longest time for opening a connection.</param>
public sealed class KeyClient(TimeSpan timeout) : IDisposable
{
    private readonly HttpMessageInvoker http = new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseProxy = false,
        UseCookies = false,
        ConnectTimeout = timeout,
        PooledConnectionLifetime = TimeSpan.FromMinutes(2),
        MaxConnectionsPerServer = 2,
        ActivityHeadersPropagator = null,
    });

    /// <summary>The body of an answer.</summary>
    /// <param name="url">What is asked for.</param>
    /// <param name="maxBytes">A longer body is none.</param>
    /// <param name="patience">Ends it.</param>
    /// <exception cref="InvalidDataException">The answer has another status than 200, or is too long.</exception>
    public async Task<ReadOnlyMemory<byte>> GetAsync(Uri url, int maxBytes, CancellationToken patience)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, url);
        request.Headers.Accept.ParseAdd("application/json");
        using var response = await http.SendAsync(request, patience);
        if (response.StatusCode != System.Net.HttpStatusCode.OK)
        {
            throw new InvalidDataException($"{url} answers with status {(int)response.StatusCode}.");
        }

        await using var stream = await response.Content.ReadAsStreamAsync(patience);
        var buffer = new byte[maxBytes + 1];
        var length = await stream.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, patience);
        return length > maxBytes ? throw new InvalidDataException($"{url} answers with more than {maxBytes} bytes.") : buffer.AsMemory(0, length);
    }

    /// <inheritdoc/>
    public void Dispose() => http.Dispose();
}
