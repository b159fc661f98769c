using GraphGateway.ControlPlane;

namespace GraphGateway.Gateway;

/// <summary>How the gateway stops (<c>Gateway:Shutdown</c>).</summary>
public sealed record ShutdownOptions
{
    /// <summary>
    /// How long connections are still accepted after <c>/health/ready</c> has said that the gateway stops: what sends clients here needs that
    /// time to notice. Zero does not wait.
    /// </summary>
    public TimeSpan Delay { get; init; }

    /// <summary>How long requests that have begun may take after that; then they end with an error.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(30);

    internal static ShutdownOptions Read(SettingsReader reader)
    {
        var defaults = new ShutdownOptions();
        return new ShutdownOptions
        {
            Delay = reader.Duration(nameof(Delay), defaults.Delay, allowsZero: true),
            Timeout = reader.Duration(nameof(Timeout), defaults.Timeout),
        };
    }
}
