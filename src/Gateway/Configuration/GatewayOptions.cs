using System.Collections.Immutable;
using GraphGateway.ControlPlane;
using GraphGateway.Execution;
using GraphGateway.Http;
using GraphGateway.Language;
using GraphGateway.Validation;

namespace GraphGateway.Gateway;

/// <summary>
/// All settings of the gateway: the section <c>Gateway</c> of <c>appsettings.json</c>, of environment variables (<c>Gateway__...</c>) and of
/// the command line (<c>--Gateway:...</c>). <see cref="GatewayOptionsReader"/> reads it, and refuses what it does not know;
/// <c>gateway.schema.json</c> describes it to editors.
/// </summary>
public sealed record GatewayOptions
{
    internal const int MaxStrictTransportSecurityDays = 3650;

    /// <summary>The composed graph: an absolute path; empty where it comes from <see cref="Registry"/>.</summary>
    public required string Supergraph { get; init; }

    /// <summary>Whether the gateway as a program serves what the file <see cref="Supergraph"/> has when it changes.</summary>
    public bool FollowSupergraph { get; init; }

    /// <summary>Whose signatures count: where there are any, a supergraph that none of them has signed is not run, wherever it comes from.</summary>
    public ImmutableArray<SupergraphKey> SupergraphKeys { get; init; } = [];

    /// <summary>Where the graph comes from instead of a file.</summary>
    public RegistryOptions Registry { get; init; } = new();

    /// <summary>Whether another graph can take the place of the one at the start.</summary>
    internal bool IsFollowing => FollowSupergraph || Registry.IsOn;

    /// <summary>Whether browsers get the IDE at <c>/graphql</c>.</summary>
    public bool Ide { get; init; } = true;

    /// <summary>Whether clients may ask for the schema; off, error messages do not suggest names either.</summary>
    public bool Introspection { get; init; } = true;

    /// <summary>Whether clients may ask for the plan of their operation.</summary>
    public bool QueryPlan { get; init; }

    /// <summary>Whether each new plan is verified before it is used; an operation whose plan is wrong is refused.</summary>
    public bool VerifyPlans { get; init; }

    /// <summary>Whether executions are counted and timed by plan, and shown at <c>/query-plans</c> to whoever can reach it.</summary>
    public bool PlanStatistics { get; init; }

    /// <summary>What becomes of an operation with a field that no source can serve.</summary>
    public UnservableFields UnservableFields { get; init; } = UnservableFields.ByGraph;

    /// <summary>
    /// For how many of a hundred requests labels of progressive overrides are on, by label. One that is not here is off; <c>percent(n)</c> says it itself.
    /// </summary>
    public ImmutableDictionary<string, double> OverrideLabels { get; init; } = ImmutableDictionary<string, double>.Empty;

    /// <summary>The longest time for one client request, sources included.</summary>
    public TimeSpan RequestTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How fast clients have to take their answers; event streams excepted.</summary>
    public DataRateOptions MinResponseDataRate { get; init; } = DataRateOptions.Response;

    /// <summary>How fast clients have to send the bodies of their requests: for the gateway as a program, whose server heeds it.</summary>
    public DataRateOptions MinRequestDataRate { get; init; } = DataRateOptions.Request;

    /// <summary>Whether answers are compressed for clients that take it.</summary>
    public bool Compression { get; init; }

    /// <summary>How large a request may be.</summary>
    public LimitOptions Limits { get; init; } = new();

    /// <summary>What an operation may cost.</summary>
    public CostOptions Cost { get; init; } = new();

    /// <summary>Whether clients may send an identifier instead of a document.</summary>
    public PersistedOperationsOptions PersistedOperations { get; init; } = new();

    /// <summary>How long answers may be kept, here and by those in between.</summary>
    public ResponseCacheOptions ResponseCache { get; init; } = new();

    /// <summary>Which operations are planned before the gateway says that it is ready.</summary>
    public WarmUpOptions WarmUp { get; init; } = new();

    /// <summary>What is asked once though it is wanted several times.</summary>
    public DeduplicationOptions Deduplication { get; init; } = new();

    /// <summary>From where may be asked.</summary>
    public AccessOptions Access { get; init; } = new();

    /// <summary>Pages of which other sites may ask from a browser.</summary>
    public CorsOptions Cors { get; init; } = new();

    /// <summary>
    /// For how many days browsers that have come over HTTPS come back over HTTPS alone (<see href="https://www.rfc-editor.org/rfc/rfc6797">RFC 6797</see>): for
    /// the gateway as a program. 0 tells them nothing.
    /// </summary>
    public int StrictTransportSecurityDays { get; init; }

    /// <summary>Who may ask.</summary>
    public AuthenticationOptions Authentication { get; init; } = new();

    /// <summary>What becomes of who asks for what not everybody may see.</summary>
    public AuthorizationOptions Authorization { get; init; } = new();

    /// <summary>How much consumers may spend.</summary>
    public RateLimitOptions RateLimits { get; init; } = new();

    /// <summary>By what the gateway signs who asks; what sources get of it is in <see cref="SubgraphOptions.Identity"/>.</summary>
    public IdentityOptions Identity { get; init; } = new();

    /// <summary>How each source is called.</summary>
    public SubgraphsOptions Subgraphs { get; init; } = new();

    /// <summary>How the sources are watched for <c>/health</c>.</summary>
    public HealthOptions Health { get; init; } = new();

    /// <summary>How the gateway stops.</summary>
    public ShutdownOptions Shutdown { get; init; } = new();

    /// <summary>What the gateway tells of itself, and to whom.</summary>
    public TelemetryOptions Telemetry { get; init; } = new();
}

/// <summary>What becomes of an operation that asks for a field which no source can serve on the way by which it is reached.</summary>
public enum UnservableFields
{
    /// <summary><see cref="Refuse"/> in a graph that composition here has checked, <see cref="Null"/> in a ready-made one.</summary>
    ByGraph,

    /// <summary>The operation is refused before any source is asked, a mutation before anything is written.</summary>
    Refuse,

    /// <summary>The field is null with an error at its path, and the rest is answered.</summary>
    Null,
}

/// <summary>
/// What is asked once though it is wanted several times (<c>Gateway:Deduplication</c>). Only queries; the client's headers that sources get
/// are a part of what must be equal; and nobody joins a request that began before a mutation ended.
/// </summary>
public sealed record DeduplicationOptions
{
    /// <summary>Whether equal requests to a source that are on the way at the same time are sent once.</summary>
    public bool SourceRequests { get; init; } = true;

    /// <summary>Whether equal requests of clients that are on the way at the same time are executed once.</summary>
    public bool ClientRequests { get; init; }

    /// <summary>Whether an entity that a query already has from a source, without an error, is not fetched from it again.</summary>
    public bool Entities { get; init; } = true;

    internal static DeduplicationOptions Read(SettingsReader reader)
    {
        var defaults = new DeduplicationOptions();
        return new DeduplicationOptions
        {
            SourceRequests = reader.OnOff(nameof(SourceRequests), defaults.SourceRequests),
            ClientRequests = reader.OnOff(nameof(ClientRequests), defaults.ClientRequests),
            Entities = reader.OnOff(nameof(Entities), defaults.Entities),
        };
    }
}

/// <summary>How large a request may be (<c>Gateway:Limits</c>).</summary>
public sealed record LimitOptions
{
    /// <summary>Bytes of the HTTP body.</summary>
    public int RequestBytes { get; init; } = new GraphQLHttpOptions().MaxRequestBytes;

    /// <summary>Bytes of the GraphQL document.</summary>
    public int DocumentBytes { get; init; } = ParserOptions.Default.MaxBytes;

    /// <summary>Nesting of selection sets, values and types in the text of the GraphQL document: what the parser's stack has to hold.</summary>
    public int Nesting { get; init; } = ParserOptions.Default.MaxDepth;

    /// <summary>What the parser reads of a client's document; a limit on tokens that only measures is the caller's business.</summary>
    internal ParserOptions ParserOptions => new() { MaxBytes = DocumentBytes, MaxTokens = Tokens.Max, MaxDepth = Nesting };

    /// <summary>Lexical tokens of the GraphQL document.</summary>
    public OperationLimit Tokens { get; init; } = new(ParserOptions.Default.MaxTokens);

    /// <summary>The shape of the operation, its fragments spread out; each limit is a setting of its own in <c>Gateway:Limits</c>.</summary>
    public OperationLimits Operation { get; init; } = OperationLimits.Default with { SettingPrefix = SettingPrefix };

    /// <summary>Requests to all sources together for one operation; what further ones would have asked for is null with an error.</summary>
    public int SourceRequests { get; init; } = new ExecutionOptions().MaxRequests;

    /// <summary>
    /// Bytes of the largest answer to a client, and of what is held to put it together besides the answers of its sources; a request that takes more has no data,
    /// and one error.
    /// </summary>
    public int AnswerBytes { get; init; } = new ExecutionOptions().MaxAnswerBytes;

    /// <summary>
    /// Bytes of memory for all answers of sources that are held at the same time, and for what is held besides them, over all requests. By default a quarter of the memory that the process
    /// may have: of the machine, or of its container.
    /// </summary>
    public long AnswerMemoryBytes { get; init; } = AvailableMemoryBytes / 4;

    /// <summary>
    /// Bytes of memory for operations that are kept with their plans, by an estimate: room for a thousand and more usual ones. What nobody has asked
    /// for lately makes room.
    /// </summary>
    public int OperationCacheBytes { get; init; } = 128 * 1024 * 1024;

    /// <summary>What the process may have of memory (<see href="https://learn.microsoft.com/dotnet/api/system.gcmemoryinfo.totalavailablememorybytes">as the runtime sees it</see>).</summary>
    internal static long AvailableMemoryBytes => GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;

    /// <summary>What the names of the limits begin with.</summary>
    internal const string SettingPrefix = OperationRules.LimitPrefix;
}
