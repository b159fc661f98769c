using GraphGateway.ControlPlane;

namespace GraphGateway.Gateway;

/// <summary>Which stage of which graph in the registry the gateway as a program runs (<c>Gateway:Registry</c>), instead of a file.</summary>
public sealed record RegistryOptions
{
    /// <summary>Where the registry is: a file of SQLite, or a connection string of PostgreSQL. Null: the graph is the file <see cref="GatewayOptions.Supergraph"/>.</summary>
    public string? Store { get; init; }

    /// <summary>Where the registry's HTTP API is, instead of <see cref="Store"/>, and the key for it.</summary>
    public RegistryAddress? Address { get; init; }

    /// <summary>The graph, such as <c>shop</c>.</summary>
    public string Graph { get; init; } = "";

    /// <summary>The stage, such as <c>production</c>.</summary>
    public string Stage { get; init; } = "";

    /// <summary>How often is asked whether something else is live. Over HTTP the registry says it itself; this is the least time between two questions then.</summary>
    public TimeSpan Interval { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The file in which the last good supergraph is kept, an absolute path, so that the gateway starts while the registry is away; null: it does not.</summary>
    public string? File { get; init; }

    /// <summary>Whether what clients use is counted into the registry.</summary>
    public bool Usage { get; init; } = true;

    /// <summary>Which part of the requests is counted, more than 0 and at most 1; each then stands for as many as it was chosen from.</summary>
    public double UsageSampling { get; init; } = 1;

    /// <summary>How often it is written.</summary>
    public TimeSpan UsageInterval { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Where this process serves the registry's HTTP API; null: it does not.</summary>
    public RegistryApiOptions? Api { get; init; }

    /// <summary>Whether the graph comes from a registry.</summary>
    internal bool IsOn => Store is not null || Address is not null || IsElsewhere;

    // The settings have an address, even where it is a wrong one.
    private bool IsElsewhere { get; init; }

    /// <summary>The registry. Nothing is opened yet.</summary>
    /// <param name="clock">Measures the time that requests take.</param>
    internal IRegistry Open(TimeProvider clock) => Address is { } address ? new RemoteRegistry(address, clock) : SchemaRegistry.At(Store!, readOnly: true);

    internal static RegistryOptions Read(SettingsReader reader)
    {
        var defaults = new RegistryOptions();
        var options = new RegistryOptions
        {
            Store = reader.Text(nameof(Store)),
            Address = RegistryAddressReader.Read(reader),
            IsElsewhere = reader.Text(RegistryAddressReader.Url) is not null,
            Graph = reader.Text(nameof(Graph)) ?? "",
            Stage = reader.Text(nameof(Stage)) ?? "",
            Interval = reader.Duration(nameof(Interval), defaults.Interval),
            Usage = reader.OnOff(nameof(Usage), defaults.Usage),
            UsageSampling = reader.Share(nameof(UsageSampling)) ?? defaults.UsageSampling,
            UsageInterval = reader.Duration(nameof(UsageInterval), defaults.UsageInterval),
            File = reader.Text(nameof(File)) is { } file ? Path.GetFullPath(file) : null,
            Api = reader.Section(nameof(Api), RegistryApiOptions.Read),
        };
        if (options.Store is { } store && !StorePlace.IsPlace(store))
        {
            // It may have a password: it is not repeated.
            reader.Problem(nameof(Store), "is neither the name of a file nor a connection string of PostgreSQL such as Host=127.0.0.1;Database=graphgateway.");
        }

        if (options.UsageSampling == 0)
        {
            reader.Problem(nameof(UsageSampling), "is 0: nothing would be counted. Write Usage=Off for that.");
        }

        if (options.IsElsewhere && (options.Store is not null || options.Api is not null))
        {
            reader.Problem(
                RegistryAddressReader.Url,
                options.Store is not null ? "and Store are both given: the registry is in one place." : "and Api are both given: this process serves a registry in a Store, or follows one elsewhere.");
        }

        foreach (var (key, what, name) in new[] { (nameof(Graph), "graph", options.Graph), (nameof(Stage), "stage", options.Stage) })
        {
            if (options.IsOn && RegistryLimits.FindProblem(what, name) is { } problem)
            {
                reader.Problem(key, name.Length == 0 ? $"is missing. Name the {what} whose live supergraph is to be run." : $"'{name}' is no name. {problem}");
            }
        }

        if (!options.IsOn && options != defaults)
        {
            reader.Problem(nameof(Store), $"is missing, or {RegistryAddressReader.Url}: the other settings of Gateway:Registry say nothing without one of them.");
        }

        return options;
    }
}
