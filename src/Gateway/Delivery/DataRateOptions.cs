using GraphGateway.ControlPlane;

namespace GraphGateway.Gateway;

/// <summary>
/// How fast clients have to be: <c>Gateway:MinResponseDataRate</c> for taking an answer, <c>Gateway:MinRequestDataRate</c> for sending the body of a request.
/// </summary>
public sealed record DataRateOptions
{
    /// <summary>For answers. A phone on the worst of networks has some 10 KB in a second, and is without any for half a minute now and then.</summary>
    public static DataRateOptions Response { get; } = new() { BytesPerSecond = 8_000, GracePeriod = TimeSpan.FromSeconds(30) };

    /// <summary>For requests, which are mostly there as a whole at once.</summary>
    public static DataRateOptions Request { get; } = new() { BytesPerSecond = 2_000, GracePeriod = TimeSpan.FromSeconds(15) };

    /// <summary>The least rate, in bytes; 0: as slow as the client likes.</summary>
    public int BytesPerSecond { get; init; }

    /// <summary>The time before the rate counts.</summary>
    public TimeSpan GracePeriod { get; init; }

    internal static DataRateOptions Read(SettingsReader reader, DataRateOptions defaults)
    {
        var options = new DataRateOptions
        {
            BytesPerSecond = reader.Count(nameof(BytesPerSecond), defaults.BytesPerSecond, min: 0),
            GracePeriod = reader.Duration(nameof(GracePeriod), defaults.GracePeriod),
        };
        if (options.GracePeriod <= TimeSpan.FromSeconds(1))
        {
            reader.Problem(nameof(GracePeriod), "is to be more than 1s: clients are looked at once a second.");
        }

        return options;
    }
}
