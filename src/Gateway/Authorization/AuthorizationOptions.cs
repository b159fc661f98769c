using GraphGateway.ControlPlane;

namespace GraphGateway.Gateway;

/// <summary>What becomes of a request for what its client may not see.</summary>
public enum AuthorizationMode
{
    /// <summary>What it may not see is null with an error, no source is asked for it, and the rest is answered.</summary>
    Filter,

    /// <summary>The whole request is refused before any source is asked.</summary>
    Reject,

    /// <summary>It is answered as if the client might see all, and told: in the answer's <c>extensions</c>, the log and a metric.</summary>
    DryRun,
}

/// <summary>What clients are told of the schema.</summary>
public enum SchemaVisibility
{
    /// <summary>All of it.</summary>
    All,

    /// <summary>Only what the client may use.</summary>
    Allowed,
}

/// <summary>
/// How the graph's <c>@authenticated</c>, <c>@requiresScopes</c> and <c>@policy</c> are enforced (<c>Gateway:Authorization</c>). They always are.
/// </summary>
public sealed record AuthorizationOptions
{
    /// <summary>What becomes of a request for what its client may not see.</summary>
    public AuthorizationMode Mode { get; init; } = AuthorizationMode.Filter;

    /// <summary>What introspection tells of a schema with protected members.</summary>
    public SchemaVisibility Schema { get; init; } = SchemaVisibility.All;

    internal static AuthorizationOptions Read(SettingsReader reader)
    {
        var defaults = new AuthorizationOptions();
        return new AuthorizationOptions
        {
            Mode = reader.Choice(nameof(Mode), defaults.Mode),
            Schema = reader.Choice(nameof(Schema), defaults.Schema),
        };
    }
}
