using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.Tokens;

namespace GraphGateway.Http;

/// <summary>
/// Fetches the keys that an issuer publishes, with bounds for their size and their time. An attempt that fails has a line in the
/// log and counts in <c>graphgateway.authentication.key_fetches</c>; the keys that are there stay.
/// </summary>
public sealed class IssuerKeys
{
    private const int MaxBytes = 512 * 1024;

    private readonly JwtIssuerOptions options;
    private readonly TimeSpan timeout;
    private readonly KeyClient http;
    private readonly Counter<long>? fetches;
    private readonly TimeProvider clock;
    private readonly ILogger logger;
    private readonly LogPauses pauses;

    /// <param name="options">The issuer.</param>
    /// <param name="timeout">The longest time for fetching its keys.</param>
    /// <param name="http">By which they are fetched.</param>
    /// <param name="fetches">Counts the attempts; null where nobody does.</param>
    /// <param name="clock">Measures the time.</param>
    /// <param name="logger">Hears of attempts that fail.</param>
    public IssuerKeys(JwtIssuerOptions options, TimeSpan timeout, KeyClient http, Counter<long>? fetches, TimeProvider clock, ILogger logger)
    {
        this.options = options;
        this.timeout = timeout;
        this.http = http;
        this.fetches = fetches;
        this.clock = clock;
        this.logger = logger;
        pauses = new LogPauses(1, clock);
    }

    /// <summary>The keys as they are now.</summary>
    /// <param name="before">Those that were there so far.</param>
    public async Task<KeySet> ReadAsync(KeySet? before)
    {
        if (!options.KnownKeys.IsEmpty)
        {
            return KeySet.Replace(before, options.KnownKeys.Select(key => new SigningKey(key, null, Thumbprint(key))));
        }

        try
        {
            using var patience = new CancellationTokenSource(timeout, clock);
            var url = options.JwksUrl ?? KeySetReader.ReadMetadata(await http.GetAsync(options.MetadataUrl!, MaxBytes, patience.Token), options);
            var keys = KeySetReader.ReadKeys(await http.GetAsync(url, MaxBytes, patience.Token));
            fetches?.Add(1, new("issuer", options.Issuer), new("result", "ok"));
            return KeySet.Replace(before, keys);
        }
        catch (Exception exception)
        {
            fetches?.Add(1, new("issuer", options.Issuer), new("result", "failed"));
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

    private static string Thumbprint(SecurityKey key) => Convert.ToHexString(key.ComputeJwkThumbprint());

    private string ReasonOf(Exception exception) => exception switch
    {
        OperationCanceledException => $"it does not answer within {timeout.TotalSeconds} s.",
        InvalidDataException or HttpRequestException => exception.Message.TrimEnd('.') + ".",
        _ => exception.GetType().Name + ".",
    };
}
