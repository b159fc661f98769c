using GraphGateway.ControlPlane;

namespace GraphGateway.Gateway;

/// <summary>How the sources are watched (<c>Gateway:Health</c>).</summary>
public sealed record HealthOptions
{
    /// <summary>The pause between two looks at a source.</summary>
    public TimeSpan Interval { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long a source may take to accept a connection.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(2);

    internal static HealthOptions Read(SettingsReader reader)
    {
        var defaults = new HealthOptions();
        return new HealthOptions
        {
            Interval = reader.Duration(nameof(Interval), defaults.Interval),
            Timeout = reader.Duration(nameof(Timeout), defaults.Timeout),
        };
    }
}
