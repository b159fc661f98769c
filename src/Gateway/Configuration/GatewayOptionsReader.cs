using System.Collections.Immutable;
using GraphGateway.ControlPlane;
using GraphGateway.Execution;

namespace GraphGateway.Gateway;

/// <summary>The gateway's settings, or what is wrong with them: <see cref="Options"/> is null exactly when there are problems.</summary>
/// <param name="Options">The settings.</param>
/// <param name="Problems">All problems, not only the first.</param>
public sealed record GatewayOptionsResult(GatewayOptions? Options, ImmutableArray<SettingProblem> Problems);

/// <summary>Reads and checks the section <c>Gateway</c>; each method is one section of it.</summary>
public static class GatewayOptionsReader
{
    /// <summary>The name of the section.</summary>
    public const string SectionName = "Gateway";

    /// <summary>Reads the section.</summary>
    /// <param name="configuration">The whole configuration.</param>
    public static GatewayOptionsResult Read(IConfiguration configuration)
    {
        var problems = new List<SettingProblem>();
        var section = configuration.GetSection(SectionName);
        if (!string.IsNullOrEmpty(section.Value))
        {
            problems.Add(new SettingProblem(
                SectionName, $"takes settings of its own, such as {SectionName}:Supergraph, not the value '{section.Value}'."));
        }

        var reader = new SettingsReader(section, problems);
        var options = ReadGateway(reader, configuration);
        options = options with { Subgraphs = options.Subgraphs with { CredentialHeaders = options.Authentication.Headers } };
        IdentityOptionsReader.Check(reader, options.Identity, options.Subgraphs);
        CheckPorts(reader, options, configuration);
        CheckPlans(reader, options);
        reader.RefuseUnknown();
        return problems.Count == 0 ? new GatewayOptionsResult(options, []) : new GatewayOptionsResult(null, [.. problems]);
    }

    // At such a port there is nothing else (OwnPort): the one would answer what is meant for the other.
    private static void CheckPorts(SettingsReader reader, GatewayOptions options, IConfiguration configuration)
    {
        if (options.Registry.Api is { } api)
        {
            var others = OwnPort.Traffic(configuration).Select(port => (Port: port, Name: "the address of clients"))
                .Concat(options.Telemetry.Prometheus ? [(options.Telemetry.PrometheusUrl.Port, $"{SectionName}:{nameof(GatewayOptions.Telemetry)}:{nameof(TelemetryOptions.PrometheusUrl)}")] : [])
                .Concat(options.ResponseCache.Invalidation is { } page ? [(page.Url.Port, $"{SectionName}:{nameof(GatewayOptions.ResponseCache)}:{nameof(ResponseCacheOptions.Invalidation)}")] : []);
            foreach (var (port, name) in others.Where(other => other.Port == api.Url.Port && other.Port != 0))
            {
                reader.Problem($"{nameof(GatewayOptions.Registry)}:{nameof(RegistryOptions.Api)}:{nameof(RegistryApiOptions.Url)}", $"has port {port}, as {name} has: each needs one of its own.");
            }
        }

        if (options is { Telemetry: { Prometheus: true } telemetry, ResponseCache.Invalidation: { } invalidation } && telemetry.PrometheusUrl.Port == invalidation.Url.Port)
        {
            reader.Problem(
                $"{nameof(GatewayOptions.ResponseCache)}:{nameof(ResponseCacheOptions.Invalidation)}:{nameof(InvalidationOptions.Url)}",
                $"has port {invalidation.Url.Port}, as {SectionName}:{nameof(GatewayOptions.Telemetry)}:{nameof(TelemetryOptions.PrometheusUrl)} has: each needs one of its own.");
        }
    }

    // Plans without texts would never be read.
    private static void CheckPlans(SettingsReader reader, GatewayOptions options)
    {
        if (options is { WarmUp: { Plans: not null, File: null }, PersistedOperations.Store: null })
        {
            reader.Problem(
                $"{nameof(GatewayOptions.WarmUp)}:{nameof(WarmUpOptions.Plans)}",
                $"keeps the plans of operations that nobody notes. Name a file for their texts, {SectionName}:{nameof(GatewayOptions.WarmUp)}:{nameof(WarmUpOptions.File)}, or publish operations "
                + $"({SectionName}:{nameof(GatewayOptions.PersistedOperations)}:{nameof(PersistedOperationsOptions.Store)}).");
        }
    }

    private static GatewayOptions ReadGateway(SettingsReader reader, IConfiguration configuration)
    {
        var defaults = new GatewayOptions { Supergraph = "" };
        var identity = reader.Section(nameof(GatewayOptions.Identity), IdentityOptionsReader.Read);
        var registry = reader.Section(nameof(GatewayOptions.Registry), RegistryOptions.Read);
        return new GatewayOptions
        {
            Supergraph = ReadSupergraph(reader, registry),
            FollowSupergraph = reader.OnOff(nameof(GatewayOptions.FollowSupergraph), defaults.FollowSupergraph),
            SupergraphKeys = ReadSupergraphKeys(reader),
            Registry = registry,
            Ide = reader.OnOff(nameof(GatewayOptions.Ide), defaults.Ide),
            Introspection = reader.OnOff(nameof(GatewayOptions.Introspection), defaults.Introspection),
            QueryPlan = reader.OnOff(nameof(GatewayOptions.QueryPlan), defaults.QueryPlan),
            VerifyPlans = reader.OnOff(nameof(GatewayOptions.VerifyPlans), defaults.VerifyPlans),
            PlanStatistics = reader.OnOff(nameof(GatewayOptions.PlanStatistics), defaults.PlanStatistics),
            UnservableFields = reader.Choice(nameof(GatewayOptions.UnservableFields), defaults.UnservableFields),
            OverrideLabels = OverrideLabelOptions.Read(reader),
            RequestTimeout = reader.Duration(nameof(GatewayOptions.RequestTimeout), defaults.RequestTimeout),
            MinResponseDataRate = reader.Section(nameof(GatewayOptions.MinResponseDataRate), rate => DataRateOptions.Read(rate, defaults.MinResponseDataRate)),
            MinRequestDataRate = reader.Section(nameof(GatewayOptions.MinRequestDataRate), rate => DataRateOptions.Read(rate, defaults.MinRequestDataRate)),
            Compression = reader.OnOff(nameof(GatewayOptions.Compression), defaults.Compression),
            Limits = reader.Section(nameof(GatewayOptions.Limits), ReadLimits),
            Cost = reader.Section(nameof(GatewayOptions.Cost), CostOptions.Read),
            PersistedOperations = reader.Section(nameof(GatewayOptions.PersistedOperations), PersistedOperationsOptions.Read),
            WarmUp = reader.Section(nameof(GatewayOptions.WarmUp), WarmUpOptions.Read),
            ResponseCache = reader.Section(nameof(GatewayOptions.ResponseCache), ResponseCacheOptions.Read),
            Deduplication = reader.Section(nameof(GatewayOptions.Deduplication), DeduplicationOptions.Read),
            Access = reader.Section(nameof(GatewayOptions.Access), AccessOptions.Read),
            Cors = reader.Section(nameof(GatewayOptions.Cors), CorsOptions.Read),
            StrictTransportSecurityDays = reader.Count(
                nameof(GatewayOptions.StrictTransportSecurityDays), defaults.StrictTransportSecurityDays, GatewayOptions.MaxStrictTransportSecurityDays, min: 0),
            Authentication = reader.Section(nameof(GatewayOptions.Authentication), new AuthenticationOptionsReader(configuration).Read),
            Authorization = reader.Section(nameof(GatewayOptions.Authorization), AuthorizationOptions.Read),
            RateLimits = reader.Section(nameof(GatewayOptions.RateLimits), RateLimitOptionsReader.Read),
            Identity = identity.Options,
            Subgraphs = reader.Section(nameof(GatewayOptions.Subgraphs), subgraphs => ReadSubgraphs(subgraphs, identity.Rules)),
            Health = reader.Section(nameof(GatewayOptions.Health), HealthOptions.Read),
            Shutdown = reader.Section(nameof(GatewayOptions.Shutdown), ShutdownOptions.Read),
            Telemetry = reader.Section(nameof(GatewayOptions.Telemetry), new TelemetryOptionsReader(configuration).Read),
        };
    }

    private static string ReadSupergraph(SettingsReader reader, RegistryOptions registry)
    {
        const string key = nameof(GatewayOptions.Supergraph);
        if (registry.IsOn)
        {
            if (reader.Text(key) is not null)
            {
                reader.Problem(key, $"and Gateway:Registry:{(registry.Store is null ? RegistryAddressReader.Url : nameof(RegistryOptions.Store))} are both given: the graph comes from one of them. Gateway:Registry:File keeps the last good one.");
            }

            return "";
        }

        if (reader.Text(key) is not { } file)
        {
            reader.Problem(key, "is missing. Name the composed graph: --Gateway:Supergraph=FILE (`graphgateway compose` makes one).");
            return "";
        }

        var path = Path.GetFullPath(file);
        if (!File.Exists(path))
        {
            reader.Problem(key, $"there is no file {path}. `graphgateway compose` makes one.");
        }

        return path;
    }

    private static ImmutableArray<SupergraphKey> ReadSupergraphKeys(SettingsReader reader)
    {
        const string key = nameof(GatewayOptions.SupergraphKeys);
        var keys = ImmutableArray.CreateBuilder<SupergraphKey>();
        foreach (var file in reader.Texts(key, []))
        {
            if (!SupergraphKey.TryRead(Path.GetFullPath(file), isPrivate: false, out var read, out var problem))
            {
                reader.Problem(key, problem);
            }
            else if (read.IsPrivate)
            {
                reader.Problem(key, $"{file} has a private key: whoever reads it can sign. The gateway needs the public part alone: `openssl ec -in {file} -pubout -out signing-public.pem`.");
            }
            else
            {
                keys.Add(read);
            }
        }

        return keys.ToImmutable();
    }

    private static LimitOptions ReadLimits(SettingsReader reader)
    {
        var defaults = new LimitOptions();
        var rules = OperationRules.ReadLimits(reader);
        return new LimitOptions
        {
            RequestBytes = reader.Count(nameof(LimitOptions.RequestBytes), defaults.RequestBytes),
            DocumentBytes = rules.DocumentBytes,
            Nesting = rules.Nesting,
            Tokens = rules.Tokens,
            Operation = rules.Shape,
            AnswerBytes = reader.Count(nameof(LimitOptions.AnswerBytes), defaults.AnswerBytes),
            OperationCacheBytes = reader.Count(nameof(LimitOptions.OperationCacheBytes), defaults.OperationCacheBytes),
            AnswerMemoryBytes = reader.Memory(nameof(LimitOptions.AnswerMemoryBytes), defaults.AnswerMemoryBytes, LimitOptions.AvailableMemoryBytes),
            SourceRequests = reader.Count(nameof(LimitOptions.SourceRequests), defaults.SourceRequests, ExecutionOptions.RequestCeiling),
        };
    }

    private static SubgraphsOptions ReadSubgraphs(SettingsReader reader, IdentityRules identity)
    {
        var all = reader.Section(nameof(SubgraphsOptions.All), section =>
        {
            if (section.Text(nameof(SubgraphOptions.Url)) is not null)
            {
                section.Problem(nameof(SubgraphOptions.Url), "is for one source, not for all. Write Gateway:Subgraphs:NAME:Url.");
            }

            return ReadSubgraph(section, new SubgraphOptions { Identity = identity });
        });
        var named = new SubgraphsOptions().Named.ToBuilder();
        foreach (var name in reader.OtherKeys())
        {
            named[name] = reader.Section(name, section => ReadSubgraph(section, all) with
            {
                Identity = section.Section(nameof(SubgraphOptions.Identity), own => IdentityOptionsReader.ReadOwn(own, identity)),
            });
        }

        return new SubgraphsOptions { All = all, Named = named.ToImmutable() };
    }

    private static string? ReadDeadlineHeader(SettingsReader reader, string? all)
    {
        const string key = nameof(SubgraphOptions.DeadlineHeader);
        var name = reader.Text(key) ?? all;
        if (name is null || name.Equals("Off", StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        if (!HeaderNames.IsName(name) || HeaderNames.IsPattern(name) || HeaderNames.IsOwn(name))
        {
            reader.Problem(key, $"'{name}' is not the name of a header that can tell the time. Write for example X-Request-Timeout-Ms, or Off.");
        }

        return name;
    }

    private static SubgraphOptions ReadSubgraph(SettingsReader reader, SubgraphOptions all) => new()
    {
        Url = reader.Url(nameof(SubgraphOptions.Url), all.Url),
        Timeout = reader.Duration(nameof(SubgraphOptions.Timeout), all.Timeout),
        ConnectTimeout = reader.Duration(nameof(SubgraphOptions.ConnectTimeout), all.ConnectTimeout),
        Protocol = reader.Choice(nameof(SubgraphOptions.Protocol), all.Protocol),
        Connections = reader.Section(nameof(SubgraphOptions.Connections), connections => ConnectionOptions.Read(connections, all.Connections)),
        RequestBytes = reader.Count(nameof(SubgraphOptions.RequestBytes), all.RequestBytes, SubgraphOptions.MaxBytes),
        ResponseBytes = reader.Count(nameof(SubgraphOptions.ResponseBytes), all.ResponseBytes, SubgraphOptions.MaxBytes),
        Compression = reader.OnOff(nameof(SubgraphOptions.Compression), all.Compression),
        Retries = reader.Count(nameof(SubgraphOptions.Retries), all.Retries, SubgraphOptions.MaxRetries, min: 0),
        DeadlineHeader = ReadDeadlineHeader(reader, all.DeadlineHeader),
        Errors = reader.Choice(nameof(SubgraphOptions.Errors), all.Errors),
        Cost = reader.Section(nameof(SubgraphOptions.Cost), cost => SubgraphCostOptions.Read(cost, all.Cost)),
        Identity = all.Identity,
        Headers = all.Headers.Add(reader.Section(nameof(SubgraphOptions.Headers), HeaderOptionsReader.Read)),
    };
}
