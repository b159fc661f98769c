using System.Buffers;
using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Json;
using GraphGateway.Composition;
using GraphGateway.Execution;
using GraphGateway.Language;
using GraphGateway.Operations;
using GraphGateway.Planning;
using GraphGateway.TestKit;
using GraphGateway.TypeSystem;
using GraphGateway.TypeSystem.Supergraphs;
using GraphGateway.Validation;

namespace GraphGateway.Differential;

/// <summary>A request of a client.</summary>
internal sealed record ClientRequest(string Query, string Variables);

/// <summary>An answer: <c>data</c> as it was written, and the places of the errors.</summary>
internal sealed record ClientAnswer(string Data, ImmutableArray<string> ErrorPaths, string Text)
{
    /// <summary>What it came to.</summary>
    public CostFigures Cost { get; init; }

    /// <summary>The places whose objects have no key by which their source could be asked, each with what the error says.</summary>
    public ImmutableArray<(string Path, string Message)> WithoutKey { get; init; } = [];

    public static ClientAnswer Read(string text)
    {
        using var json = JsonDocument.Parse(text);
        var all = json.RootElement.TryGetProperty("errors", out var errors) ? errors.EnumerateArray().ToList() : [];
        return new ClientAnswer(json.RootElement.TryGetProperty("data", out var data) ? data.GetRawText() : "", [.. all.Select(PathOf)], text)
        {
            WithoutKey = [.. all.Where(error => error.TryGetProperty("extensions", out var more) && more.TryGetProperty("code", out var code) && code.ValueEquals("NULL_KEY")).Select(error => (PathOf(error), error.GetProperty("message").GetString()!))],
        };

        static string PathOf(JsonElement error) => error.TryGetProperty("path", out var path) ? string.Join('/', path.EnumerateArray().Select(segment => segment.ToString())) : "";
    }

    /// <summary>The places that errors have made null.</summary>
    public HashSet<string> NullPlaces() => [.. ErrorPaths.Select(NullPlaceOf)];

    /// <summary>The place that an error at a path has made null: there, or above.</summary>
    public string NullPlaceOf(string path)
    {
        using var json = Data.Length == 0 ? null : JsonDocument.Parse(Data);
        var place = new List<string>();
        var value = json?.RootElement ?? default;
        foreach (var segment in path.Split('/'))
        {
            if (value.ValueKind is JsonValueKind.Null or JsonValueKind.Undefined)
            {
                break;
            }

            value = value.ValueKind == JsonValueKind.Array ? value[int.Parse(segment, CultureInfo.InvariantCulture)] : value.GetProperty(segment);
            place.Add(segment);
        }

        return string.Join('/', place);
    }
}

/// <summary>A world composed, with all its sources running, and the single server that it is compared with.</summary>
internal sealed class Federation
{
    private readonly World world;
    private readonly Dictionary<string, SourceServer> servers;
    private readonly InProcessTransport transport;
    private readonly PlanExecutor executor;
    private readonly PlanExecutor reusingExecutor;
    private readonly SingleServer single;

    private Federation(World world, Supergraph supergraph)
    {
        this.world = world;
        Supergraph = supergraph;
        Costs = new CostIndex(supergraph.PublicSchema, CostReading.TwoFigures, ListLengths.Default);
        servers = world.Sources.ToDictionary(source => source.Name, source => new SourceServer(world, source, Log, Asked));
        transport = new InProcessTransport(servers);
        var options = new ExecutionOptions { ForwardsErrors = _ => true, MaxErrors = 100_000 };
        executor = new PlanExecutor(supergraph, transport, options);
        reusingExecutor = new PlanExecutor(supergraph, transport, options with { ReusesEntities = true });
        single = new SingleServer(world, supergraph.PublicSchema, SingleLog, readsGlobalIds: supergraph.WithGateway != supergraph);
    }

    public Supergraph Supergraph { get; }

    public Schema Schema => Supergraph.PublicSchema;

    /// <summary>What the graph says of costs.</summary>
    public CostIndex Costs { get; }

    /// <summary>What the graph requires of those who see its members.</summary>
    public AccessIndex Access => field ??= AccessIndex.Of(Supergraph);

    /// <summary>The fields of objects that sources were asked for, by the objects' types; what identifies entities is left out.</summary>
    public HashSet<(string Type, string Field)> Asked { get; } = [];

    public MutationLog Log { get; } = new();

    public MutationLog SingleLog { get; } = new();

    public List<string> Traffic => transport.Traffic;

    /// <inheritdoc cref="InProcessTransport.Forms"/>
    public HashSet<string> Forms => transport.Forms;

    /// <summary>What one event of a subscription holds, as a query.</summary>
    public static string AsQuery(string document) =>
        document.StartsWith("subscription", StringComparison.Ordinal) ? "query" + document["subscription".Length..] : document;

    /// <summary>Composes the sources; the problems when they do not.</summary>
    public static (Federation? Federation, ImmutableArray<CompositionProblem> Problems) Compose(World world)
    {
        var inputs = world.Sources.Select((source, index) => new SourceInput
        {
            Name = source.Name,
            Documents = [new SourceText(SourceSdl.Print(source), source.Name)],
            Settings = new SourceSettings
            {
                Dialect = source.IsApollo ? SourceDialect.Apollo : SourceDialect.Composite,
                Batching = source.IsApollo ? SourceBatching.Aliases
                    : source.BatchesVariables ? SourceBatching.Variables | SourceBatching.Aliases
                    : (index + world.Seed) % 3 == 0 ? SourceBatching.Aliases : SourceBatching.Requests,
            },
        });
        var result = Composer.Compose([.. inputs], new ComposerOptions { EnableGlobalObjectIdentification = world.AsksForGlobalIds ? true : null });
        return (result.Supergraph is null ? null : new Federation(world, result.Supergraph), result.Problems);
    }

    /// <summary>The plan of a request, or of what a filter leaves of it; or why there is none: that is the generator's fault.</summary>
    public (QueryPlan? Plan, ValidOperation? Operation, VariableValues? Variables, string? Problem) Plan(
        ClientRequest request, Func<ValidOperation, NormalizedOperation, NormalizedOperation>? filter = null)
    {
        var parsed = Parser.ParseDocument(new SourceText(request.Query));
        if (parsed.Value is null)
        {
            return (null, null, null, parsed.Error!.Message);
        }

        var validated = Validator.Validate(Schema, parsed.Value);
        if (validated.Document is not { } document)
        {
            return (null, null, null, string.Join('\n', validated.Errors.Select(error => error.Message)));
        }

        var operation = document.Operations.Single();
        using var variables = JsonDocument.Parse(request.Variables);
        var coerced = VariableCoercion.Coerce(operation, variables.RootElement.Clone());
        if (!coerced.IsSuccess)
        {
            return (null, null, null, coerced.Errors[0].Message);
        }

        var conditions = OperationConditions.Of(operation).Read(coerced.Values);
        var normalized = Normalizer.Normalize(operation, conditions.Values ?? throw new InvalidOperationException(conditions.Error!.Message));
        var options = PlannerOptions.Default with { ActiveLabels = [.. world.ActiveLabels] };
        var whole = normalized.Operation ?? throw new InvalidOperationException(normalized.Error!.Message);
        var plan = QueryPlanner.Plan(Supergraph, filter is null ? whole : filter(operation, whole), options);
        return (Stored(plan), operation, coerced.Values, null);
    }

    // Executed are plans as they are read from disk, where they are kept there: what is withheld in one is nobody else's.
    private QueryPlan Stored(QueryPlan plan)
    {
        if (PlanStorage.Write(plan) is not { } bytes)
        {
            return IsWithheld(plan.Operation.SelectionSet) ? plan : throw new InvalidOperationException($"This plan is not stored:\n{PlanPrinter.Print(plan)}");
        }

        var read = PlanStorage.Read(bytes, Supergraph, plan.Operation, out var problem) ?? throw new InvalidOperationException($"This plan is not read, {problem}\n{PlanPrinter.Print(plan)}");
        return PlanPrinter.Print(read) == PlanPrinter.Print(plan) ? read : throw new InvalidOperationException($"{PlanPrinter.Print(plan)}\nis read as\n{PlanPrinter.Print(read)}");
    }

    // A field, or that objects of some type are there.
    private static bool IsWithheld(NormalizedSelectionSet selections) =>
        !selections.Withheld.IsEmpty || selections.Fields.Any(field => field.IsWithheld || (field.SelectionSet is { } below && IsWithheld(below)));

    public ImmutableArray<string> Verify(QueryPlan plan) => PlanVerifier.Verify(plan, [.. world.ActiveLabels]);

    /// <summary>Executes the plan.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="operation">Its operation.</param>
    /// <param name="variables">The variables.</param>
    /// <param name="faults">What goes wrong.</param>
    /// <param name="order">The order in which the sources' answers come.</param>
    /// <param name="reuses">True: entities are taken over from where they are already.</param>
    public async Task<ClientAnswer> ExecuteAsync(
        QueryPlan plan, ValidOperation operation, VariableValues variables, Faults faults, AnswerOrder order, bool reuses = false)
    {
        var by = reuses ? reusingExecutor : executor;
        transport.Faults = faults;
        transport.Order = order;
        transport.Traffic.Clear();
        foreach (var server in servers.Values)
        {
            server.Faults = faults;
        }

        var request = new ExecutionRequest { Document = operation.Document.Document.Source, Variables = variables };
        using var result = await order.RunAsync(() => by.ExecuteAsync(by.Prepare(plan), request, CancellationToken.None).AsTask());
        var output = new ArrayBufferWriter<byte>();
        result.WriteTo(output);
        return ClientAnswer.Read(Encoding.UTF8.GetString(output.WrittenSpan)) with { Cost = result.CountCost(Costs, variables) };
    }

    /// <summary>Has the single server execute a request.</summary>
    /// <param name="request">The request.</param>
    /// <param name="faults">What goes wrong.</param>
    /// <param name="met">Gets the objects by their places; null when nobody wants to know.</param>
    public async Task<ClientAnswer> ExecuteSingleAsync(ClientRequest request, Faults faults, Dictionary<string, WorldObject>? met = null)
    {
        (single.Faults, single.Met) = (faults, met);
        return ClientAnswer.Read(await single.ExecuteAsync(AsQuery(request.Query), request.Variables));
    }
}
