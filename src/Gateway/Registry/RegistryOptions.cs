using GraphGateway.ControlPlane;

namespace GraphGateway.Gateway;

/// <summary>Which stage of which graph in the registry the gateway as a program runs (<c>Gateway:Registry</c>), instead of a file.</summary>
public sealed record RegistryOptions
{
    /// <summary>Where the registry is: a file of SQLite, or a connection string of PostgreSQL. Null: the graph is the file <see cref="GatewayOptions.Supergraph"/>.</summary>
    public string? Store { get; init; }

    /// <summary>The graph, such as <c>shop</c>.</summary>
    public string Graph { get; init; } = "";

    /// <summary>The stage, such as <c>production</c>.</summary>
    public string Stage { get; init; } = "";

    /// <summary>How often is asked whether something else is live.</summary>
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
    internal bool IsOn => Store is not null;

    internal static RegistryOptions Read(SettingsReader reader)
    {
        var defaults = new RegistryOptions();
        var options = new RegistryOptions
        {
            Store = reader.Text(nameof(Store)),
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

        foreach (var (key, what, name) in new[] { (nameof(Graph), "graph", options.Graph), (nameof(Stage), "stage", options.Stage) })
        {
            if (options.IsOn && RegistryLimits.FindProblem(what, name) is { } problem)
            {
                reader.Problem(key, name.Length == 0 ? $"is missing. Name the {what} whose live supergraph is to be run." : $"'{name}' is no name. {problem}");
            }
        }

        if (!options.IsOn && options != defaults)
        {
            reader.Problem(nameof(Store), "is missing: the other settings of Gateway:Registry say nothing without it.");
        }

        return options;
    }
}
