using GraphGateway.ControlPlane;
using GraphGateway.Validation;

namespace GraphGateway.Gateway;

/// <summary>Which requests run, of those that are not published documents named by their identifier.</summary>
public enum SafelistLevel
{
    /// <summary>All.</summary>
    Off,

    /// <summary>All; those whose text is not published are told in the log.</summary>
    LogUnknown,

    /// <summary>Those whose text is published, too.</summary>
    Known,

    /// <summary>None.</summary>
    RequireId,
}

/// <summary>Whether clients may send an identifier instead of a document, and whether they must (<c>Gateway:PersistedOperations</c>).</summary>
public sealed record PersistedOperationsOptions
{
    /// <summary>
    /// Whether the gateway remembers documents that come with their hash, for requests with the hash alone: automatic persisted queries. It lets nobody run
    /// what could not be sent as text.
    /// </summary>
    public bool Automatic { get; init; } = true;

    /// <summary>Bytes of all documents that are remembered so; what nobody has asked for lately makes room, and its clients send it again.</summary>
    public int AutomaticBytes { get; init; } = 32 * 1024 * 1024;

    /// <summary>Where published documents are: a file (SQLite), or a connection string of PostgreSQL. Null: none are, and nothing is opened.</summary>
    public string? Store { get; init; }

    /// <summary>Which requests run that are no published documents.</summary>
    public SafelistLevel Safelist { get; init; } = SafelistLevel.Off;

    /// <summary>Whether <see cref="Safelist"/> refuses, or only counts what it would refuse.</summary>
    public LimitMode Mode { get; init; } = LimitMode.Enforce;

    /// <summary>True where a request may name its document at all.</summary>
    internal bool TakesIds => Automatic || Store is not null;

    internal static PersistedOperationsOptions Read(SettingsReader reader)
    {
        var defaults = new PersistedOperationsOptions();
        var options = new PersistedOperationsOptions
        {
            Automatic = reader.OnOff(nameof(Automatic), defaults.Automatic),
            AutomaticBytes = reader.Count(nameof(AutomaticBytes), defaults.AutomaticBytes),
            Store = reader.Text(nameof(Store)),
            Safelist = reader.Choice(nameof(Safelist), defaults.Safelist),
            Mode = reader.Choice(nameof(Mode), defaults.Mode),
        };
        if (options.Store is { } store && !StorePlace.IsPlace(store))
        {
            // It may have a password: it is not repeated.
            reader.Problem(nameof(Store), "is neither the name of a file nor a connection string of PostgreSQL such as Host=127.0.0.1;Database=graphgateway.");
        }

        if (options.Safelist != SafelistLevel.Off && options.Store is null)
        {
            reader.Problem(nameof(Safelist), $"needs {nameof(Store)}: what is published there is what may run.");
        }

        return options;
    }
}
