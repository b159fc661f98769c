using System.Diagnostics.Metrics;
using Microsoft.IdentityModel.Tokens;

namespace GraphGateway.Gateway;

/// <summary>
/// Fetches the keys that an issuer publishes, with bounds for their size and their time, no redirect and no proxy. An attempt that fails has a line in the
/// log and counts in <c>graphgateway.authentication.key_fetches</c>; the keys that are there stay.
/// </summary>
internal sealed class IssuerKeys
{
    private const int MaxBytes = 512 * 1024;

    private readonly JwtIssuerOptions options;
    private readonly TimeSpan timeout;
    private readonly HttpMessageInvoker http;
    private readonly Counter<long> fetches;
    private readonly TimeProvider clock;
    private readonly ILogger logger;
    private readonly LogPauses pauses;

    public IssuerKeys(JwtIssuerOptions options, TimeSpan timeout, HttpMessageInvoker http, Counter<long> fetches, TimeProvider clock, ILogger logger)
    {
        this.options = options;
        this.timeout = timeout;
        this.http = http;
        this.fetches = fetches;
        this.clock = clock;
        this.logger = logger;
        pauses = new LogPauses(1, clock);
    }

    /// <summary>Makes the client for all issuers.</summary>
    public static HttpMessageInvoker MakeClient(TimeSpan timeout) => new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseProxy = false,
        UseCookies = false,
        ConnectTimeout = timeout,
        PooledConnectionLifetime = TimeSpan.FromMinutes(2),
        MaxConnectionsPerServer = 2,
        ActivityHeadersPropagator = null,
    });

    /// <summary>The keys as they are now.</summary>
    /// <param name="before">Those that were there so far.</param>
    public async Task<KeySet> ReadAsync(KeySet? before)
    {
        if (!options.SharedKeys.IsEmpty)
        {
            return KeySet.Replace(before, options.SharedKeys.Select(key => new SigningKey(key, null, SharedId(key))));
        }

        try
        {
            using var patience = new CancellationTokenSource(timeout, clock);
            var url = options.JwksUrl ?? KeySetReader.ReadMetadata(await FetchAsync(options.MetadataUrl!, patience.Token), options);
            var keys = KeySetReader.ReadKeys(await FetchAsync(url, patience.Token));
            fetches.Add(1, new("issuer", options.Issuer), new("result", "ok"));
            return KeySet.Replace(before, keys);
        }
        catch (Exception exception)
        {
            fetches.Add(1, new("issuer", options.Issuer), new("result", "failed"));
            if (pauses.MayLog(0, out var leftOut))
            {
                logger.LogWarning(
                    "The keys of the issuer {Issuer} cannot be fetched: {Reason} {Consequence} ({LeftOut} more like it since the last line)",
                    options.Issuer,
                    ReasonOf(exception),
                    before is null ? "Its tokens are refused until they can be." : "Those that are known stay.",
                    leftOut);
            }

            throw;
        }
    }

    private static string SharedId(SecurityKey key) => Convert.ToHexString(key.ComputeJwkThumbprint());

    private string ReasonOf(Exception exception) => exception switch
    {
        OperationCanceledException => $"it does not answer within {timeout.TotalSeconds} s.",
        InvalidDataException or HttpRequestException => exception.Message.TrimEnd('.') + ".",
        _ => exception.GetType().Name + ".",
    };

    private async Task<ReadOnlyMemory<byte>> FetchAsync(Uri url, CancellationToken patience)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, url);
        request.Headers.Accept.ParseAdd("application/json");
        using var response = await http.SendAsync(request, patience);
        if (response.StatusCode != System.Net.HttpStatusCode.OK)
        {
            throw new InvalidDataException($"{url} answers with status {(int)response.StatusCode}.");
        }

        await using var stream = await response.Content.ReadAsStreamAsync(patience);
        var buffer = new byte[MaxBytes + 1];
        var length = await stream.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, patience);
        return length > MaxBytes ? throw new InvalidDataException($"{url} answers with more than {MaxBytes} bytes.") : buffer.AsMemory(0, length);
    }
}
